import { isTerminal } from '../../domain/flow/status';
import { systemActor } from '../../db/accounts/audit';
import { listPendingCommands } from '../../db/flows/commands';
import { releaseEstate } from '../../db/estate/estates';
import { insertFlowError } from '../../db/flows/flow-errors';
import type { MasterFlow } from '../../db/flows/flow-rows';
import { setFlowStatus } from '../../db/flows/flow-status';
import { findFlow, lockFlow } from '../../db/flows/flows';
import type { OpenFlow } from '../../db/flows/open-flows';
import { failPhaseRuns } from '../../db/flows/phase-runs';
import { inTenant } from '../../db/connection/tenant';
import { defaultReconcileTiming, type ReconcileRound } from './reconcile-round';
import { closeFlow } from '../records/end-flow';

/** Flows that one round looks at closely; the next round takes the others. */
const suspectsPerRound = 500;
const rowlessPerRound = 100;
/** Look-ups at a time: a round after a long outage must end within its minute. */
const parallel = 8;

/** Compares the open flows with the running workflows, in both directions. */
export async function reconcileRuns(round: ReconcileRound): Promise<void> {
  const running = await round.deps.directory.listOpen(new Date(round.startedAt));
  const runningIds = new Set(running.map(({ flowId }) => flowId));
  const isOpen = (flowId: string): boolean => round.open.has(flowId);
  round.backoff.forget(round.startedAt, isOpen, (flowId) => runningIds.has(flowId));
  await inParallel(suspects(round, runningIds), (flow) => healRun(round, flow));
  if (running.some(({ flowId }) => !round.open.has(flowId))) await reportRowless(round);
}

/** Open flows that the list of running workflows lacks. That list lags, so each is confirmed by itself. */
function suspects(round: ReconcileRound, running: ReadonlySet<string>): OpenFlow[] {
  const quietSince = round.before(round.timing.quietMs);
  const found = [...round.open.values()].filter(
    ({ flowId, updatedAt }) => !running.has(flowId) && updatedAt < quietSince,
  );
  // Failed ones may be waiting for a retry for weeks; they must not keep the others from their turn.
  return found
    .toSorted((a, b) => Number(a.flowStatus === 'failed') - Number(b.flowStatus === 'failed'))
    .slice(0, suspectsPerRound);
}

async function healRun(round: ReconcileRound, flow: OpenFlow): Promise<void> {
  const { deps } = round;
  const state = await deps.directory.describe(flow);
  if (state === 'running') return;
  // Read after the run was seen to have ended: a run that ended well wrote its terminal status before.
  const row = await inTenant(deps.app, flow, (trx) => findFlow(trx, flow.flowId));
  if (row === undefined || isTerminal(row.flowStatus)) return;
  round.settled.add(flow.flowId);
  if (state !== 'terminated') return tryRestart(round, row);
  if (row.flowStatus !== 'failed') {
    return round.heal(flow, 'run_terminated', () => failTerminated(round, row));
  }
  if (await isToGoOn(round, row)) return tryRestart(round, row);
  const { expiryMs = defaultReconcileTiming.expiryMs } = round.timing;
  if (row.changedAt < round.before(expiryMs))
    await round.heal(flow, 'run_terminated', () => expire(round, row));
}

/** A start that fails again and again is tried less and less often. */
async function tryRestart(round: ReconcileRound, flow: MasterFlow): Promise<void> {
  if (!round.backoff.mayRestart(flow.flowId, round.startedAt)) return;
  await round.heal(flow, 'run_ended', () => restart(round, flow));
}

/** Nobody has asked for a retry in all the time that a failed flow waits: it ends as one that failed by itself does. */
async function expire({ deps }: ReconcileRound, flow: MasterFlow): Promise<void> {
  const { clientAccountId, engagementId, flowId } = flow;
  await closeFlow(deps, { clientAccountId, engagementId, flowId, status: 'cancelled', reason: 'expired' });
}

async function restart({ deps }: ReconcileRound, flow: MasterFlow): Promise<void> {
  const { clientAccountId, engagementId, flowId, userId, flowName, fingerprint } = flow;
  const configuration = flow.flowConfiguration;
  const start = { clientAccountId, engagementId, flowId, userId, flowName, fingerprint, configuration };
  await deps.directory.restart(start);
}

/** A person ended the workflow: the flow stands still, and only a retry or cancel starts it again. */
async function failTerminated({ deps }: ReconcileRound, { flowId, ...tenant }: MasterFlow): Promise<void> {
  const failure = { code: 'FLOW_001', message: 'The workflow of this flow was terminated' } as const;
  await inTenant(deps.app, tenant, async (trx) => {
    const row = await lockFlow(trx, flowId);
    if (row === undefined || isTerminal(row.flowStatus) || row.flowStatus === 'failed') return;
    const phase = row.currentPhase;
    await failPhaseRuns(trx, flowId, { phase: null, ...failure });
    await releaseEstate(trx, flowId);
    await insertFlowError(trx, { flowId, phase, ...failure, category: 'flow', severity: 'high' });
    await setFlowStatus(trx, flowId, { status: 'failed', failure, reason: 'terminated' }, systemActor);
  });
}

async function isToGoOn({ deps }: ReconcileRound, flow: MasterFlow): Promise<boolean> {
  const pending = await inTenant(deps.app, flow, (trx) => listPendingCommands(trx, flow.flowId));
  return pending.some(({ type }) => type === 'retry' || type === 'cancel');
}

/** A workflow writes its rows first of all; one that still has none is for an operator to look at. */
async function reportRowless(round: ReconcileRound): Promise<void> {
  const { deps, timing } = round;
  const old = await deps.directory.listOpen(round.before(timing.rowlessMs));
  const strangers = old.filter(({ flowId }) => !round.open.has(flowId)).slice(0, rowlessPerRound);
  await inParallel(strangers, async (flow) => {
    const row = await inTenant(deps.app, flow, (trx) => findFlow(trx, flow.flowId));
    if (row === undefined) round.report(flow, 'rows_missing');
  });
}

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const takeFromQueue = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: parallel }, takeFromQueue));
}
