import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dependencies } from '../../package.json';
import { dispositions } from '../../src/domain/lists';
import { gates, phases } from '../../src/domain/flow/phases';
import { environmentKey, settings } from '../../src/runtime/settings';

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const inFolder = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
const documents = [...inFolder('.'), ...inFolder('docs'), ...inFolder('docs/adr')];

describe('the documents', () => {
  test('link only to files that exist', () => {
    const broken = documents.flatMap((document) =>
      [...read(document).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !link.startsWith('http'))
        .filter((link) => !existsSync(path.resolve(root, path.dirname(document), link)))
        .map((link) => `${document}: ${link}`),
    );

    expect(broken).toEqual([]);
  });

  test('give a reason for every production dependency', () => {
    const [, section = ''] = read('docs/architecture.md').split('## Production dependencies');
    const named = (name: string): boolean =>
      section.includes(`\`${name}\``) || section.includes(`\`${name.replace('@temporalio/', '')}\``);

    expect(Object.keys(dependencies).filter((name) => !named(name))).toEqual([]);
  });

  test('explain every phase, gate and disposition in the glossary', () => {
    const glossary = read('docs/glossary.md');
    const unexplained = [...phases, ...gates, ...dispositions].filter((word) => !glossary.includes(word));

    expect(unexplained).toEqual([]);
  });

  test('name only settings that exist', () => {
    const known = new Set([...settings.keys()].map(environmentKey));
    // These are read by the Compose file and by tests, not by the processes.
    const ofOthers = /^SURVEYOR_(?:(?:OWNER|APP|AUTH|SYSTEM)_PASSWORD|WORKERS|VERSION|TEST_[A-Z_]+)$/;
    const named = documents.flatMap((document) => read(document).match(/\bSURVEYOR_[A-Z_]+\b/g) ?? []);

    expect(named.filter((key) => !known.has(key) && !ofOthers.test(key))).toEqual([]);
  });
});
