import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { systemActor } from '../../src/db/accounts/audit';
import { setFlowStatus } from '../../src/db/flows/flow-status';
import { findDiscoveryFlow, findFlow, insertFlow, listFlows, touchFlow } from '../../src/db/flows/flows';
import { beginPhaseRun, endFlowBatch } from '../../src/db/flows/phase-runs';
import { readFlowList, readFlowStatus, readImportStatus } from '../../src/db/hot-reads';
import { inTenant } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { canTransition, type FlowStatus, flowStatuses } from '../../src/domain/flow/status';
import { addTenant, asSuperuser, aTenant, createTestDatabase, type TestDatabase } from '../support/database';
import { addFlow, aFlow } from '../support/flow-rows';

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

test('a flow is born with its child, its import and its audit event, or not at all', async () => {
  const { flowId, importId } = await addFlow(database, tenant);

  const status = await readFlowStatus(app(), tenant, flowId);
  const child = await inTenant(app(), tenant, (trx) => findDiscoveryFlow(trx, flowId));
  const [audit] = await asSuperuser(database, (query) =>
    query('select action, content_hash from audit.audit_log where flow_id = $1', [flowId]),
  );

  expect(status).toMatchObject({ flowId, flowStatus: 'initialized', imports: 1, dataImportId: importId });
  expect(child).toMatchObject({ masterFlowId: flowId, status: 'initialized', dataImportId: importId });
  expect(audit).toMatchObject({ action: 'flow.created', content_hash: expect.any(Buffer) });
});

test('the same flow inserted twice at once exists once', async () => {
  const flow = aFlow();

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => inTenant(app(), tenant, (trx) => insertFlow(trx, flow, systemActor))),
  );

  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await inTenant(app(), tenant, (trx) => findDiscoveryFlow(trx, flow.flowId))).toBeDefined();
});

test('a master without a child, and a child without a master, cannot be committed', async () => {
  const lonelyMaster = inTenant(app(), tenant, (trx) =>
    trx.raw(
      `insert into master_flows (client_account_id, engagement_id, flow_id, user_id, flow_name, fingerprint,
         workflow_id) values (?, ?, ?, ?, 'x', 'x', 'x')`,
      [tenant.clientAccountId, tenant.engagementId, randomUUID(), randomUUID()],
    ),
  );
  const child = (masterId: string | null) =>
    inTenant(app(), tenant, (trx) =>
      trx.raw(
        'insert into discovery_flows (client_account_id, engagement_id, master_flow_id) values (?, ?, ?)',
        [tenant.clientAccountId, tenant.engagementId, masterId],
      ),
    );

  await expect(lonelyMaster).rejects.toMatchObject({ code: '23514', constraint: 'flows_agree' });
  await expect(child(null)).rejects.toMatchObject({ code: '23502' });
  await expect(child(randomUUID())).rejects.toMatchObject({ code: '23503' });
});

test('a child cannot belong to a master of another tenant', async () => {
  const theirs = await addTenant(database);
  const { flowId } = await addFlow(database, theirs);

  const planted = inTenant(app(), tenant, (trx) =>
    trx.raw(
      'insert into discovery_flows (client_account_id, engagement_id, master_flow_id) values (?, ?, ?)',
      [tenant.clientAccountId, tenant.engagementId, flowId],
    ),
  );

  await expect(planted).rejects.toMatchObject({ code: '23503' });
});

test('master and child cannot be made to disagree', async () => {
  const { flowId } = await addFlow(database, tenant);

  const onlyMaster = inTenant(app(), tenant, (trx) =>
    trx.raw(`update master_flows set flow_status = 'running' where flow_id = ?`, [flowId]),
  );
  await expect(onlyMaster).rejects.toMatchObject({ constraint: 'flows_agree' });
  const onlyChild = inTenant(app(), tenant, (trx) =>
    trx.raw(`update discovery_flows set current_phase = 'data_import' where master_flow_id = ?`, [flowId]),
  );
  await expect(onlyChild).rejects.toMatchObject({ constraint: 'flows_agree' });
});

const failure = { code: 'FLOW_001', message: 'It failed' };

async function flowIn(status: FlowStatus): Promise<string> {
  const { flowId } = await addFlow(database, tenant);
  const ways: Readonly<Record<FlowStatus, readonly FlowStatus[]>> = {
    initialized: [],
    running: ['running'],
    waiting_for_approval: ['running', 'waiting_for_approval'],
    paused: ['running', 'paused'],
    completed: ['running', 'completed'],
    failed: ['running', 'failed'],
    cancelled: ['cancelled'],
    archived: ['cancelled', 'archived'],
  };
  for (const step of ways[status]) {
    await inTenant(app(), tenant, (trx) =>
      setFlowStatus(trx, flowId, { status: step, failure, waitingFor: 'mapping_approval' }, systemActor),
    );
  }
  return flowId;
}

