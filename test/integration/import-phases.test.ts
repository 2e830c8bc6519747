import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ActivityDependencies } from '../../src/activities/dependencies';
import { createImportPhases } from '../../src/activities/phases/import-phases';
import { createRecordActivities } from '../../src/activities/records';
import { systemActor } from '../../src/db/accounts/audit';
import { decideGate, findGate } from '../../src/db/flows/gates';
import { findImport } from '../../src/db/imports/imports';
import { listMappings } from '../../src/db/imports/mappings';
import { insertObject, setObjectReady } from '../../src/db/imports/objects';
import { inTenant } from '../../src/db/connection/tenant';
import { defaultFlowLimits } from '../../src/domain/flow/limits';
import { defaultFlowPolicy, type DiscoveryFlowInput, type Tenant } from '../../src/domain/flow/messages';
import { defaultIntakeLimits } from '../../src/intake/types';
import { createLocalObjectStore } from '../../src/objects/local-object-store';
import { addTenant, asSuperuser, createTestDatabase, type TestDatabase } from '../support/database';

const samples = path.resolve(__dirname, '../fixtures/samples');

let database: TestDatabase;
let folder: string;
let deps: ActivityDependencies;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'import-phases-'));
  deps = {
    app: database.pools.app,
    system: database.pools.system,
    objects: createLocalObjectStore(folder),
    intakeLimits: { ...defaultIntakeLimits, batchRows: 7 },
    directory: {
      describe: () => Promise.resolve('running'),
      restart: () => Promise.resolve(),
      signal: () => Promise.resolve(),
      listOpen: () => Promise.resolve([]),
      describeChange: async () => 'running',
      startChange: async () => undefined,
    },
    cancellation: () => new AbortController().signal,
    today: () => '2026-11-22',
  };
});

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Stores bytes as the API does, and returns the input of a flow that reads them. */
async function upload(
  tenant: Tenant,
  filename: string,
  bytes: Buffer,
  mode: 'ask' | 'auto',
): Promise<
  DiscoveryFlowInput & { readonly import: { readonly importId: string; readonly objectId: string } }
> {
  const objectId = randomUUID();
  const userId = randomUUID();
  const stored = await deps.objects.put({ ...tenant, objectId }, Readable.from([bytes]), {
    maxBytes: 1e9,
    inspect: () => undefined,
  });
  await inTenant(deps.app, tenant, async (trx) => {
    const entry = { id: objectId, kind: 'upload', storageKey: stored.key, filename } as const;
    await insertObject(trx, { ...entry, mediaType: 'text/csv', createdBy: userId });
    await setObjectReady(trx, objectId, stored);
  });
  return {
    ...tenant,
    flowId: randomUUID(),
    userId,
    flowName: null,
    fingerprint: stored.sha256,
    import: { importId: randomUUID(), objectId },
    policy: { ...defaultFlowPolicy, approval: { mode, minConfidence: 0.9 } },
    limits: defaultFlowLimits,
  };
}

async function runToMapping(input: Awaited<ReturnType<typeof upload>>) {
  const { flowId, clientAccountId, engagementId } = input;
  const ref = { flowId, clientAccountId, engagementId, importId: input.import.importId };
  const phases = createImportPhases(deps);
  await createRecordActivities(deps).createOrLoadFlow(input, randomUUID());
  await phases.importData({ ...ref, phase: 'data_import' });
  await phases.validateImport({ ...ref, phase: 'data_validation' });
  const mapped = await phases.suggestMappings({ ...ref, phase: 'field_mapping' });
  return { ref, phases, mapped };
}

