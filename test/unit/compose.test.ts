import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { databaseRoles } from '../../src/db/connection/bootstrap';
import { type ProcessKind, readConfig } from '../../src/runtime/config';
import { startTemporal } from '../../src/runtime/embedded/embedded-temporal';
import type { ProcessSpec, Supervisor } from '../../src/runtime/process/processes';
import { searchAttributes } from '../../src/runtime/temporal-client';
import { type ComposeFile, type ComposeService, composeSchema } from '../support/compose-schema';

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const readYaml = (file: string): unknown => parse(read(file), { merge: true });

// The schema test below checks that the file has this shape.
const compose = readYaml('docker-compose.yml') as ComposeFile;
const services = Object.entries(compose.services);

const sourcesOf = ({ volumes = [] }: ComposeService): readonly string[] =>
  volumes.map((volume) => volume.slice(0, volume.indexOf(':')));

/** As Compose fills in variables, with a value for each that has no default. */
const filledIn = (value: string): string =>
  value.replace(/\$\{\w+(?::-([^}]*)|:\?[^}]*)?\}/g, (_, fallback?: string) => fallback ?? 'x'.repeat(40));

const environmentOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(compose.services[name]?.environment ?? {}).map(([key, value]) => [key, filledIn(value)]),
  );

describe('docker-compose.yml', () => {
  test('uses the parts of the Compose specification that are meant, and no others', () => {
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(composeSchema);

    validate(compose);

    expect(validate.errors).toBeNull();
  });

  test('names only services, networks, volumes and secrets that it defines', () => {
    const undefinedNames = services.flatMap(([, service]) => [
      ...Object.keys(service.depends_on ?? {}).filter((name) => !(name in compose.services)),
      ...service.networks.filter((name) => !(name in compose.networks)),
      ...(service.secrets ?? []).filter((name) => !(name in (compose.secrets ?? {}))),
      ...sourcesOf(service).filter((source) => !source.startsWith('./') && !(source in compose.volumes)),
    ]);

    expect(undefinedNames).toEqual([]);
  });

  test('mounts only files and folders that exist', () => {
    const mounted = services
      .flatMap(([, service]) => sourcesOf(service))
      .filter((source) => source.startsWith('./'));

    expect(mounted.length).toBeGreaterThan(0);
    expect(mounted.filter((source) => !existsSync(path.join(root, source)))).toEqual([]);
  });

  test('waits for health only where health is checked', () => {
    const awaited = services
      .flatMap(([, { depends_on = {} }]) => Object.entries(depends_on))
      .filter(([, { condition }]) => condition === 'service_healthy')
      .map(([name]) => name);

    expect(awaited.length).toBeGreaterThan(0);
    expect(awaited.filter((name) => !compose.services[name]?.healthcheck)).toEqual([]);
  });

  test('lets services without a profile depend on none that has one', () => {
    const needed = services
      .filter(([, { profiles }]) => profiles === undefined)
      .flatMap(([, { depends_on = {} }]) => Object.keys(depends_on));

    expect(needed.filter((name) => compose.services[name]?.profiles)).toEqual([]);
  });

  test('reaches each needed service over a network of both', () => {
    for (const [name, { depends_on = {}, networks }] of services) {
      for (const needed of Object.keys(depends_on)) {
        const shared = compose.services[needed]?.networks.filter((network) => networks.includes(network));
        expect({ name, needed, shared: (shared ?? []).length > 0 }).toEqual({ name, needed, shared: true });
      }
    }
  });

  test('holds no password of its own', () => {
    const entries = services.flatMap(([, { environment = {} }]) => Object.entries(environment));
    const secrets = entries.filter(([key]) => /PASSWORD|PWD|SECRET|KEY/.test(key) && !key.endsWith('__FILE'));

    expect(secrets.length).toBeGreaterThan(5);
    expect(secrets.filter(([, value]) => !/^\$\{\w+:\?[^}]+\}$/.test(value))).toEqual([]);
    expect(entries.filter(([, value]) => /:\/\/[^:/]+:[^$@]+@/.test(value))).toEqual([]);
  });

  test.each<ProcessKind>(['api', 'worker', 'migrate'])(
    'gives the %s a configuration that it accepts',
    (kind) => {
      const config = readConfig(environmentOf(kind), kind);

      expect(config.environment).toBe('production');
      expect(config.home).toBe('/var/lib/surveyor');
    },
  );

  test('shares stored uploads between the API and the workers', () => {
    const { api, worker } = { api: environmentOf('api'), worker: environmentOf('worker') };

    expect(api['SURVEYOR_OBJECTS_DIR']).toBe(worker['SURVEYOR_OBJECTS_DIR']);
    expect(compose.services['worker']?.volumes).toEqual(compose.services['api']?.volumes);
  });

  test('gives only migrations the owner of the schema', () => {
    const withOwner = services
      .filter(([, { environment = {} }]) => 'SURVEYOR_OWNER_DATABASE_URL' in environment)
      .map(([name]) => name);

    expect(withOwner).toEqual(['migrate']);
  });
});

describe('the Temporal server of production', () => {
  test('has the dynamic configuration of the embedded one', async () => {
    const settings = readYaml('ops/temporal-dynamic-config.yml') as Record<string, [{ value: unknown }]>;
    const expected = Object.entries(settings).map(([key, [{ value }]]) => `${key}=${String(value)}`);

    const args = await argumentsOfEmbeddedServer();

    expect(valuesOf(args, '--dynamic-config-value').toSorted()).toEqual(expected.toSorted());
  });

  test('gets the search attributes of every flow', () => {
    const script = read('ops/temporal/create-namespace.sh');
    const names = /for name in ([^;]+);/.exec(script)?.[1]?.split(' ');

    expect(names).toEqual([...searchAttributes]);
  });
});

describe('the PostgreSQL server of production', () => {
  test.each(Object.values(databaseRoles))(
    'gets the role %s without any power over row-level security',
    (role) => {
      expect(read('ops/postgres/create-roles.sh')).toMatch(
        new RegExp(`create role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls `),
      );
    },
  );
});

/** What the embedded server would be started with. */
async function argumentsOfEmbeddedServer(): Promise<readonly string[]> {
  let args: readonly string[] = [];
  const start = (spec: ProcessSpec): Promise<unknown> => {
    args = spec.args;
    return Promise.resolve({});
  };
  // startTemporal calls nothing of the supervisor but start.
  const supervisor = { start } as unknown as Supervisor;
  const home = mkdtempSync(path.join(tmpdir(), 'surveyor-compose-'));
  try {
    await startTemporal(supervisor, { home, binary: 'temporal', port: 7233, namespace: 'default' });
  } finally {
    rmSync(home, { recursive: true });
  }
  return args;
}

function valuesOf(args: readonly string[], flag: string): readonly string[] {
  return args.flatMap((arg, index) => (args[index - 1] === flag ? [arg] : []));
}
