import { systemActor } from '../../src/db/accounts/audit';
import { setFlowStatus } from '../../src/db/flows/flow-status';
import { findDiscoveryFlow, findFlow } from '../../src/db/flows/flows';
import { addImportRecords, findImport, insertImport, setImportDetection } from '../../src/db/imports/imports';
import {
  advancePhaseRun,
  beginPhaseRun,
  failPhaseRuns,
  findPublishedRun,
  lockPhaseRun,
  pausePhaseRun,
  type PhaseRunKey,
  supersedeOpenRuns,
} from '../../src/db/flows/phase-runs';
import { publishPhaseRun } from '../../src/db/flows/publish';
import { readFlowStatus } from '../../src/db/hot-reads';
import { inTenant, type TenantTrx } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { estatePhases, importPhases, phases } from '../../src/domain/flow/phases';
import { addTenant, createTestDatabase, type TestDatabase } from '../support/database';
import { addFlow, addReadyObject } from '../support/flow-rows';

let database: TestDatabase;
let tenant: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await addTenant(database);
});

afterAll(async () => {
  await database.drop();
});

const run = <T>(work: (trx: TenantTrx) => Promise<T>) => inTenant(database.pools.app, tenant, work);
const begin = (key: PhaseRunKey) => run((trx) => beginPhaseRun(trx, key));

async function publish(key: PhaseRunKey): Promise<string | undefined> {
  const hold = await begin(key);
  await run((trx) => advancePhaseRun(trx, hold, { rowsIn: 1, passed: 1, position: 1, rowsTotal: 1 }));
  return (await run((trx) => publishPhaseRun(trx, hold, {}, systemActor)))?.id;
}

test('an attempt that was replaced can neither lock, advance nor publish its run', async () => {
  const { flowId, importId } = await addFlow(database, tenant);
  const key = { flowId, phase: 'data_import', importId } as const;

  const first = await begin(key);
  const second = await begin(key);

  expect(second).toMatchObject({ id: first.id, fence: first.fence + 1 });
  expect(await run((trx) => lockPhaseRun(trx, first))).toBeUndefined();
  expect(await run((trx) => advancePhaseRun(trx, first, { position: 9 }))).toBe(false);
  expect(await run((trx) => publishPhaseRun(trx, first, {}, systemActor))).toBeUndefined();
  expect(await run((trx) => lockPhaseRun(trx, second))).toMatchObject({ position: 0 });
});

test('many attempts at once hold one run under different fences', async () => {
  const { flowId, importId } = await addFlow(database, tenant);

  const holds = await Promise.all(
    Array.from({ length: 8 }, () => begin({ flowId, phase: 'data_import', importId })),
  );

  expect(new Set(holds.map((hold) => hold.id)).size).toBe(1);
  expect(new Set(holds.map((hold) => hold.fence)).size).toBe(8);
});

test('a paused or failed run goes on from its position', async () => {
  const { flowId, importId } = await addFlow(database, tenant);
  const key = { flowId, phase: 'data_import', importId } as const;
  const first = await begin(key);
  await run((trx) =>
    advancePhaseRun(trx, first, { position: 25_000, rowsIn: 25_000, passed: 24_990, rejected: 10 }),
  );

  await run((trx) => pausePhaseRun(trx, first));
  const resumed = await begin(key);
  await run((trx) => failPhaseRuns(trx, flowId, { phase: null, code: 'IMP_001', message: 'Cut off' }));
  const retried = await begin(key);

  expect(resumed).toMatchObject({ id: first.id, position: 25_000, rowsIn: 25_000, rejected: 10 });
  expect(retried).toMatchObject({ id: first.id, status: 'running', failureCode: null, position: 25_000 });
});

test('a run whose records do not add up is not published', async () => {
  const { flowId, importId } = await addFlow(database, tenant);
  const hold = await begin({ flowId, phase: 'data_import', importId });
  await run((trx) => advancePhaseRun(trx, hold, { rowsIn: 10, passed: 8, rejected: 1 }));

  const publication = run((trx) => publishPhaseRun(trx, hold, {}, systemActor));

  await expect(publication).rejects.toMatchObject({ constraint: 'phase_runs_every_record_counted' });
});

