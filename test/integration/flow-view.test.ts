import { systemActor } from '../../src/db/accounts/audit';
import { setFlowStatus } from '../../src/db/flows/flow-status';
import { openGate } from '../../src/db/flows/gates';
import { addImportRecords, insertImport } from '../../src/db/imports/imports';
import {
  advancePhaseRun,
  beginPhaseRun,
  pausePhaseRun,
  type PhaseRunKey,
} from '../../src/db/flows/phase-runs';
import { publishPhaseRun } from '../../src/db/flows/publish';
import { type FlowView, readFlowView } from '../../src/db/flows/read-flow-view';
import { readFlowStatus } from '../../src/db/hot-reads';
import { inTenant, type TenantTrx } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { importPhases } from '../../src/domain/flow/phases';
import { addTenant, aTenant, createTestDatabase, type TestDatabase } from '../support/database';
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

const app = () => database.pools.app;
const run = <T>(work: (trx: TenantTrx) => Promise<T>) => inTenant(app(), tenant, work);

/** The view, and the same members of the whole row. */
async function bothOf(flowId: string): Promise<{ readonly view: FlowView; readonly row: object }> {
  const view = await readFlowView(app(), tenant, flowId);
  const whole = await readFlowStatus(app(), tenant, flowId);
  if (view === undefined || whole === undefined) throw new Error('The flow is not found');
  const row = Object.fromEntries(Object.entries(whole).filter(([name]) => name in view));
  return { view, row };
}

async function addImport(flowId: string): Promise<string> {
  const importId = crypto.randomUUID();
  await run(async (trx) => {
    const objectId = await addReadyObject(trx);
    await insertImport(trx, { id: importId, flowId, objectId, importedBy: null });
  });
  return importId;
}

async function advance(key: PhaseRunKey, isPublished: boolean): Promise<void> {
  const hold = await run((trx) => beginPhaseRun(trx, key));
  const counts = { rowsIn: 10, passed: 8, rejected: 2, position: 10, rowsOut: 8 };
  await run((trx) => advancePhaseRun(trx, hold, { ...counts, ...(isPublished ? { rowsTotal: 10 } : {}) }));
  if (isPublished) await run((trx) => publishPhaseRun(trx, hold, {}, systemActor));
  else await run((trx) => pausePhaseRun(trx, hold));
}

test('a flow that has not begun has no phases', async () => {
  const { flowId } = await addFlow(database, tenant);

  const { view, row } = await bothOf(flowId);

  expect(view).toEqual(row);
  expect(view.phases).toBeNull();
});

test('the counts of two imports add up as they do in the whole row', async () => {
  const { flowId, importId } = await addFlow(database, tenant);
  await run((trx) => addImportRecords(trx, importId, { accepted: 8, rejected: 2 }));
  for (const phase of importPhases) await advance({ flowId, phase, importId }, true);
  const secondId = await addImport(flowId);
  await advance({ flowId, phase: 'data_import', importId: secondId }, true);
  await advance({ flowId, phase: 'data_validation', importId: secondId }, false);

  const { view, row } = await bothOf(flowId);

  expect(view).toEqual(row);
  expect(view).toMatchObject({ imports: 2, recordsTotal: 10, dataValidationCompleted: false });
  expect(view.phases?.data_validation).toMatchObject({ runs: 2, paused: 1, rows_total: 10, rows_in: 20 });
});

test('a flow that waits tells the version of its open gate', async () => {
  const { flowId, importId } = await addFlow(database, tenant);
  await run((trx) => setFlowStatus(trx, flowId, { status: 'running' }, systemActor));
  await run(async (trx) => {
    await openGate(trx, { flowId, gate: 'mapping_approval', importId });
    const waiting = { status: 'waiting_for_approval', waitingFor: 'mapping_approval' } as const;
    await setFlowStatus(trx, flowId, waiting, systemActor);
  });

  const { view, row } = await bothOf(flowId);

  expect(view).toEqual(row);
  expect(view.gateVersion).toBe(1);
});

test('the view of another tenant is not found, whatever ran before on the connection', async () => {
  const { flowId } = await addFlow(database, tenant);
  await readFlowView(app(), tenant, flowId);

  const foreign = await readFlowView(app(), aTenant(), flowId);

  expect(foreign).toBeUndefined();
});