test('an export is landed, profiled, mapped and cleansed, and every record is counted', async () => {
  const tenant = await addTenant(database);
  const bytes = await readFile(path.join(samples, 'servicenow-cmdb_ci_server.csv'));
  const input = await upload(tenant, 'cmdb_ci_server.csv', bytes, 'auto');

  const { ref, phases, mapped } = await runToMapping(input);
  const cleansed = await phases.cleanseImport({ ...ref, phase: 'data_cleansing' });

  expect(mapped).toMatchObject({ status: 'completed', rowsIn: 20 });
  expect(cleansed).toEqual({ status: 'completed', rowsIn: 20, rowsOut: 20 });
  const rows = await asSuperuser(database, (query) =>
    query(`select values from cleansed_records where import_id = $1 order by row_number`, [ref.importId]),
  );
  expect(rows).toHaveLength(20);
  expect(rows[0]?.['values']).toMatchObject({
    name: expect.any(String),
    operating_system: expect.any(String),
  });
});

test('a phase that is run again answers its published result and writes nothing new', async () => {
  const tenant = await addTenant(database);
  const bytes = await readFile(path.join(samples, 'nutanix-prism-vms.csv'));
  const input = await upload(tenant, 'vms.csv', bytes, 'auto');
  const { ref, phases } = await runToMapping(input);
  const first = await phases.cleanseImport({ ...ref, phase: 'data_cleansing' });

  const second = await phases.cleanseImport({ ...ref, phase: 'data_cleansing' });
  const again = await phases.importData({ ...ref, phase: 'data_import' });

  expect(second).toEqual(first);
  expect(again).toEqual({ status: 'completed', rowsIn: 10, rowsOut: 10 });
  const [counted] = await asSuperuser(database, (query) =>
    query(`select count(*)::integer as rows from raw_import_records where import_id = $1`, [ref.importId]),
  );
  expect(counted).toEqual({ rows: 10 });
});

test('a flow that asks waits at the mapping gate until a person decides', async () => {
  const tenant = await addTenant(database);
  const bytes = await readFile(path.join(samples, 'azure-migrate-import.csv'));
  const input = await upload(tenant, 'azure.csv', bytes, 'ask');
  const { ref, mapped } = await runToMapping(input);
  const records = createRecordActivities(deps);
  const undecided = await records.settleGate(ref, 'mapping_approval');

  const gate = { flowId: ref.flowId, gate: 'mapping_approval', importId: null } as const;
  await inTenant(deps.app, tenant, async (trx) => {
    const version = (await findGate(trx, gate))?.version ?? 0;
    await decideGate(
      trx,
      gate,
      { version, decision: { approved: true }, decidedBy: input.userId },
      systemActor,
    );
  });
  const decided = await records.settleGate(ref, 'mapping_approval');

  expect(mapped).toEqual({ status: 'waiting', gate: 'mapping_approval', version: 1 });
  expect(undecided).toMatchObject({ decided: false, state: { status: 'waiting_for_approval' } });
  expect(decided).toMatchObject({ decided: true, state: { status: 'running' } });
  expect(decided.state.imports[0]?.publishedPhases).toContain('field_mapping');
  const mappings = await inTenant(deps.app, tenant, (trx) => listMappings(trx, ref.importId));
  expect(mappings.every(({ status }) => status === 'approved')).toBe(true);
});

test('quoted commas, newlines and quotes reach the raw records exactly; ragged and trailing lines are rejected', async () => {
  const tenant = await addTenant(database);
  const text =
    'Name,Cost,Note\r\n"a,b","$12,500.00","line 1\nline ""2"""\r\nc,1\r\nd,2,three\r\nEOF < /dev/null\r\n';
  const input = await upload(tenant, 'hand-made.csv', Buffer.from(text), 'ask');

  const { ref } = await runToMapping(input);

  const rows = await asSuperuser(database, (query) =>
    query(
      `select row_number::integer, cells from raw_import_records where import_id = $1 order by row_number`,
      [ref.importId],
    ),
  );
  const rejected = await asSuperuser(database, (query) =>
    query(
      `select line_number::integer as line, code from rejected_records where import_id = $1 order by row_number`,
      [ref.importId],
    ),
  );
  expect(rows.map((row) => row['cells'])).toEqual([
    ['a,b', '$12,500.00', 'line 1\nline "2"'],
    ['d', '2', 'three'],
  ]);
  expect(rejected).toEqual([
    { line: 4, code: 'too_few_cells' },
    { line: 6, code: 'too_few_cells' },
  ]);
});