test.each(flowStatuses)(
  'from %s a flow goes where the transition table lets it, and nowhere else',
  async (from) => {
    const reached: FlowStatus[] = [];

    for (const to of flowStatuses) {
      const flowId = await flowIn(from);
      const came = await inTenant(app(), tenant, (trx) =>
        setFlowStatus(trx, flowId, { status: to, failure }, systemActor),
      );
      if (came !== undefined) reached.push(to);
    }

    const expected = flowStatuses.filter((to) =>
      from === 'paused' ? ['running', 'failed', 'cancelled'].includes(to) : canTransition(from, to),
    );
    expect(reached).toEqual(expected);
  },
);

test('a paused flow returns to waiting with the gate that it waited at', async () => {
  const flowId = await flowIn('waiting_for_approval');

  await inTenant(app(), tenant, (trx) => setFlowStatus(trx, flowId, { status: 'paused' }, systemActor));
  const running = await inTenant(app(), tenant, (trx) =>
    setFlowStatus(trx, flowId, { status: 'running' }, systemActor),
  );
  await inTenant(app(), tenant, (trx) =>
    setFlowStatus(trx, flowId, { status: 'waiting_for_approval' }, systemActor),
  );

  const flow = await inTenant(app(), tenant, (trx) => findFlow(trx, flowId));
  expect(running).toBeUndefined();
  expect(flow).toMatchObject({
    flowStatus: 'waiting_for_approval',
    pausedFrom: null,
    waitingFor: 'mapping_approval',
  });
});

/** Ends batches of a run of the flow that bring it to a percentage. */
async function batchesOf(flowId: string): Promise<(progress: number) => Promise<unknown>> {
  const run = await inTenant(app(), tenant, (trx) =>
    beginPhaseRun(trx, { flowId, phase: 'dependency_analysis' }),
  );
  return (progress) => inTenant(app(), tenant, (trx) => endFlowBatch(trx, run, {}, { flowId, progress }));
}

test('progress never falls and is 100 only when the flow is completed', async () => {
  const { flowId } = await addFlow(database, tenant);
  const set = await batchesOf(flowId);

  await set(42.5);
  await set(10);
  await expect(set(100)).rejects.toMatchObject({ code: '23514' });

  expect((await readFlowStatus(app(), tenant, flowId))?.progressPercentage).toBe(42.5);
});

test('every change raises the version, and listeners hear the flow id at once for a status', async () => {
  const { flowId } = await addFlow(database, tenant);
  const listener = new Client({ connectionString: database.urls.appUrl });
  const heard: string[] = [];
  await listener.connect();
  listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
  await listener.query('listen surveyor_flow');
  const set = await batchesOf(flowId);
  const before = await readFlowStatus(app(), tenant, flowId);

  for (let percent = 1; percent <= 5; percent += 1) {
    await set(percent);
  }
  await listener.query('select 1');
  const afterProgress = heard.length;
  await inTenant(app(), tenant, (trx) => setFlowStatus(trx, flowId, { status: 'running' }, systemActor));
  await inTenant(app(), tenant, (trx) => touchFlow(trx, flowId));
  await listener.query('select 1');
  await listener.end();

  const after = await readFlowStatus(app(), tenant, flowId);
  expect(after?.rowVersion).toBe((before?.rowVersion ?? 0) + 7);
  expect(afterProgress).toBeLessThanOrEqual(1);
  expect(heard.slice(afterProgress)).toEqual([flowId, flowId]);
});

test('lists page backwards through time without gaps or repeats', async () => {
  const own = await addTenant(database);
  for (let index = 0; index < 5; index += 1) await addFlow(database, own);

  const all = await inTenant(app(), own, (trx) => listFlows(trx, { limit: 10 }));
  const first = await readFlowList(app(), own, { limit: 2 });
  const second = await readFlowList(app(), own, { limit: 10, ...(first[1] && { before: first[1] }) });

  expect([...first, ...second].map((flow) => flow.flowId)).toEqual(all.map((flow) => flow.flowId));
  expect(all).toHaveLength(5);
});

test('hot reads of another tenant find nothing, whatever ran before on the connection', async () => {
  const { flowId, importId } = await addFlow(database, tenant);
  await readFlowStatus(app(), tenant, flowId);

  expect(await readFlowStatus(app(), aTenant(), flowId)).toBeUndefined();
  expect(await readImportStatus(app(), aTenant(), importId)).toBeUndefined();
  expect(await readFlowList(app(), aTenant(), { limit: 5 })).toEqual([]);
});
