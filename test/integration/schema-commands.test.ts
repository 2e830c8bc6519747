import { randomUUID } from 'node:crypto';
import { systemActor } from '../../src/db/accounts/audit';
import {
  acceptCommand,
  consumeCommand,
  findPendingStop,
  listPendingCommands,
  listStaleCommands,
  type NewCommand,
} from '../../src/db/flows/commands';
import { setFlowStatus } from '../../src/db/flows/flow-status';
import {
  consumeGate,
  decideGate,
  findGate,
  type GateRef,
  openGate,
  raiseGateVersion,
} from '../../src/db/flows/gates';
import { inSystemScope } from '../../src/db/connection/scopes';
import { inTenant } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, createTestDatabase, type TestDatabase } from '../support/database';
import { addFlow } from '../support/flow-rows';

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

const aCommand = (flowId: string, type: NewCommand['type'], key: string = randomUUID()): NewCommand => ({
  id: randomUUID(),
  flowId,
  type,
  idempotencyKey: key,
  origin: 'api',
});

const send = (command: NewCommand) =>
  inTenant(app(), tenant, (trx) => acceptCommand(trx, command, { userId: randomUUID() }));

async function aRunningFlow(): Promise<string> {
  const { flowId } = await addFlow(database, tenant);
  await inTenant(app(), tenant, (trx) => setFlowStatus(trx, flowId, { status: 'running' }, systemActor));
  return flowId;
}

test('twenty equal requests at once make one command with one answer', async () => {
  const flowId = await aRunningFlow();
  const key = randomUUID();

  const answers = await Promise.all(Array.from({ length: 20 }, () => send(aCommand(flowId, 'pause', key))));

  const ids = new Set(answers.map((answer) => answer?.accepted && answer.command.id));
  expect(ids.size).toBe(1);
  expect(answers.filter((answer) => answer?.accepted && !answer.repeated)).toHaveLength(1);
});

test('a command is judged by where the waiting commands will lead', async () => {
  const flowId = await aRunningFlow();

  const early = await send(aCommand(flowId, 'resume'));
  await send(aCommand(flowId, 'pause'));
  const resume = await send(aCommand(flowId, 'resume'));
  await send(aCommand(flowId, 'cancel'));
  const late = await send(aCommand(flowId, 'pause'));

  expect(early).toEqual({ accepted: false, status: 'running' });
  expect(resume).toMatchObject({
    accepted: true,
    command: { fromStatus: 'paused', targetStatus: 'running' },
  });
  expect(late).toEqual({ accepted: false, status: 'cancelled' });
});

test('pausing a paused flow is accepted, noted and changes nothing', async () => {
  const flowId = await aRunningFlow();
  await inTenant(app(), tenant, (trx) => setFlowStatus(trx, flowId, { status: 'paused' }, systemActor));

  const answer = await send(aCommand(flowId, 'pause'));

  expect(answer).toMatchObject({ accepted: true, command: { outcome: 'applied' } });
  expect(await inTenant(app(), tenant, (trx) => listPendingCommands(trx, flowId))).toEqual([]);
});

test('a command to a flow of another tenant finds no flow', async () => {
  const theirs = await addTenant(database);
  const { flowId } = await addFlow(database, theirs);

  expect(await send(aCommand(flowId, 'cancel'))).toBeUndefined();
});

test('commands are consumed once and in their order, a cancel is seen before a pause', async () => {
  const flowId = await aRunningFlow();
  await send(aCommand(flowId, 'pause'));
  await send(aCommand(flowId, 'cancel'));

  const stop = await inTenant(app(), tenant, (trx) => findPendingStop(trx, flowId));
  const pending = await inTenant(app(), tenant, (trx) => listPendingCommands(trx, flowId));
  const consume = () =>
    inTenant(app(), tenant, (trx) => consumeCommand(trx, pending[0]?.id ?? '', 'superseded'));

  expect(stop).toBe('cancel');
  expect(pending.map((command) => command.type)).toEqual(['pause', 'cancel']);
  expect([await consume(), await consume()]).toEqual([true, false]);
});

test('the reconciler finds commands that nobody took, of every tenant', async () => {
  const flowId = await aRunningFlow();
  await send(aCommand(flowId, 'pause'));

  const stale = await inSystemScope(database.pools.system, (trx) =>
    listStaleCommands(trx, new Date(Date.now() + 60_000), 1_000),
  );

  expect(stale).toContainEqual(expect.objectContaining({ flowId, type: 'pause', ...tenant }));
});

const mappingGate = (flowId: string): GateRef => ({ flowId, gate: 'mapping_approval', importId: null });

const decide = (ref: GateRef, version: number, by = randomUUID()) =>
  inTenant(app(), tenant, (trx) =>
    decideGate(trx, ref, { version, decision: { approved: true }, decidedBy: by }, { userId: by }),
  );

test('of twenty decisions at once exactly one wins', async () => {
  const ref = mappingGate(await aRunningFlow());
  await inTenant(app(), tenant, (trx) => openGate(trx, ref));

  const answers = await Promise.all(Array.from({ length: 20 }, () => decide(ref, 1)));

  expect(answers.filter((answer) => answer === 'won')).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'decided')).toHaveLength(19);
});

test('a decision on an older version is stale, one without a gate is missing', async () => {
  const ref = mappingGate(await aRunningFlow());
  await inTenant(app(), tenant, (trx) => openGate(trx, ref));

  const raised = await inTenant(app(), tenant, (trx) => raiseGateVersion(trx, ref, 1));
  const lost = await inTenant(app(), tenant, (trx) => raiseGateVersion(trx, ref, 1));

  expect([raised, lost]).toEqual([2, undefined]);
  expect(await decide(ref, 1)).toBe('stale');
  expect(await decide(ref, 2)).toBe('won');
  expect(await decide({ ...ref, gate: 'preview_approval' }, 1)).toBe('missing');
});

test('a decided gate keeps its version, is consumed once and then opens anew', async () => {
  const ref = mappingGate(await aRunningFlow());
  await inTenant(app(), tenant, (trx) => openGate(trx, ref));
  await decide(ref, 1);

  const raised = await inTenant(app(), tenant, (trx) => raiseGateVersion(trx, ref));
  const reopenedEarly = await inTenant(app(), tenant, (trx) => openGate(trx, ref));
  const consumed = await inTenant(app(), tenant, (trx) => consumeGate(trx, ref));
  const again = await inTenant(app(), tenant, (trx) => consumeGate(trx, ref));
  const reopened = await inTenant(app(), tenant, (trx) => openGate(trx, ref));

  expect(raised).toBeUndefined();
  expect(reopenedEarly).toMatchObject({ version: 1, decision: { approved: true } });
  expect(consumed).toMatchObject({ decidedVersion: 1 });
  expect(again).toBeUndefined();
  expect(reopened).toMatchObject({ version: 2, decision: null, consumedAt: null });
  expect(await inTenant(app(), tenant, (trx) => findGate(trx, ref))).toMatchObject({ decidedAt: null });
});
