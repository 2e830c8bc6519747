import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { z } from 'zod';
import { nearestName } from './nearest-name';
import {
  environmentKey,
  type ParsedSettings,
  type SettingName,
  settingGroups,
  settings,
  settingsSchema,
} from './settings';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment's texts by setting name. */
type Texts = Readonly<Record<string, string | undefined>>;

/** A checked configuration; folders are absolute paths. */
export type Config = Omit<ParsedSettings, 'cacheDir' | 'objectsDir' | 'logFormat' | 'foreignIdStatus'> & {
  readonly cacheDir: string;
  readonly objectsDir: string;
  readonly logFormat: 'json' | 'pretty';
  readonly foreignIdStatus: 403 | 404;
};

/** Settings without a default that a kind of process cannot work without. */
const demands = {
  api: ['appDatabaseUrl', 'authDatabaseUrl', 'systemDatabaseUrl', 'tokenSecret', 'temporalAddress'],
  worker: ['appDatabaseUrl', 'systemDatabaseUrl', 'temporalAddress'],
  migrate: ['ownerDatabaseUrl'],
  cli: [],
} as const satisfies Record<string, readonly SettingName[]>;

export type ProcessKind = keyof typeof demands;

/** The configuration of one kind of process: what it demands is present. */
export type ConfigFor<Kind extends ProcessKind> = Config & {
  readonly [Name in (typeof demands)[Kind][number]]-?: NonNullable<Config[Name]>;
};

/** A wrong environment with all its problems; entry points print the message and exit with `exitCode`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** EX_CONFIG of sysexits.h. */
  readonly exitCode = 78;

  constructor(readonly problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/**
 * Reads the configuration of a process from its environment. An empty value counts as absent.
 * Throws one ConfigError that lists every problem.
 */
export function readConfig<Kind extends ProcessKind = 'cli'>(
  environment: Environment,
  kind?: Kind,
): ConfigFor<Kind> {
  const problems = unknownKeys(environment);
  const texts = collectTexts(environment, problems);
  const parsed = settingsSchema.safeParse(texts);
  for (const issue of parsed.error?.issues ?? []) problems.push(describeIssue(issue, texts));
  problems.push(...missing(demands[kind ?? 'cli'], texts));
  problems.push(...conflicts(texts));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  // The schema is built from the same table as the type, and every demand was found present above.
  return resolveDefaults(parsed.data as unknown as ParsedSettings) as ConfigFor<Kind>;
}

/** The environment that child processes get: this process's own, with changes. */
export function childEnvironment(changes: Environment = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** Every setting with its value, secrets hidden, in the order of `.env.example`. */
export function describeConfig(config: Config): { key: string; value: string; help: string }[] {
  return [...settings].map(([name, { help, secret }]) => {
    const value: unknown = config[name as SettingName]; // the table's names are the configuration's names
    return { key: environmentKey(name), value: describeValue(value, secret === true), help };
  });
}

/** The text of `.env.example`: every key with its meaning; those that a process demands are not commented out. */
export function renderEnvExample(): string {
  const demanded = new Set<string>(Object.values(demands).flat());
  const lines = [
    '# Settings of Surveyor, generated from src/runtime/settings.ts by `node scripts/env-example.mjs`.',
    '# Instead of KEY=secret, KEY_FILE=path reads a secret from a file. Lines behind # show the default or an example.',
  ];
  for (const [group, members] of Object.entries(settingGroups)) {
    lines.push('', `# --- ${group} ---`);
    for (const name of Object.keys(members)) lines.push(...exampleLines(name, demanded.has(name)));
  }
  return `${lines.join('\n')}\n`;
}

function exampleLines(name: string, demanded: boolean): string[] {
  const { schema, help, example } = settings.get(name) ?? {};
  const byDefault: unknown = schema?.safeParse(undefined).data;
  const value = example ?? describeValue(byDefault, false);
  return [`# ${help}`, `${demanded ? '' : '# '}${environmentKey(name)}=${value}`];
}

const IGNORED_PREFIX = 'SURVEYOR_TEST_';

/** A mistyped key would silently leave a default in force, so it is refused with the nearest known one. */
function unknownKeys(environment: Environment): string[] {
  const known = new Set<string>();
  for (const [name, { secret }] of settings) {
    known.add(environmentKey(name));
    if (secret) known.add(`${environmentKey(name)}_FILE`);
  }
  return Object.keys(environment)
    .filter((key) => key.startsWith('SURVEYOR_') && !key.startsWith(IGNORED_PREFIX) && !known.has(key))
    .map((key) => `${key} is not a setting; did you mean ${nearestName(key, [...known])}?`);
}

function collectTexts(environment: Environment, problems: string[]): Record<string, string | undefined> {
  const texts: Record<string, string | undefined> = {};
  for (const [name, { secret }] of settings) {
    const key = environmentKey(name);
    const file = secret ? environment[`${key}_FILE`] : undefined;
    if (environment[key]) texts[name] = environment[key];
    if (!file) continue;
    if (texts[name] !== undefined) problems.push(`${key} and ${key}_FILE are both set; keep one`);
    else texts[name] = readSecret(`${key}_FILE`, file, problems);
  }
  return texts;
}

function readSecret(key: string, file: string, problems: string[]): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text) return text;
    problems.push(`${key} names an empty file (${file})`);
  } catch (error) {
    problems.push(
      `${key} names a file that cannot be read: ${error instanceof Error ? error.message : file}`,
    );
  }
  return undefined;
}

