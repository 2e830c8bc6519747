import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'node:querystring';
import { ConfigError, describeConfig, readConfig, renderEnvExample } from '../../src/runtime/config';

const root = path.resolve(__dirname, '../..');

const apiEnvironment = {
  SURVEYOR_APP_DATABASE_URL: 'postgres://surveyor_app:one@127.0.0.1:5432/surveyor',
  SURVEYOR_AUTH_DATABASE_URL: 'postgres://surveyor_auth:two@127.0.0.1:5432/surveyor',
  SURVEYOR_SYSTEM_DATABASE_URL: 'postgres://surveyor_system:three@127.0.0.1:5432/surveyor',
  SURVEYOR_TOKEN_SECRET: 'a-secret-of-at-least-thirty-two-characters',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
};

function problemsOf(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

/** The assignments of an env file; `withComments` also takes those behind a #. */
function assignments(text: string, withComments: boolean): Record<string, string> {
  const lines = text.split('\n').map((line) => (withComments ? line.replace(/^# (?=[A-Z_]+=)/, '') : line));
  const pairs = lines.filter((line) => /^[A-Z_]+=/.test(line)).map((line) => encodeLine(line));
  return parse(pairs.join('&')) as Record<string, string>; // each key stands once
}

function encodeLine(line: string): string {
  const [key = '', ...value] = line.split('=');
  return `${key}=${encodeURIComponent(value.join('='))}`;
}

test('an empty environment is enough for the command line', () => {
  const config = readConfig({});

  expect(config.home).toBe(path.resolve('.surveyor'));
  expect(config.objectsDir).toBe(path.resolve('.surveyor', 'objects'));
  expect(config.maxUploadBytes).toBe(1024 ** 3);
  expect(config.foreignIdStatus).toBe(403);
});

test('an API process gets every setting that it demands', () => {
  const config = readConfig({ ...apiEnvironment, SURVEYOR_FOREIGN_ID_STATUS: '404' }, 'api');

  expect(config.appDatabaseUrl).toBe(apiEnvironment.SURVEYOR_APP_DATABASE_URL);
  expect(config.foreignIdStatus).toBe(404);
});

test('all problems of an environment are reported at once', () => {
  const problems = problemsOf(() =>
    readConfig({ SURVEYOR_PORT: 'http', SURVEYOR_LOG_LEVEL: 'loud', SURVEYOR_MAX_ROWS: '0' }, 'worker'),
  );

  expect(problems).toEqual([
    expect.stringMatching(/^SURVEYOR_LOG_LEVEL must be one of .*, not "loud"$/),
    'SURVEYOR_PORT must be a whole number from 1 to 65535, not "http"',
    'SURVEYOR_MAX_ROWS must be a whole number from 1 to 100000000, not "0"',
    expect.stringContaining('SURVEYOR_APP_DATABASE_URL is missing'),
    expect.stringContaining('SURVEYOR_SYSTEM_DATABASE_URL is missing'),
    expect.stringContaining('TEMPORAL_ADDRESS is missing'),
  ]);
});

test('a mistyped key is refused with the nearest known one', () => {
  const problems = problemsOf(() => readConfig({ SURVEYOR_LOG_LEVLE: 'info' }));

  expect(problems).toEqual(['SURVEYOR_LOG_LEVLE is not a setting; did you mean SURVEYOR_LOG_LEVEL?']);
});

test('an empty value counts as absent', () => {
  expect(readConfig({ SURVEYOR_PORT: '', SURVEYOR_URL: '' }).port).toBe(8080);
});

test('a secret is read from the file that its _FILE key names', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'surveyor-config-')), 'secret');
  writeFileSync(file, 'a-secret-of-at-least-thirty-two-characters\n');

  const config = readConfig(
    { ...apiEnvironment, SURVEYOR_TOKEN_SECRET: '', SURVEYOR_TOKEN_SECRET_FILE: file },
    'api',
  );

  expect(config.tokenSecret).toBe('a-secret-of-at-least-thirty-two-characters');
});

