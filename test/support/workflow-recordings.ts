import { randomUUID } from 'node:crypto';
import { DomainError } from '../../src/domain/errors';
import { estateWorkflowId } from '../../src/domain/flow/ids';
import { type Phase, phases } from '../../src/domain/flow/phases';
import {
  type TestFlow,
  type WorkflowHarness,
  asking,
  testLimits,
  untilOpened,
  untilRunning,
  untilStatus,
  untilVersion,
} from './workflow-harness';

/** One closed run whose history is kept: replaying it guards the workflows against incompatible changes. */
export interface RecordedRun {
  readonly workflowId: string;
  readonly runId: string;
}

type Recording = (harness: WorkflowHarness) => Promise<readonly RecordedRun[]>;

/** What is recorded, by the name of the history file; several runs of one workflow get a number. */
export function recordings(): ReadonlyMap<string, Recording> {
  const map = new Map<string, Recording>([
    ['approved-automatically', async (harness) => closed(await harness.start())],
    ['approved-by-a-person', approvedByAPerson],
    ['operator-signals', operatorSignals],
    ['refused-and-odd-signals', refusedSignals],
    ['two-imports', twoImports],
    ['late-first-import', lateFirstImport],
    ['suggested-again', suggestedAgain],
    ['every-gate', everyGate],
    ['paused-at-the-approval', pausedAtApproval],
    ['failure-and-retry', failureAndRetry],
    ['failed-and-expired', failedAndExpired],
    ['cancel-request', async (harness) => cancelRequested(await heldIn(harness, 'asset_inventory'))],
    ['cancel-request-at-the-approval', async (harness) => cancelRequested(await atApproval(harness))],
    ['cancel-request-while-failed', cancelRequestWhileFailed],
    ['stuck-phase-cancelled', stuckPhase],
    ['continued-as-new', continuedAsNew],
    ['reset-by-an-operator', resetByAnOperator],
    ['estate-change', estateChange],
    ['reconcile', reconcile],
  ]);
  for (const phase of phases) {
    map.set(`paused-in-${phase.replaceAll('_', '-')}`, async (harness) => pausedIn(harness, phase));
    map.set(`cancelled-in-${phase.replaceAll('_', '-')}`, async (harness) => cancelledIn(harness, phase));
  }
  return map;
}

async function closed({ handle, rows }: TestFlow): Promise<RecordedRun[]> {
  await handle.result();
  return rows.runIds.map((runId) => ({ workflowId: handle.workflowId, runId }));
}

async function heldIn(harness: WorkflowHarness, phase: Phase): Promise<TestFlow> {
  const rows = harness.plan();
  rows.held.add(phase);
  const flow = await harness.start(rows);
  await untilRunning(flow, phase);
  return flow;
}

async function atApproval(harness: WorkflowHarness): Promise<TestFlow> {
  const flow = await harness.start(harness.plan(asking));
  await untilStatus(flow, 'waiting_for_approval');
  return flow;
}

async function pausedIn(harness: WorkflowHarness, phase: Phase): Promise<RecordedRun[]> {
  const flow = await heldIn(harness, phase);
  await harness.command(flow, 'pause');
  await untilStatus(flow, 'paused');
  flow.rows.held.clear();
  await harness.command(flow, 'resume');
  return closed(flow);
}

async function cancelledIn(harness: WorkflowHarness, phase: Phase): Promise<RecordedRun[]> {
  const flow = await heldIn(harness, phase);
  await harness.command(flow, 'cancel');
  return closed(flow);
}

async function approvedByAPerson(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const flow = await atApproval(harness);
  await harness.command(flow, 'decide');
  return closed(flow);
}

async function operatorSignals(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const flow = await heldIn(harness, 'data_cleansing');
  await harness.operatorSignal(flow, 'pause');
  await untilStatus(flow, 'paused');
  flow.rows.held.clear();
  await harness.operatorSignal(flow, 'resume');
  return closed(flow);
}

async function refusedSignals(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const flow = await heldIn(harness, 'data_validation');
  await harness.operatorSignal(flow, 'retry');
  await harness.operatorSignal(flow, 'resume', 'now');
  await flow.handle.signal('hurry');
  await flow.handle.signal('decide', { commandId: randomUUID() });
  flow.rows.held.clear();
  return closed(flow);
}

async function twoImports(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const flow = await atApproval(harness);
  await harness.command(flow, 'add_import', 'second');
  await untilVersion(flow, 'mapping_approval', 2);
  await harness.command(flow, 'decide');
  return closed(flow);
}