test('phases complete in order while they are published, and the flow reaches 100 only at its end', async () => {
  const { flowId, importId } = await addFlow(database, tenant);
  await run((trx) => setFlowStatus(trx, flowId, { status: 'running' }, systemActor));
  const seen: number[] = [];

  for (const phase of importPhases) await publish({ flowId, phase, importId });
  for (const phase of estatePhases) {
    await publish({ flowId, phase });
    seen.push((await run((trx) => findFlow(trx, flowId)))?.progressPercentage ?? -1);
  }
  await run((trx) => setFlowStatus(trx, flowId, { status: 'completed' }, systemActor));

  const status = await readFlowStatus(database.pools.app, tenant, flowId);
  expect(seen).toEqual([71.4, 85.7, 99.9]);
  expect(status).toMatchObject({
    progressPercentage: 100,
    techDebtAssessmentCompleted: true,
    assessmentReady: true,
  });
  expect(Object.keys(status?.phases ?? {}).sort()).toEqual([...phases].sort());
});

test('a further file opens the phases of imports again', async () => {
  const { flowId, importId } = await addFlow(database, tenant);
  await publish({ flowId, phase: 'data_import', importId });
  const before = await run((trx) => findDiscoveryFlow(trx, flowId));
  const secondId = crypto.randomUUID();

  await run(async (trx) => {
    const objectId = await addReadyObject(trx);
    await insertImport(trx, { id: secondId, objectId, importedBy: null, flowId });
  });
  await publish({ flowId, phase: 'data_validation', importId });
  const between = await run((trx) => findDiscoveryFlow(trx, flowId));
  await publish({ flowId, phase: 'data_import', importId: secondId });
  const after = await run((trx) => findDiscoveryFlow(trx, flowId));

  expect(before).toMatchObject({ dataImportCompleted: true });
  expect(between).toMatchObject({ dataImportCompleted: false, dataValidationCompleted: false });
  expect(after).toMatchObject({ dataImportCompleted: true, dataValidationCompleted: false });
});

test('readers see the published run only, and the newer one once it is published', async () => {
  const { flowId, importId } = await addFlow(database, tenant);
  const key = { flowId, phase: 'data_import', importId } as const;
  const addRow = (runId: string, cell: string) =>
    run((trx) =>
      trx.raw(
        `insert into raw_import_records (client_account_id, engagement_id, phase_run_id, import_id, row_number,
           line_number, cells) values (?, ?, ?, ?, 1, 2, array[?])`,
        [tenant.clientAccountId, tenant.engagementId, runId, importId, cell],
      ),
    );
  const cells = () =>
    run(async (trx) => {
      const { rows } = await trx.raw<{ rows: { cells: string[] }[] }>(
        'select cells from current_raw_records where import_id = ?',
        [importId],
      );
      return rows.map((row) => row.cells.join());
    });

  const first = await begin(key);
  await addRow(first.id, 'old');
  const hidden = await cells();
  await run((trx) => publishPhaseRun(trx, first, {}, systemActor));
  const second = await begin(key);
  await addRow(second.id, 'new');
  const old = await cells();
  await run((trx) => publishPhaseRun(trx, second, {}, systemActor));

  expect([hidden, old, await cells()]).toEqual([[], ['old'], ['new']]);
  expect(await run((trx) => findPublishedRun(trx, key))).toMatchObject({ id: second.id });
});

test('a run that was given up is not taken up again', async () => {
  const { flowId, importId } = await addFlow(database, tenant);
  const key = { flowId, phase: 'field_mapping', importId } as const;
  const first = await begin(key);

  await run((trx) => supersedeOpenRuns(trx, key));

  expect((await begin(key)).id).not.toBe(first.id);
  expect(await run((trx) => lockPhaseRun(trx, first))).toBeUndefined();
});

test('an import takes its name and size from its upload, and counts each record once', async () => {
  const { importId } = await addFlow(database, tenant);

  await run((trx) => addImportRecords(trx, importId, { accepted: 90, rejected: 10 }));
  await run((trx) =>
    setImportDetection(trx, importId, { container: 'csv', columns: ['Name', 'OS'], tableKind: 'inventory' }),
  );

  expect(await run((trx) => findImport(trx, importId))).toMatchObject({
    importName: `Discovery Import ${importId}`,
    filename: 'servers.csv',
    fileSize: 1_234,
    totalRecords: 100,
    rejectedRecords: 10,
    columns: ['Name', 'OS'],
  });
});
