import { createImportPhases } from '../../src/activities/phases/import-phases';
import { createRecordActivities } from '../../src/activities/records';
import { systemActor } from '../../src/db/accounts/audit';
import { decideGate } from '../../src/db/flows/gates';
import { decideMapping, listMappings } from '../../src/db/imports/mappings';
import { decideFindings, type FindingDecision, listFindings } from '../../src/db/imports/quality-findings';
import { inTenant } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { longestExportable } from '../../src/domain/quality/profile/decisions';
import { longestStorable } from '../../src/domain/quality/profile/findings';
import { defaultIntakeLimits } from '../../src/intake/types';
import { addTenant, asSuperuser, createTestDatabase, type TestDatabase } from '../support/database';
import { ImportRunner } from '../support/import-runner';

let database: TestDatabase;
let runner: ImportRunner;
let tenant: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  runner = await ImportRunner.create(database, { ...defaultIntakeLimits, maxCellBytes: 256 * 1024 });
});

beforeEach(async () => {
  tenant = await addTenant(database);
});

afterAll(async () => {
  await runner.close();
  await database.drop();
});

type Started = Awaited<ReturnType<ImportRunner['start']>>;

const prose = (length: number): string => 'a long story '.repeat(Math.ceil(length / 13)).slice(0, length - 1);

/** A file whose second row tells a story of some length. */
const file = (length: number) => ({
  content: [
    'Hostname,Operating System,RAM GB,Description',
    'web01,Windows Server 2016,16,shop front',
    `db01,Windows Server 2019,64,${prose(length)}.`,
    'app01,Windows Server 2022,32,billing',
  ].join('\n'),
});

async function startAndValidate(length: number) {
  const started = await runner.start(tenant, file(length));
  const phases = createImportPhases(runner.deps);
  await phases.importData({ ...started.order, phase: 'data_import' });
  const validated = await phases.validateImport({ ...started.order, phase: 'data_validation' });
  return { started, validated };
}

/** A person decides about the column at the gate, and validation goes on. */
async function decide({ order, userId }: Started, decision: Omit<FindingDecision, 'column'>) {
  const { flowId, importId } = order;
  await inTenant(runner.deps.app, tenant, async (trx) => {
    await decideFindings(trx, importId, [{ column: 'Description', ...decision }], userId);
    const gate = { flowId, gate: 'profile_decisions', importId } as const;
    await decideGate(trx, gate, { version: 1, decision: {}, decidedBy: userId }, systemActor);
  });
  await createRecordActivities(runner.deps).settleGate({ ...tenant, flowId }, 'profile_decisions');
  return createImportPhases(runner.deps).validateImport({ ...order, phase: 'data_validation' });
}

/** Maps, approves and cleanses; answers the records that came out. */
async function cleanse({ order, userId }: Started, unmapped?: string) {
  const phases = createImportPhases(runner.deps);
  await phases.suggestMappings({ ...order, phase: 'field_mapping' });
  if (unmapped !== undefined) await leaveOut({ order, userId }, unmapped);
  await runner.approve(tenant, { flowId: order.flowId, userId });
  const result = await phases.cleanseImport({ ...order, phase: 'data_cleansing' });
  const records = await asSuperuser(database, (query) =>
    query(
      `select kind, reason, "values" ->> 'hostname' as hostname, "values" ->> 'description' as description,
         "values" as all from cleansed_records where import_id = $1 order by row_number`,
      [order.importId],
    ),
  );
  return { result, records };
}

async function leaveOut({ order, userId }: Started, column: string): Promise<void> {
  await inTenant(runner.deps.app, tenant, async (trx) => {
    const mappings = await listMappings(trx, order.importId);
    const id = mappings.find(({ sourceColumn }) => sourceColumn === column)?.id ?? '';
    await decideMapping(trx, { id, status: 'approved', target: null }, userId);
  });
}

const tooLong = longestStorable + 4_464;

test('a cell that is longer than what can be stored waits for the decision of a person', async () => {
  const { started, validated } = await startAndValidate(tooLong);

  const again = await createImportPhases(runner.deps).validateImport({
    ...started.order,
    phase: 'data_validation',
  });

  expect(validated).toEqual({ status: 'waiting', gate: 'profile_decisions', version: 1 });
  expect(again).toEqual(validated);
  const findings = await inTenant(runner.deps.app, tenant, (trx) =>
    listFindings(trx, started.order.importId),
  );
  expect(findings.filter(({ blocking }) => blocking)).toMatchObject([
    { code: 'too_long', sourceColumn: 'Description', severity: 'critical', action: null },
  ]);
});

test('a cell of the longest text that can be stored asks nobody', async () => {
  const { validated } = await startAndValidate(longestStorable);

  expect(validated).toMatchObject({ status: 'completed' });
});

test('a person who skips leaves out the rows whose cell is too long, and only those', async () => {
  const { started } = await startAndValidate(tooLong);

  const validated = await decide(started, { action: 'skip' });
  const { result, records } = await cleanse(started);

  expect(validated).toMatchObject({ status: 'completed' });
  expect(result).toMatchObject({ status: 'completed', rowsIn: 3, rowsOut: 2 });
  expect(records).toMatchObject([
    { hostname: 'web01', kind: 'inventory', description: 'shop front' },
    { kind: 'skipped', reason: 'profile_decision' },
    { hostname: 'app01', kind: 'inventory', description: 'billing' },
  ]);
});

test.each([
  ['the limit that was named', { limit: 100 }, 100],
  ['what a workbook holds, when no limit was named', {}, longestExportable],
])('a person who trims cuts the cell to %s and keeps its row', async (_name, detail, length) => {
  const { started } = await startAndValidate(tooLong);

  await decide(started, { action: 'truncate', detail });
  const { result, records } = await cleanse(started);

  expect(result).toMatchObject({ rowsIn: 3, rowsOut: 3 });
  expect(records[1]).toMatchObject({ hostname: 'db01', kind: 'inventory', reason: null });
  expect(records.map(({ description }) => description)).toEqual([
    'shop front',
    prose(tooLong).slice(0, length).trimEnd(),
    'billing',
  ]);
});

test('a person who keeps gets the whole cell', async () => {
  const { started } = await startAndValidate(tooLong);

  await decide(started, { action: 'keep' });
  const { records } = await cleanse(started);

  expect(records[1]).toMatchObject({ hostname: 'db01', description: `${prose(tooLong)}.` });
});

test('the values of a column that a person leaves unmapped are in no record', async () => {
  const { started } = await startAndValidate(20);

  const { records } = await cleanse(started, 'RAM GB');

  expect(records).toHaveLength(3);
  for (const { all } of records) expect(all).not.toHaveProperty('memory_gb');
  expect(JSON.stringify(records)).not.toMatch(/\b(16|64|32)\b/);
});
