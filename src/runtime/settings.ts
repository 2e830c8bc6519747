import { z } from 'zod';

/** One setting: its schema over the environment's text, what it is for, and whether its value must stay hidden. */
interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly help: string;
  readonly secret?: true;
  /** Shown in `.env.example` where there is no default. */
  readonly example?: string;
}

const setting = <Schema extends z.ZodType>(
  schema: Schema,
  help: string,
  extra: Pick<Setting, 'secret' | 'example'> = {},
): Setting<Schema> => ({ schema, help, ...extra });

const wholeNumber = (minimum: number, maximum: number) => {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^-?\d+$/, { error, abort: true })
    .transform(Number)
    .pipe(z.number().min(minimum, { error }).max(maximum, { error }));
};

const port = () => wholeNumber(1, 65_535);

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` });

const webUrl = () => z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

const databaseUrl = () =>
  z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be a URL such as postgres://user:password@host:5432/name',
  });

const hostAndPort = () =>
  z.string().regex(/^[^\s:/]+:\d{1,5}$/, { error: 'must be host:port, such as 127.0.0.1:7233' });

const uuid = () => z.guid({ error: 'must be a UUID' });

const onOff = (byDefault: boolean) => z.stringbool({ error: 'must be true or false' }).default(byDefault);

const list = () =>
  z.string().transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );

const GIBIBYTE = 1024 ** 3;

/** Every setting, by group. The environment key follows from the name: `appDatabaseUrl` is SURVEYOR_APP_DATABASE_URL. */
export const settingGroups = {
  Process: {
    environment: setting(
      oneOf(['development', 'test', 'production']).default('development'),
      'Kind of installation.',
    ),
    home: setting(
      z.string().default('.surveyor'),
      'State folder of the embedded servers, logs, uploads and the client profile.',
    ),
    cacheDir: setting(
      z.string().optional(),
      'Where downloaded and built tools are kept (default ~/.cache/surveyor).',
      { example: '/var/cache/surveyor' },
    ),
    logLevel: setting(
      oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
      'Least severe message that is logged.',
    ),
    logFormat: setting(
      oneOf(['json', 'pretty']).optional(),
      'One JSON object or one plain text a line (default pretty in development, else json).',
      { example: 'json' },
    ),
    shutdownSeconds: setting(
      wholeNumber(1, 600).default(20),
      'How long a stopping process may finish what it began.',
    ),
  },
  Client: {
    url: setting(webUrl().optional(), 'Address of the API that the command line talks to.', {
      example: 'http://127.0.0.1:8080',
    }),
    apiKey: setting(
      z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
      'API key of the command line.',
      { secret: true, example: 'sk_0000000000000000000000000000' },
    ),
    clientAccountId: setting(uuid().optional(), 'Client account of the command line.', {
      example: '00000000-0000-4000-8000-000000000001',
    }),
    engagementId: setting(uuid().optional(), 'Engagement of the command line.', {
      example: '00000000-0000-4000-8000-000000000002',
    }),
  },
  API: {
    host: setting(z.string().default('127.0.0.1'), 'Network address that the API listens on.'),
    port: setting(port().default(8080), 'Port of the API.'),
    apiMetricsPort: setting(
      port().optional(),
      'Port of /metrics of the API; without it its metrics are not served.',
      { example: '9465' },
    ),
    metricsPort: setting(
      port().optional(),
      'Port of /metrics of a worker; without it its metrics are not served.',
      { example: '9464' },
    ),
    publicUrl: setting(webUrl().optional(), 'Address under which browsers reach the API.', {
      example: 'https://surveyor.example.com',
    }),
    corsOrigins: setting(
      list().default([]),
      'Origins of other web applications that may call the API, by comma.',
    ),
    trustedProxies: setting(
      wholeNumber(0, 10).default(0),
      'Number of reverse proxies whose forwarded headers are believed.',
    ),
    rateLimits: setting(onOff(true), 'Whether requests are limited per user and tenant.'),
    foreignIdStatus: setting(
      oneOf(['403', '404']).default('403').transform(Number),
      'Status for ids of another tenant: 403, or 404 as for an unknown id.',
    ),
    maxUploadBytes: setting(wholeNumber(1, 64 * GIBIBYTE).default(GIBIBYTE), 'Largest upload in bytes.'),
    maxRows: setting(wholeNumber(1, 100_000_000).default(5_000_000), 'Most rows in one file.'),
    maxColumns: setting(wholeNumber(1, 1_600).default(1_000), 'Most columns in one file.'),
    maxCellBytes: setting(wholeNumber(1, 16 * 1024 ** 2).default(64 * 1024), 'Largest cell in bytes.'),
  },
  Tokens: {
    tokenSecret: setting(
      z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
      'Key that signs access tokens.',
      { secret: true, example: 'change-me-change-me-change-me-change-me' },
    ),
    tokenIssuer: setting(
      z.string().default('surveyor'),
      'Issuer written into and demanded from access tokens.',
    ),
    tokenAudience: setting(
      z.string().default('surveyor'),
      'Audience written into and demanded from access tokens.',
    ),
    tokenMinutes: setting(wholeNumber(1, 1_440).default(10), 'Life of an access token.'),
  },
  Database: {
    appDatabaseUrl: setting(
      databaseUrl().optional(),
      'Role surveyor_app: tenant data under row-level security.',
      { secret: true, example: 'postgres://surveyor_app:password@127.0.0.1:5432/surveyor' },
    ),
    authDatabaseUrl: setting(
      databaseUrl().optional(),
      'Role surveyor_auth: accounts, before a tenant is known.',
      { secret: true, example: 'postgres://surveyor_auth:password@127.0.0.1:5432/surveyor' },
    ),
    systemDatabaseUrl: setting(
      databaseUrl().optional(),
      'Role surveyor_system: ids, tenants, statuses and times only.',
      { secret: true, example: 'postgres://surveyor_system:password@127.0.0.1:5432/surveyor' },
    ),
    ownerDatabaseUrl: setting(databaseUrl().optional(), 'Owner of the schema; only migrations need it.', {
      secret: true,
      example: 'postgres://surveyor_owner:password@127.0.0.1:5432/surveyor',
    }),
    appPoolSize: setting(wholeNumber(1, 500).default(20), 'Connections of a process as surveyor_app.'),
    authPoolSize: setting(wholeNumber(1, 500).default(5), 'Connections of a process as surveyor_auth.'),
    systemPoolSize: setting(wholeNumber(1, 500).default(3), 'Connections of a process as surveyor_system.'),
  },
  Objects: {
    objectStore: setting(
      oneOf(['local', 's3']).default('local'),
      'Where stored uploads and artefacts lie: a folder, or a bucket of an S3 service. One never stands in for the other.',
    ),
    objectsDir: setting(
      z.string().optional(),
      'Folder of stored uploads and artefacts (default SURVEYOR_HOME/objects).',
      { example: '/var/lib/surveyor/objects' },
    ),
    s3Bucket: setting(
      z.string().min(3, { error: 'must be the name of a bucket' }).optional(),
      'Bucket of stored uploads and artefacts.',
      { example: 'surveyor-objects' },
    ),
    s3Region: setting(z.string().min(1).default('us-east-1'), 'Region of the bucket.'),
    s3Endpoint: setting(
      webUrl().optional(),
      'Address of an S3 service other than AWS; without it the region tells the address.',
      { example: 'https://s3.example.com' },
    ),
    s3PathStyle: setting(onOff(false), 'Whether the bucket stands in the path instead of the host name.'),
    s3AccessKeyId: setting(
      z.string().min(1).optional(),
      'Access key; without it the chain of the AWS SDK finds credentials (environment, profile, role).',
      { secret: true, example: 'AKIA0000000000000000' },
    ),
    s3SecretAccessKey: setting(z.string().min(1).optional(), 'Secret of the access key.', {
      secret: true,
      example: 'change-me',
    }),
    s3Encryption: setting(
      oneOf(['AES256', 'aws:kms']).optional(),
      'Encryption that the service is asked for; without it the bucket decides.',
      { example: 'AES256' },
    ),
    s3KmsKeyId: setting(z.string().min(1).optional(), 'Key of aws:kms; without it that of the account.', {
      example: 'alias/surveyor',
    }),
  },
  Temporal: {
    temporalAddress: setting(hostAndPort().optional(), 'A running Temporal server.', {
      example: '127.0.0.1:7233',
    }),
    temporalCliPath: setting(
      z.string().optional(),
      'The `temporal` command to start the embedded server with.',
      { example: '/usr/local/bin/temporal' },
    ),
    temporalNamespace: setting(z.string().min(2).default('default'), 'Namespace of the workflows.'),
    temporalTls: setting(onOff(false), 'Whether the connection to Temporal is encrypted.'),
    temporalApiKey: setting(z.string().optional(), 'API key for Temporal Cloud.', {
      secret: true,
      example: 'key',
    }),
    temporalDownloadUrl: setting(
      webUrl().default('https://temporal.download'),
      'Where the Temporal command is downloaded from; a mirror serves closed networks.',
    ),
    taskQueue: setting(z.string().min(1).default('surveyor'), 'Task queue of the workers.'),
    workerActivitySlots: setting(
      wholeNumber(1, 1_000).default(8),
      'Activities that a worker runs at a time.',
    ),
  },
  'Embedded servers': {
    postgresPort: setting(
      port().default(54_320),
      'Wanted port of the embedded PostgreSQL; a free one is taken when it is busy.',
    ),
    temporalPort: setting(
      port().default(7_233),
      'Wanted port of the embedded Temporal server; a free one is taken when it is busy.',
    ),
    temporalUiPort: setting(
      port().default(8_233),
      'Wanted port of the Temporal Web UI; a free one is taken when it is busy.',
    ),
  },
} as const satisfies Record<string, Record<string, Setting>>;

type Groups = typeof settingGroups;
type Settings = UnionToIntersection<Groups[keyof Groups]>;
type UnionToIntersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

export type SettingName = keyof Settings;

/** All settings by name. */
export const settings: ReadonlyMap<string, Setting> = new Map(
  Object.values(settingGroups).flatMap((group) => Object.entries<Setting>(group)),
);

/** What the schema makes of the environment, before paths are resolved. */
export type ParsedSettings = { readonly [Name in SettingName]: z.output<Settings[Name]['schema']> };

const UNPREFIXED = new Map([
  ['environment', 'SURVEYOR_ENV'],
  ['temporalAddress', 'TEMPORAL_ADDRESS'],
  ['temporalCliPath', 'TEMPORAL_CLI_PATH'],
]);

/** The environment key of a setting. */
export function environmentKey(name: string): string {
  return UNPREFIXED.get(name) ?? `SURVEYOR_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** The one schema over the environment, keyed by setting name. */
export const settingsSchema = z.object(
  Object.fromEntries([...settings].map(([name, { schema }]) => [name, schema])),
);
