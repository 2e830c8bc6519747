import type { FlowRef, Tenant } from './messages';

/** The only maker of a discovery workflow's id; the tenant is part of it. */
export function discoveryWorkflowId(flow: FlowRef): string {
  return `discovery/${flow.clientAccountId}/${flow.engagementId}/${flow.flowId}`;
}

/** The only maker of an estate change workflow's id. */
export function estateWorkflowId(tenant: Tenant, changeId: string): string {
  return `estate/${tenant.clientAccountId}/${tenant.engagementId}/${changeId}`;
}

/** The parts of a discovery workflow id, or undefined for any other text. */
export function parseDiscoveryWorkflowId(workflowId: string): FlowRef | undefined {
  const [kind, clientAccountId, engagementId, flowId, ...rest] = workflowId.split('/');
  if (kind !== 'discovery' || !clientAccountId || !engagementId || !flowId || rest.length > 0)
    return undefined;
  return { clientAccountId, engagementId, flowId };
}