test('a secret that stands twice, or in a file that is not there, is a problem', () => {
  const twice = problemsOf(() =>
    readConfig({ SURVEYOR_API_KEY: 'sk_1234567890123456', SURVEYOR_API_KEY_FILE: '/nowhere' }),
  );
  const absent = problemsOf(() => readConfig({ SURVEYOR_API_KEY_FILE: '/nowhere' }));

  expect(twice).toEqual(['SURVEYOR_API_KEY and SURVEYOR_API_KEY_FILE are both set; keep one']);
  expect(absent).toEqual([expect.stringContaining('SURVEYOR_API_KEY_FILE names a file that cannot be read')]);
});

test('a process may not connect as the owner of the schema', () => {
  const SURVEYOR_OWNER_DATABASE_URL = apiEnvironment.SURVEYOR_APP_DATABASE_URL;

  const problems = problemsOf(() => readConfig({ ...apiEnvironment, SURVEYOR_OWNER_DATABASE_URL }, 'api'));

  expect(problems).toEqual([expect.stringContaining('SURVEYOR_APP_DATABASE_URL connects as the owner')]);
});

test('a faulty secret is reported without its value', () => {
  const problems = problemsOf(() => readConfig({ SURVEYOR_TOKEN_SECRET: 'too-short' }));

  expect(problems).toEqual(['SURVEYOR_TOKEN_SECRET must have at least 32 characters']);
});

test('the description of a configuration hides every secret', () => {
  const config = readConfig({ ...apiEnvironment, SURVEYOR_API_KEY: 'sk_1234567890123456' }, 'api');

  const described = new Map(describeConfig(config).map(({ key, value }) => [key, value]));

  expect(described.get('SURVEYOR_TOKEN_SECRET')).toBe('(hidden)');
  expect(described.get('SURVEYOR_API_KEY')).toBe('(hidden)');
  expect(described.get('SURVEYOR_APP_DATABASE_URL')).toBe(
    'postgres://surveyor_app:***@127.0.0.1:5432/surveyor',
  );
  expect(described.get('SURVEYOR_PORT')).toBe('8080');
});

test('the committed .env.example is the generated one', () => {
  expect(readFileSync(path.join(root, '.env.example'), 'utf8')).toBe(renderEnvExample());
});

test('.env.example starts an API and a worker, and its commented values are valid too', () => {
  const text = renderEnvExample();

  expect(() => readConfig(assignments(text, false), 'api')).not.toThrow();
  expect(() => readConfig(assignments(text, false), 'worker')).not.toThrow();
  expect(() => readConfig(assignments(text, true), 'migrate')).not.toThrow();
});

test.each([
  [{ SURVEYOR_OBJECT_STORE: 's3' }, 'SURVEYOR_S3_BUCKET is missing: SURVEYOR_OBJECT_STORE is s3'],
  [{ SURVEYOR_S3_BUCKET: 'objects' }, 'SURVEYOR_S3_BUCKET is set, but SURVEYOR_OBJECT_STORE is not s3'],
  [
    { SURVEYOR_OBJECT_STORE: 's3', SURVEYOR_S3_BUCKET: 'objects', SURVEYOR_S3_ACCESS_KEY_ID: 'key' },
    'SURVEYOR_S3_ACCESS_KEY_ID and SURVEYOR_S3_SECRET_ACCESS_KEY go together; set both or none',
  ],
  [
    { SURVEYOR_OBJECT_STORE: 's3', SURVEYOR_S3_BUCKET: 'objects', SURVEYOR_S3_KMS_KEY_ID: 'alias/key' },
    'SURVEYOR_S3_KMS_KEY_ID needs SURVEYOR_S3_ENCRYPTION=aws:kms',
  ],
])('a storage that is not plainly chosen is refused: %j', (environment, problem) => {
  expect(() => readConfig(environment)).toThrow(problem);
});
