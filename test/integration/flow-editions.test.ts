import { systemActor } from '../../src/db/accounts/audit';
import { moveImportRecords, moveLedger } from '../../src/db/imports/corrections';
import { setFlowStatus } from '../../src/db/flows/flow-status';
import { setPhaseState } from '../../src/db/flows/flows';
import { openGate, raiseGateVersion } from '../../src/db/flows/gates';
import { addImportRecords, setImportUndone } from '../../src/db/imports/imports';
import {
  advancePhaseRun,
  beginPhaseRun,
  endFlowBatch,
  failPhaseRuns,
  pausePhaseRun,
  type PhaseRun,
  resetPhaseRun,
  supersedeOpenRuns,
} from '../../src/db/flows/phase-runs';
import { publishPhaseRun } from '../../src/db/flows/publish';
import { type FlowEdition, readFlowEdition, readFlowView } from '../../src/db/flows/read-flow-view';
import { inTenant, type TenantTrx } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, asSuperuser, aTenant, createTestDatabase, type TestDatabase } from '../support/database';
import { addFlow, type AddedFlow } from '../support/flow-rows';

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

async function editionOf(flowId: string, kept?: FlowEdition): Promise<FlowEdition> {
  const edition = await readFlowEdition(app(), tenant, flowId, kept);
  if (edition === undefined) throw new Error('The flow is not found');
  return edition;
}

/** A flow whose import is being read. */
async function aReadingFlow(): Promise<AddedFlow & { readonly open: PhaseRun }> {
  const flow = await addFlow(database, tenant);
  await run((trx) => setFlowStatus(trx, flow.flowId, { status: 'running' }, systemActor));
  const { flowId, importId } = flow;
  const open = await run((trx) => beginPhaseRun(trx, { flowId, phase: 'data_import', importId }));
  return { ...flow, open };
}

type Changed = AddedFlow & { readonly open: PhaseRun };
const failure = { phase: null, code: 'FLOW_001', message: 'It failed' };
const counts = { position: 10, rowsIn: 10, passed: 8, rejected: 2 };

const changes: Readonly<Record<string, (trx: TenantTrx, flow: Changed) => Promise<unknown>>> = {
  'its status': (trx, { flowId }) => setFlowStatus(trx, flowId, { status: 'paused' }, systemActor),
  'the state that a phase leaves': (trx, { flowId }) =>
    setPhaseState(trx, flowId, 'data_import', { rows: 1 }),
  'a gate that opens': (trx, { flowId, importId }) =>
    openGate(trx, { flowId, importId, gate: 'mapping_approval' }),
  'a run that begins': (trx, { flowId, importId }) =>
    beginPhaseRun(trx, { flowId, importId, phase: 'data_validation' }),
  'the position of a run': (trx, { open }) => advancePhaseRun(trx, open, { position: 5 }),
  'the batch of a run': (trx, { open, flowId }) => endFlowBatch(trx, open, counts, { flowId, progress: 0 }),
  'a run that is paused': (trx, { open }) => pausePhaseRun(trx, open),
  'a run that begins anew': (trx, { open }) => resetPhaseRun(trx, open),
  'a run that fails': (trx, { flowId }) => failPhaseRuns(trx, flowId, failure),
  'a run that is given up': (trx, { flowId, importId }) =>
    supersedeOpenRuns(trx, { flowId, importId, phase: 'data_import' }),
  'a run that is published': (trx, { open }) => publishPhaseRun(trx, open, {}, systemActor),
  'the counts of a correction': (trx, { open }) => moveLedger(trx, open.id, { passed: 1 }),
  'the records of an import': (trx, { importId }) =>
    addImportRecords(trx, importId, { accepted: 1, rejected: 1 }),
  'the records of a correction': (trx, { importId }) => moveImportRecords(trx, importId, 0),
  'an import that is undone': (trx, { importId }) => setImportUndone(trx, importId),
};

test.each(Object.keys(changes))('%s renews the edition of a flow', async (name) => {
  const flow = await aReadingFlow();
  const kept = await editionOf(flow.flowId);

  await run(async (trx) => changes[name]?.(trx, flow));

  const next = await editionOf(flow.flowId, kept);
  expect(next.edition).not.toBe(kept.edition);
  expect(next.view).toEqual(await readFlowView(app(), tenant, flow.flowId));
});

test('what is kept of a flow is good until the flow changes, whatever happens to others', async () => {
  const { flowId } = await aReadingFlow();
  const kept = await editionOf(flowId);

  await aReadingFlow();

  expect(await editionOf(flowId, kept)).toBe(kept);
});

test('each of the changes of a gate has an edition of its own', async () => {
  const { flowId, importId } = await aReadingFlow();
  const ref = { flowId, importId, gate: 'mapping_approval' } as const;
  const editions = new Set<string>();

  await run((trx) => openGate(trx, ref));
  for (let change = 0; change < 3; change += 1) {
    await run((trx) => raiseGateVersion(trx, ref));
    editions.add((await editionOf(flowId)).edition);
  }

  expect(editions.size).toBe(3);
});

test('a change that is taken back leaves the edition as it was', async () => {
  const { flowId, open } = await aReadingFlow();
  const kept = await editionOf(flowId);

  const work = run(async (trx) => {
    await advancePhaseRun(trx, open, { position: 5 });
    throw new Error('The batch failed');
  });

  await expect(work).rejects.toThrow('The batch failed');
  expect(await editionOf(flowId, kept)).toBe(kept);
});

test('the edition of another tenant is good for nothing', async () => {
  const { flowId } = await aReadingFlow();
  const kept = await editionOf(flowId);

  const foreign = await readFlowEdition(app(), aTenant(), flowId, kept);

  expect(foreign).toBeUndefined();
});

test('every table that the view of a flow reads renews its edition', async () => {
  const rows = await asSuperuser(database, (query) =>
    query(
      `select array(select distinct (regexp_matches(prosrc, '(?:from|join) (\\w+) ', 'g'))[1])::text[] as tables,
         array(select tgrelid::regclass from pg_trigger where tgname = 'flow_edition_renewed')::text[] as renewing
       from pg_proc where proname = 'read_flow_view'`,
    ),
  );
  const { tables, renewing } = rows[0] as { readonly tables: string[]; readonly renewing: string[] }; // two lists of names

  expect(tables.toSorted()).toEqual(renewing.toSorted());
  expect(tables).toHaveLength(5);
});