function describeIssue(issue: z.core.$ZodIssue, texts: Texts): string {
  const name = String(issue.path[0]);
  return `${environmentKey(name)} ${issue.message}${shownValue(name, texts[name])}`;
}

function missing(demanded: readonly SettingName[], texts: Texts): string[] {
  return demanded
    .filter((name) => texts[name] === undefined)
    .map((name) => `${environmentKey(name)} is missing: ${settings.get(name)?.help ?? ''}`);
}

const conflicts = (texts: Texts): string[] => [...databaseConflicts(texts), ...objectConflicts(texts)];

const bucketSettings = ['s3Bucket', 's3Endpoint', 's3AccessKeyId', 's3SecretAccessKey', 's3KmsKeyId'];

/** Which storage is meant must be plain, else uploads would lie where nobody looks for them. */
function objectConflicts(texts: Texts): string[] {
  const key = environmentKey;
  if (texts['objectStore'] !== 's3') {
    return bucketSettings
      .filter((name) => texts[name] !== undefined)
      .map((name) => `${key(name)} is set, but ${key('objectStore')} is not s3`);
  }
  const problems: string[] = [];
  if (texts['s3Bucket'] === undefined)
    problems.push(`${key('s3Bucket')} is missing: ${key('objectStore')} is s3`);
  if ((texts['s3AccessKeyId'] === undefined) !== (texts['s3SecretAccessKey'] === undefined))
    problems.push(`${key('s3AccessKeyId')} and ${key('s3SecretAccessKey')} go together; set both or none`);
  if (texts['s3KmsKeyId'] !== undefined && texts['s3Encryption'] !== 'aws:kms')
    problems.push(`${key('s3KmsKeyId')} needs ${key('s3Encryption')}=aws:kms`);
  return problems;
}

/** The schema's owner sees every tenant's rows where row-level security is not forced, so no server may connect as it. */
function databaseConflicts(texts: Texts): string[] {
  const owner = databaseUser(texts['ownerDatabaseUrl']);
  if (owner === undefined) return [];
  return ['appDatabaseUrl', 'authDatabaseUrl', 'systemDatabaseUrl']
    .filter((name) => databaseUser(texts[name]) === owner)
    .map((name) => `${environmentKey(name)} connects as the owner of the schema; give it its own role`);
}

function databaseUser(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).username || undefined : undefined;
}

function resolveDefaults(parsed: ParsedSettings): Config {
  const home = path.resolve(parsed.home);
  return {
    ...parsed,
    home,
    cacheDir: path.resolve(parsed.cacheDir ?? path.join(homedir(), '.cache', 'surveyor')),
    objectsDir: path.resolve(parsed.objectsDir ?? path.join(home, 'objects')),
    logFormat: parsed.logFormat ?? (parsed.environment === 'development' ? 'pretty' : 'json'),
    foreignIdStatus: parsed.foreignIdStatus === 404 ? 404 : 403,
  };
}

function shownValue(name: string, text: string | undefined): string {
  return settings.get(name)?.secret || text === undefined ? '' : `, not "${text}"`;
}

function describeValue(value: unknown, secret: boolean): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (!secret) return Array.isArray(value) ? value.join(',') : text;
  if (!URL.canParse(text) || !text.includes('://')) return '(hidden)';
  const url = new URL(text);
  if (url.password) url.password = '***';
  return url.toString();
}
