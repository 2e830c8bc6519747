import { ActivityFailure, CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import { phaseActivityNames } from '../domain/flow/activity-names';
import type { PhaseResult } from '../domain/flow/messages';
import { type PhaseStep, afterPhase } from '../domain/flow/steps';
import { failureText } from './failure-note';
import type { FlowRun } from './flow-run';

type PhaseEnd =
  | { readonly result: PhaseResult }
  /** `stopped`: its cancel was asked for, so that whatever it ended with is no failure of the phase. */
  | { readonly error: unknown; readonly stopped: boolean };

/** Runs one phase to its answer: published, waiting at a gate, interrupted by a command, or failed for good. */
export async function runPhase(flow: FlowRun, step: PhaseStep): Promise<void> {
  const end = await endOfPhase(flow, step);
  if ('error' in end) {
    if (end.stopped || isCancellation(end.error)) return flow.control.noteCommands();
    return afterFailure(flow, step, end.error);
  }
  if (end.result.status === 'interrupted') flow.control.noteCommands();
  flow.state = afterPhase(flow.state, step, end.result);
}

async function afterFailure(flow: FlowRun, step: PhaseStep, error: unknown): Promise<void> {
  if (!(error instanceof ActivityFailure)) throw error;
  flow.state = await flow.records.failFlow({
    ...flow.ref,
    phase: step.phase,
    ...failureText(step.phase, error),
  });
}

/**
 * A running phase finds a pause or cancel in the rows by itself and answers at its next batch. One that only fails
 * and is tried again never gets there: after the time of a heartbeat it is cancelled from here. A cancel request of
 * Temporal's own reaches the phase at once.
 */
async function endOfPhase(flow: FlowRun, step: PhaseStep): Promise<PhaseEnd> {
  const scope = new CancellationScope({ cancellable: true, parent: flow.control.root });
  const running: { end?: PhaseEnd } = {};
  const ended = scope
    .run(() => callPhase(flow, step))
    .then(
      (result) => (running.end = { result }),
      (error: unknown) => (running.end = { error, stopped: scope.consideredCancelled }),
    );
  const hasEnded = () => running.end !== undefined;
  while (running.end === undefined) {
    await condition(() => hasEnded() || flow.control.stopHeard);
    flow.control.forgetStops();
    if (hasEnded() || !(await isStuck(flow, hasEnded))) continue;
    scope.cancel();
    break;
  }
  return ended;
}

/** Whether a stop is pending in the rows and the phase did not obey it in time. */
async function isStuck(flow: FlowRun, hasEnded: () => boolean): Promise<boolean> {
  if (await flow.control.waitWithin(hasEnded, flow.input.limits.heartbeatMs)) return false;
  const { stopPending } = await flow.records.loadFlow(flow.ref);
  return !hasEnded() && stopPending !== false;
}

async function callPhase(flow: FlowRun, { phase, importId }: PhaseStep): Promise<PhaseResult> {
  return flow.phases[phaseActivityNames[phase]]({ ...flow.ref, phase, importId });
}