test('an attempt that dies in the middle is gone on with from its last batch', async () => {
  const tenant = await addTenant(database);
  const lines = Array.from(
    { length: 50 },
    (_, index) => `host-${index},10.0.0.${index + 1},Windows Server 2016`,
  );
  const bytes = Buffer.from(`Hostname,IP Address,OS\n${lines.join('\n')}\n`);
  const input = await upload(tenant, 'hosts.csv', bytes, 'auto');
  const { flowId, clientAccountId, engagementId } = input;
  const ref = { flowId, clientAccountId, engagementId, importId: input.import.importId };
  await createRecordActivities(deps).createOrLoadFlow(input, randomUUID());
  let reads = 0;
  const dying: ActivityDependencies = {
    ...deps,
    objects: {
      ...deps.objects,
      bytes: (...place) => {
        const stored = deps.objects.bytes(...place);
        return {
          ...stored,
          read: (range) => {
            reads += 1;
            const stream = stored.read(range);
            if (reads > 3) stream.destroy(new Error('the worker was killed'));
            return stream;
          },
        };
      },
    },
  };
  await expect(createImportPhases(dying).importData({ ...ref, phase: 'data_import' })).rejects.toThrow(
    'killed',
  );

  const result = await createImportPhases(deps).importData({ ...ref, phase: 'data_import' });

  expect(result).toEqual({ status: 'completed', rowsIn: 50, rowsOut: 50 });
});

test('a table that cannot be read leaves its flow to the others, the only one fails it', async () => {
  const tenant = await addTenant(database);
  const bytes = await readFile(path.join(samples, 'rvtools4-estate.xlsx'));
  const input = await upload(tenant, 'estate.xlsx', bytes, 'auto');
  const { flowId, clientAccountId, engagementId } = input;
  const place = (sheet: string) => ({ entry: null, sheet });
  const broken = { importId: randomUUID(), place: place('No such sheet') };
  const first = { ...input.import, place: place('vHost'), furtherTables: [broken] };
  const ref = { flowId, clientAccountId, engagementId };
  const phases = createImportPhases(deps);
  await createRecordActivities(deps).createOrLoadFlow({ ...input, import: first }, randomUUID());

  const read = await phases.importData({ ...ref, importId: first.importId, phase: 'data_import' });
  const left = { ...ref, importId: broken.importId };
  const unread = await phases.importData({ ...left, phase: 'data_import' });
  await phases.validateImport({ ...left, phase: 'data_validation' });
  await phases.suggestMappings({ ...left, phase: 'field_mapping' });
  const cleansed = await phases.cleanseImport({ ...left, phase: 'data_cleansing' });

  expect(read).toEqual({ status: 'completed', rowsIn: 6, rowsOut: 6 });
  expect(unread).toEqual({ status: 'completed', rowsIn: 0, rowsOut: 0 });
  expect(cleansed).toEqual({ status: 'completed', rowsIn: 0, rowsOut: 0 });
  const entry = await inTenant(deps.app, tenant, (trx) => findImport(trx, broken.importId));
  expect(entry).toMatchObject({ status: 'failed', errorCode: 'IMP_004', tableKind: 'unknown' });
  const alone = await upload(tenant, 'estate.xlsx', bytes, 'auto');
  const only = { ...alone.import, place: place('No such sheet') };
  await createRecordActivities(deps).createOrLoadFlow({ ...alone, import: only }, randomUUID());
  const order = { ...tenant, flowId: alone.flowId, importId: only.importId, phase: 'data_import' } as const;
  await expect(phases.importData(order)).rejects.toMatchObject({ code: 'IMP_004' });
});