async function lateFirstImport(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const flow = await harness.start(harness.plan({ import: null }));
  await untilOpened(flow);
  await harness.command(flow, 'add_import', 'late');
  return closed(flow);
}

async function suggestedAgain(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const flow = await atApproval(harness);
  await harness.command(flow, 'rerun');
  await untilVersion(flow, 'mapping_approval', 2);
  await harness.command(flow, 'decide');
  return closed(flow);
}

async function everyGate(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const rows = harness.plan(asking);
  const gates = ['profile_decisions', 'mapping_approval', 'conflict_resolution', 'preview_approval'] as const;
  for (const gate of gates) if (gate !== 'mapping_approval') rows.blocking.add(gate);
  const flow = await harness.start(rows);
  for (const gate of gates) {
    await untilVersion(flow, gate, 1);
    await harness.command(flow, 'decide');
  }
  return closed(flow);
}

async function pausedAtApproval(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const flow = await atApproval(harness);
  await harness.command(flow, 'pause');
  await untilStatus(flow, 'paused');
  await harness.command(flow, 'resume');
  await untilStatus(flow, 'waiting_for_approval');
  await harness.command(flow, 'decide');
  return closed(flow);
}

async function failureAndRetry(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const rows = harness.plan();
  rows.faults.set('data_import', [new Error('connection refused')]);
  rows.faults.set('data_validation', [new DomainError('IMP_004')]);
  const flow = await harness.start(rows);
  await untilStatus(flow, 'failed');
  await harness.command(flow, 'retry');
  return closed(flow);
}

async function failedAndExpired(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const rows = harness.plan({ limits: { ...testLimits, expiryMs: 100 } });
  rows.faults.set('asset_inventory', [new DomainError('IMP_004')]);
  return closed(await harness.start(rows));
}

async function cancelRequested(flow: TestFlow): Promise<RecordedRun[]> {
  await flow.handle.cancel();
  return closed(flow);
}

async function cancelRequestWhileFailed(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const rows = harness.plan();
  rows.faults.set('data_import', [new DomainError('IMP_005')]);
  const flow = await harness.start(rows);
  await untilStatus(flow, 'failed');
  return cancelRequested(flow);
}

async function stuckPhase(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const rows = harness.plan({ limits: { ...testLimits, heartbeatMs: 1_500 } });
  rows.deaf.add('dependency_analysis');
  const flow = await harness.start(rows);
  await untilRunning(flow, 'dependency_analysis');
  await harness.command(flow, 'cancel');
  return closed(flow);
}

async function continuedAsNew(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const flow = await harness.start(harness.plan({ ...asking, limits: { ...testLimits, eventsPerRun: 30 } }));
  await untilStatus(flow, 'waiting_for_approval');
  await harness.command(flow, 'decide');
  return closed(flow);
}

/** Back to the workflow task after the first phase; the later phases are published already and are not run again. */
async function resetByAnOperator(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const flow = await atApproval(harness);
  await harness.command(flow, 'decide');
  await flow.handle.result();
  const { client } = harness;
  const { workflowId } = flow.handle;
  const { events } = await flow.handle.fetchHistory();
  const tasks = (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes);
  const { runId } = await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId },
    reason: 'recorded',
    requestId: randomUUID(),
    workflowTaskFinishEventId: tasks[2]?.eventId ?? null,
  });
  await client.workflow.getHandle(workflowId, runId).result();
  return [{ workflowId, runId }];
}

async function estateChange(harness: WorkflowHarness): Promise<RecordedRun[]> {
  const tenant = { clientAccountId: randomUUID(), engagementId: randomUUID() };
  const changeId = randomUUID();
  const change = { kind: 'undo_import', flowId: randomUUID(), importId: 'first' };
  return short(harness, 'estateChange', estateWorkflowId(tenant, changeId), [
    { ...tenant, changeId, userId: randomUUID(), change, limits: testLimits },
  ]);
}

async function reconcile(harness: WorkflowHarness): Promise<RecordedRun[]> {
  return short(harness, 'reconcile', `reconcile-${randomUUID()}`, []);
}

async function short(
  harness: WorkflowHarness,
  workflowType: string,
  workflowId: string,
  args: unknown[],
): Promise<RecordedRun[]> {
  const { taskQueue, client } = harness;
  const handle = await client.workflow.start(workflowType, { args, taskQueue, workflowId });
  await handle.result();
  return [{ workflowId, runId: handle.firstExecutionRunId }];
}
