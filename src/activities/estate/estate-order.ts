import type { PhaseRequest, ProjectEstateRequest } from '../../domain/flow/messages';
import type { PhaseOrder } from '../phase-run/phase-order';

/** The order of an estate phase of a flow. */
export function flowOrder({ clientAccountId, engagementId, flowId, phase }: PhaseRequest): PhaseOrder {
  return { clientAccountId, engagementId, flowId, changeId: null, phase, importId: null };
}

/** The order of an estate phase of a change outside a flow. */
export function changeOrder(request: ProjectEstateRequest): PhaseOrder {
  const { clientAccountId, engagementId, changeId, phase } = request;
  return { clientAccountId, engagementId, flowId: null, changeId, phase, importId: null };
}
