import { randomUUID } from 'node:crypto';
import { systemActor } from '../../src/db/accounts/audit';
import { acceptCommand, findCommand } from '../../src/db/flows/commands';
import { setFlowStatus } from '../../src/db/flows/flow-status';
import { decideGate, type GateRef, openGate } from '../../src/db/flows/gates';
import { inTenant } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import type { CommandType, FlowStatus } from '../../src/domain/flow/status';
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

async function aFlow(...path: FlowStatus[]): Promise<string> {
  const { flowId } = await addFlow(database, tenant);
  for (const status of path) await move(flowId, status);
  bench.directory.states.set(flowId, 'running');
  return flowId;
}

const move = (flowId: string, status: FlowStatus) =>
  inTenant(database.pools.app, tenant, (trx) => setFlowStatus(trx, flowId, { status }, systemActor));

async function send(flowId: string, type: CommandType): Promise<string> {
  const id = randomUUID();
  const command = { id, flowId, type, idempotencyKey: id, origin: 'api' } as const;
  await inTenant(database.pools.app, tenant, (trx) => acceptCommand(trx, command, systemActor));
  return id;
}

async function decided(flowId: string): Promise<void> {
  const ref: GateRef = { flowId, gate: 'mapping_approval', importId: null };
  await inTenant(database.pools.app, tenant, async (trx) => {
    await openGate(trx, ref);
    const decision = { version: 1, decision: { approved: true }, decidedBy: null };
    await decideGate(trx, ref, decision, systemActor);
  });
}

test('a command that nobody heard is signalled again with its id, once for each kind', async () => {
  const flowId = await aFlow('running');
  const commandId = await send(flowId, 'pause');
  await send(flowId, 'pause');

  const findings = await bench.round();

  expect(findings).toEqual([{ flowId, kind: 'command_unheard', healed: true }]);
  expect(bench.directory.signals).toEqual([{ flowId, type: 'pause', commandId }]);
});

test('a command of the last thirty seconds is left to its own signal', async () => {
  const patient = reconcileBench(database, tenant, { unheardMs: 30_000 });
  const flowId = await aFlow('running');
  patient.directory.states.set(flowId, 'running');
  await send(flowId, 'pause');

  expect(await patient.round()).toEqual([]);
  expect(patient.directory.signals).toEqual([]);
});

test('a command that came too late for its flow is put away and not found again', async () => {
  const flowId = await aFlow('running');
  const commandId = await send(flowId, 'pause');
  await move(flowId, 'completed');

  const findings = await bench.round();

  const command = await inTenant(database.pools.app, tenant, (trx) => findCommand(trx, commandId));
  expect(findings).toEqual([]);
  expect(command).toMatchObject({ outcome: 'superseded' });
});

test('a decision that nobody took is signalled again', async () => {
  const flowId = await aFlow('running', 'waiting_for_approval');
  await decided(flowId);

  const findings = await bench.round();

  expect(findings).toEqual([{ flowId, kind: 'decision_unheard', healed: true }]);
  expect(bench.directory.signals).toEqual([{ flowId, type: 'decide', commandId: 'reconciler' }]);
});

test('a decision waits without signals while its flow is paused, or after it has ended', async () => {
  await decided(await aFlow('running', 'waiting_for_approval', 'paused'));
  await decided(await aFlow('running', 'waiting_for_approval', 'cancelled'));

  expect(await bench.round()).toEqual([]);
  expect(bench.directory.signals).toEqual([]);
});

test('a signal that cannot be sent is told as unhealed', async () => {
  const flowId = await aFlow('running');
  await send(flowId, 'cancel');
  bench.directory.refusing.add(flowId);

  const findings = await bench.round();

  expect(findings).toEqual([{ flowId, kind: 'command_unheard', healed: false, problem: 'out of order' }]);
});
