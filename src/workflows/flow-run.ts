import { type ActivityInterfaceFor, condition, workflowInfo } from '@temporalio/workflow';
import type { PhaseActivities, RecordActivities } from '../activities/types';
import { defaultFlowLimits } from '../domain/flow/limits';
import type { CloseRequest, DiscoveryFlowInput, FlowRef, FlowState } from '../domain/flow/messages';
import { isTerminal } from '../domain/flow/status';
import type { Gate } from '../domain/flow/phases';
import { phaseActivities, recordActivities } from './activity-options';
import { FlowControl } from './flow-control';
import { serveFlowView } from './flow-view';

/** One run of a discovery flow: its input, its state as the rows last told it, and the signals heard. */
export class FlowRun {
  readonly ref: FlowRef;
  readonly phases: ActivityInterfaceFor<PhaseActivities>;
  readonly records: ActivityInterfaceFor<RecordActivities>;
  readonly control: FlowControl;
  state: FlowState;
  /** When a flow that stands still expires, in ms since 1970. */
  private expiresAt: number | undefined;

  constructor(readonly input: DiscoveryFlowInput) {
    const { clientAccountId, engagementId, flowId } = input;
    this.ref = { clientAccountId, engagementId, flowId };
    this.phases = phaseActivities(input.limits);
    this.records = recordActivities(input.limits);
    this.state = unopened(input);
    this.control = new FlowControl(({ type, gate, number }) =>
      this.records.recordCommand({
        ...this.ref,
        type,
        gate,
        key: `${workflowInfo().originalExecutionRunId}/${number}`,
      }),
    );
    this.control.listen();
    serveFlowView(this);
  }

  /** One entry for the first start, continue-as-new and restart. */
  async open(): Promise<void> {
    this.state = await this.records.createOrLoadFlow(this.input, workflowInfo().runId);
    this.control.opened({ unread: !isUntouched(this.state) });
  }

  /** Lets the rows of all commands heard so far take effect. */
  async obeyCommands(): Promise<void> {
    if (this.control.cancelRequested) await this.settleHandlers();
    while (this.control.takeCommands()) {
      this.state = await this.records.applyCommands(this.ref);
      if (this.state.status === 'cancelled') await this.close('cancelled', 'requested');
    }
    if (this.control.cancelRequested && !isTerminal(this.state.status))
      await this.close('cancelled', 'requested');
  }

  /** Waits at a gate until its decision is consumed, or until a command comes first. */
  async waitAtGate(gate: Gate): Promise<void> {
    if (gate === 'import') return this.standStill(true);
    if (this.control.takeDecision()) {
      const { state } = await this.records.settleGate(this.ref, gate);
      this.state = state;
      return;
    }
    await this.control.waitForCommandOrDecision();
  }

  /** Waits for a command; a flow that nobody takes care of in time is cancelled as expired. */
  async standStill(expires: boolean): Promise<void> {
    if (!expires) {
      this.goesOn();
      await this.control.waitForCommand();
      return;
    }
    this.expiresAt ??= Date.now() + this.input.limits.expiryMs;
    const remainingMs = Math.max(1, this.expiresAt - Date.now());
    if (!(await this.control.waitForCommandWithin(remainingMs))) await this.close('cancelled', 'expired');
  }

  /** The time to expiry starts anew the next time. */
  goesOn(): void {
    this.expiresAt = undefined;
  }

  /** Closes the flow, unless the rows hold a command that comes first. */
  async close(status: CloseRequest['status'], reason: CloseRequest['reason']): Promise<void> {
    this.state = await this.records.closeFlow({ ...this.ref, status, reason });
    if (!isTerminal(this.state.status)) this.control.noteCommands();
  }

  /** A long history goes on as a new run, once everything heard is acted on. */
  get isLong(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    const eventsPerRun = this.input.limits.eventsPerRun ?? defaultFlowLimits.eventsPerRun;
    return continueAsNewSuggested || historyLength >= eventsPerRun;
  }

  /** Waits until no handler is still recording a command. */
  async settleHandlers(): Promise<void> {
    await condition(() => !this.control.isRecording);
  }
}

function unopened(input: DiscoveryFlowInput): FlowState {
  const imports = input.import ? [{ importId: input.import.importId, publishedPhases: [] }] : [];
  return { status: 'initialized', pausedFrom: null, waitingFor: null, imports, publishedEstatePhases: [] };
}

/** No earlier run has done anything: no command or decision can be waiting unheard. */
function isUntouched({ status, imports }: FlowState): boolean {
  const untouched = imports.every((entry) => entry.publishedPhases.length === 0 && !entry.waitingFor);
  return untouched && (status === 'initialized' || status === 'running');
}
