import { randomUUID } from 'node:crypto';
import type { WorkflowState } from '../../src/activities/reconcile/flow-directory';
import { systemActor } from '../../src/db/accounts/audit';
import { acceptCommand } from '../../src/db/flows/commands';
import { setFlowStatus } from '../../src/db/flows/flow-status';
import { findFlow } from '../../src/db/flows/flows';
import { beginPhaseRun, lockPhaseRun } from '../../src/db/flows/phase-runs';
import { inTenant } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import type { CommandType, FlowStatus } from '../../src/domain/flow/status';
import { storedInput } from '../../src/worker-directory';
import { addTenant, createTestDatabase, type TestDatabase } from '../support/database';
import { addFlow } from '../support/flow-rows';
import { type ReconcileBench, reconcileBench } from '../support/reconcile-bench';

let database: TestDatabase;
let tenant: Tenant;
let bench: ReconcileBench;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
});

beforeEach(async () => {
  tenant = await addTenant(database);
  bench = reconcileBench(database, tenant);
});

async function aFlow(status: FlowStatus, state: WorkflowState): Promise<string> {
  const { flowId } = await addFlow(database, tenant);
  if (status !== 'initialized') await move(flowId, status);
  bench.directory.states.set(flowId, state);
  return flowId;
}

const move = (flowId: string, status: FlowStatus) =>
  inTenant(database.pools.app, tenant, async (trx) => {
    if (status === 'completed') await setFlowStatus(trx, flowId, { status: 'running' }, systemActor);
    const failure = { code: 'FLOW_001', message: 'It failed' };
    await setFlowStatus(trx, flowId, status === 'failed' ? { status, failure } : { status }, systemActor);
  });

const send = (flowId: string, type: CommandType) =>
  inTenant(database.pools.app, tenant, (trx) =>
    acceptCommand(
      trx,
      { id: randomUUID(), flowId, type, idempotencyKey: randomUUID(), origin: 'api' },
      systemActor,
    ),
  );

const row = (flowId: string) => inTenant(database.pools.app, tenant, (trx) => findFlow(trx, flowId));

test.each(['missing', 'completed', 'failed', 'cancelled', 'timed_out'] as const)(
  'an open flow whose last run is %s starts again with the input of its rows',
  async (state) => {
    const flowId = await aFlow('running', state);

    const findings = await bench.round();

    expect(findings).toEqual([{ flowId, kind: 'run_ended', healed: true }]);
    const [start] = bench.directory.restarted;
    expect(start && storedInput(start)).toMatchObject({
      ...tenant,
      flowId,
      flowName: 'Discovery of the head office',
      fingerprint: 'a'.repeat(64),
      policy: { approval: { mode: 'ask', minConfidence: 0.9 }, askConflicts: false, askPreview: false },
    });
  },
);

test('flows that run, have ended or were written just now are left alone', async () => {
  await aFlow('running', 'running');
  await aFlow('completed', 'missing');
  const fresh = reconcileBench(database, tenant, { quietMs: 60_000 });
  fresh.directory.states.set(await aFlow('running', 'missing'), 'missing');

  expect(await fresh.round()).toEqual([]);
  expect(fresh.directory.restarted).toEqual([]);
});

test('a list of open workflows that lags starts nothing twice', async () => {
  const flowId = await aFlow('running', 'running');
  bench.directory.unlisted.add(flowId);

  expect(await bench.round()).toEqual([]);
  expect(bench.directory.restarted).toEqual([]);
});

test('a run that a person terminated leaves its flow failed, and its phases locked out', async () => {
  const flowId = await aFlow('running', 'terminated');
  const run = await inTenant(database.pools.app, tenant, (trx) =>
    beginPhaseRun(trx, { flowId, phase: 'asset_inventory' }),
  );

  const first = await bench.round();
  const second = await bench.round();

  expect(first).toEqual([{ flowId, kind: 'run_terminated', healed: true }]);
  expect(second).toEqual([]);
  expect(await row(flowId)).toMatchObject({
    flowStatus: 'failed',
    reason: 'terminated',
    failureCode: 'FLOW_001',
  });
  expect(await inTenant(database.pools.app, tenant, (trx) => lockPhaseRun(trx, run))).toBeUndefined();
  expect(bench.directory.restarted).toEqual([]);
});

test.each(['retry', 'cancel'] as const)('a terminated flow starts again by a %s', async (type) => {
  const flowId = await aFlow('failed', 'terminated');
  await send(flowId, type);

  const findings = await bench.round();

  expect(findings).toEqual([{ flowId, kind: 'run_ended', healed: true }]);
  expect(bench.directory.restarted.map((start) => start.flowId)).toEqual([flowId]);
});

test('a flow that cannot be started is told as unhealed and keeps no other from being healed', async () => {
  const stuck = await aFlow('running', 'missing');
  const other = await aFlow('running', 'missing');
  bench.directory.refusing.add(stuck);

  const findings = await bench.round();

  expect(findings).toContainEqual({
    flowId: stuck,
    kind: 'run_ended',
    healed: false,
    problem: 'out of order',
  });
  expect(findings).toContainEqual({ flowId: other, kind: 'run_ended', healed: true });
});

test('a workflow that has no rows after five minutes is reported', async () => {
  const stranger = { ...tenant, flowId: randomUUID() };
  bench.directory.states.set(stranger.flowId, 'running');
  bench.directory.youngerThanFiveMinutes.add(stranger.flowId);

  const early = await bench.round();
  bench.directory.youngerThanFiveMinutes.clear();
  const late = await bench.round();

  expect(early).toEqual([]);
  expect(late).toEqual([{ flowId: stranger.flowId, kind: 'rows_missing', healed: false }]);
});

test('a terminated flow that nobody retries is cancelled as expired', async () => {
  const patient = reconcileBench(database, tenant, { expiryMs: 60_000 });
  const hasty = reconcileBench(database, tenant, { expiryMs: 0 });
  const flowId = await aFlow('failed', 'terminated');
  for (const { directory } of [patient, hasty]) directory.states.set(flowId, 'terminated');

  const early = await patient.round();
  const late = await hasty.round();

  expect(early).toEqual([]);
  expect(late).toEqual([{ flowId, kind: 'run_terminated', healed: true }]);
  expect(await row(flowId)).toMatchObject({ flowStatus: 'cancelled', reason: 'expired' });
});

test('a flow whose run ends again and again is not started anew in every round', async () => {
  const flowId = await aFlow('running', 'missing');

  for (let round = 0; round < 5; round += 1) {
    await bench.round();
    bench.directory.states.set(flowId, 'failed');
  }

  expect(bench.directory.restarted).toHaveLength(2);
});
