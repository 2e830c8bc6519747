/** Writes `.env.example` anew from the table of settings. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
build();
const { renderEnvExample } = createRequire(import.meta.url)(path.join(root, 'dist/src/runtime/config.js'));
writeFileSync(path.join(root, '.env.example'), renderEnvExample());
