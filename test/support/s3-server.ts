import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Settings } from '../../src/objects/s3-object-store';
import { readConfig } from '../../src/runtime/config';
import { freePort } from '../../src/runtime/embedded/ports';
import { Supervisor } from '../../src/runtime/process/processes';

/** An S3 server from PyPI, at the versions that these tests were written with. */
const packages = [
  'moto[server]==5.2.5',
  'boto3==1.44.5',
  'botocore==1.44.5',
  'flask==3.1.3',
  'flask-cors==6.0.5',
  'werkzeug==3.1.9',
];
const environmentName = 's3-test-server-moto-5.2.5';
const probe = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 9) else 1)';

/** The Python that holds the server, or why there is none. */
export type S3Python = { readonly python: string } | { readonly problem: string };

/**
 * The Python environment of the S3 server in the tool cache, made there when it is missing. It appears under its name
 * only when it is whole. Works at once, so that tests can be skipped with the reason.
 */
export function provideS3Python(): S3Python {
  const { cacheDir } = readConfig({});
  const folder = path.join(cacheDir, environmentName);
  const python = path.join(folder, 'bin', 'python');
  if (existsSync(python)) return { python };
  if (spawnSync('python3', ['-c', probe]).status !== 0)
    return { problem: 'python3 of version 3.9 or newer with venv and pip is missing' };
  process.stderr.write(`Installing the S3 server of the tests into ${folder} (about a minute) …\n`);
  mkdirSync(cacheDir, { recursive: true });
  const workshop = mkdtempSync(path.join(cacheDir, `${environmentName}-workshop-`));
  try {
    execFileSync('python3', ['-m', 'venv', workshop], { stdio: 'pipe' });
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
    execFileSync(path.join(workshop, 'bin', 'python'), install, { stdio: 'pipe' });
    renameSync(workshop, folder);
    return { python };
  } catch (error) {
    if (existsSync(python)) return { python };
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n').slice(-2);
    return { problem: `its packages could not be installed (${reason})` };
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

export interface S3Server {
  readonly settings: S3Settings;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

const credentials = { accessKeyId: 'test-key', secretAccessKey: 'test-secret' };
const bucket = 'surveyor-test';

/** A server with an empty bucket. */
export async function startS3Server(python: string): Promise<S3Server> {
  const home = mkdtempSync(path.join(tmpdir(), 'surveyor-test-s3-'));
  const supervisor = new Supervisor(home);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  await supervisor.start({
    name: 's3',
    command: python,
    args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    stop: { signal: 'SIGTERM', graceMs: 5_000 },
    isReady: async () => (await fetch(endpoint).catch(() => undefined)) !== undefined,
    readyWithinMs: 30_000,
  });
  const settings: S3Settings = { bucket, region: 'us-east-1', endpoint, pathStyle: true, credentials };
  const client = new S3Client({ region: settings.region, endpoint, forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  const stop = async (): Promise<void> => {
    await supervisor.stopAll();
    rmSync(home, { recursive: true, force: true });
  };
  return { settings, port, stop };
}
