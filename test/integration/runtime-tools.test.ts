import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findOnPath } from '../../src/runtime/process/executables';
import { findTctl, findTemporal, lookForTemporal } from '../../src/runtime/embedded/temporal-binary';

const ownPath = process.env['PATH'];
const servers: Server[] = [];
const folders: string[] = [];

function aFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'surveyor-tools-'));
  folders.push(folder);
  return folder;
}

function aProgram(file: string, script: string): string {
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const temporalScript = 'echo "temporal version 9.9.9 (test)"';

/** A PATH with only what unpacking needs, and the given programs. */
function isolatePath(programs: Readonly<Record<string, string>> = {}): void {
  const bin = aFolder();
  for (const name of ['tar', 'gzip', 'sh', 'printf', 'chmod', 'sleep', 'touch'])
    symlinkSync(findOnPath(name) ?? '', path.join(bin, name));
  for (const [name, script] of Object.entries(programs)) aProgram(path.join(bin, name), script);
  process.env['PATH'] = bin;
}

/** A `go` that "builds" a program of that name and counts its calls in a file. */
const goScript = (name: string, calls: string): string =>
  `sleep 0.3; printf x >> '${calls}'; printf '#!/bin/sh\\n${temporalScript}\\n' > "$GOBIN/${name}"; chmod 755 "$GOBIN/${name}"`;

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server that listens has one
}

/** A download service like Temporal's own. */
async function aMirror(): Promise<string> {
  const folder = aFolder();
  aProgram(path.join(folder, 'temporal'), temporalScript);
  execFileSync('tar', ['-czf', path.join(folder, 'archive.tar.gz'), '-C', folder, 'temporal']);
  const server = createServer((request, response) => {
    const archiveUrl = `http://${request.headers.host}/archive.tar.gz`;
    if (request.url === '/archive.tar.gz') response.end(readFileSync(path.join(folder, 'archive.tar.gz')));
    else response.end(JSON.stringify({ archiveUrl, fileToExtract: 'temporal' }));
  });
  return listen(server);
}

/** A service that refuses everything. */
const aBrokenMirror = (): Promise<string> =>
  listen(createServer((_, response) => response.writeHead(503).end()));

afterEach(() => {
  process.env['PATH'] = ownPath;
  for (const server of servers.splice(0)) server.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const silent = (): undefined => undefined;

test('a Temporal command on PATH is used as it is', async () => {
  isolatePath({ temporal: temporalScript });

  const found = await findTemporal(
    { cacheDir: aFolder(), temporalDownloadUrl: 'http://127.0.0.1:1' },
    silent,
  );

  expect(found).toEqual({ path: findOnPath('temporal'), origin: 'path' });
});

test('a program on PATH that only bears the name is passed over', () => {
  isolatePath({ temporal: 'echo something else' });

  const found = lookForTemporal({ cacheDir: aFolder(), temporalDownloadUrl: 'http://127.0.0.1:1' });

  expect(found).toBeUndefined();
});

test('a setting that names no Temporal command is refused', () => {
  const settings = {
    cacheDir: aFolder(),
    temporalDownloadUrl: 'http://127.0.0.1:1',
    temporalCliPath: '/nowhere',
  };

  expect(() => lookForTemporal(settings)).toThrow(/TEMPORAL_CLI_PATH names \/nowhere/);
});

test('the command is downloaded once and found in the cache afterwards', async () => {
  const settings = { cacheDir: aFolder(), temporalDownloadUrl: await aMirror() };
  isolatePath();

  const first = await findTemporal(settings, silent);
  const second = await findTemporal(settings, silent);

  expect(first.origin).toBe('download');
  expect(second).toEqual({ path: first.path, origin: 'cache' });
});

test('without a download it is built with Go, once for all who ask, and nothing else stays in the cache', async () => {
  const cacheDir = aFolder();
  const calls = path.join(aFolder(), 'calls');
  mkdirSync(path.join(cacheDir, 'temporal-v1.5.1-workshop-killed'));
  const settings = { cacheDir, temporalDownloadUrl: await aBrokenMirror() };
  isolatePath({ go: goScript('temporal', calls) });

  const found = await Promise.all([1, 2, 3].map(() => findTemporal(settings, silent)));

  expect(new Set(found.map((tool) => tool.path)).size).toBe(1);
  expect(readFileSync(calls, 'utf8')).toBe('x');
  expect(readdirSync(cacheDir)).toEqual(['temporal-v1.5.1']);
});

test('tctl gets its own name although Go calls it cli', async () => {
  const cacheDir = aFolder();
  isolatePath({ go: goScript('cli', path.join(aFolder(), 'calls')) });

  const found = await findTctl({ cacheDir }, silent);

  expect(found.path).toBe(path.join(cacheDir, 'tctl-v1.15.0'));
  expect(existsSync(found.path)).toBe(true);
});

test('when nothing helps the error names each failure and what to do', async () => {
  const settings = { cacheDir: aFolder(), temporalDownloadUrl: await aBrokenMirror() };
  isolatePath({ go: 'echo "no network" >&2; exit 1' });

  const attempt = findTemporal(settings, silent);

  await expect(attempt).rejects.toThrow(/answered 503.*no network.*TEMPORAL_CLI_PATH/s);
});
