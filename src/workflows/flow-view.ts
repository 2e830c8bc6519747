import { setHandler, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { FlowRef, FlowState, FlowView } from '../domain/flow/messages';
import type { FlowStatus } from '../domain/flow/status';
import { nextStep, presentPhase } from '../domain/flow/steps';
import { flowViewQuery, searchAttributeKeys as keys } from './messages';

interface Viewed {
  readonly ref: FlowRef;
  readonly state: FlowState;
  readonly control: { readonly pending: number };
}

/** Answers the query `flowView` from the state in hand. */
export function serveFlowView(flow: Viewed): void {
  setHandler(flowViewQuery, () => viewOf(flow), { description: 'Ids, statuses and counts of the flow' });
}

/** Brings the search attributes up to date; writes only those that changed, all in one event. */
export function publishView({ ref, state }: Viewed): void {
  const shown = workflowInfo().typedSearchAttributes;
  const wanted = [
    { key: keys.clientAccountId, value: ref.clientAccountId },
    { key: keys.engagementId, value: ref.engagementId },
    { key: keys.flowPhase, value: presentPhase(state)?.phase ?? null },
    { key: keys.flowStatus, value: presentStatus(state) },
  ];
  const changed = wanted.filter(({ key, value }) => value !== null && shown.get(key) !== value);
  if (changed.length > 0) upsertSearchAttributes(changed);
}

function viewOf({ ref, state, control }: Viewed): FlowView {
  const step = nextStep(state);
  const present = presentPhase(state);
  return {
    flowId: ref.flowId,
    status: presentStatus(state),
    phase: present?.phase ?? null,
    importId: present?.importId ?? null,
    waitingFor: step.kind === 'gate' ? step.gate : null,
    pendingSignals: control.pending,
  };
}

/** The stored status, carried on by what the flow does since it was read. */
function presentStatus(state: FlowState): FlowStatus {
  const step = nextStep(state);
  switch (step.kind) {
    case 'phase':
    case 'complete':
      return 'running';
    case 'gate':
      return step.gate === 'import' ? 'initialized' : 'waiting_for_approval';
    case 'stand_still':
    case 'ended':
      return state.status;
  }
}
