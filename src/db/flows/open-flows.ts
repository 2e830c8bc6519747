import type { FlowRef, Tenant } from '../../domain/flow/messages';
import type { FlowStatus } from '../../domain/flow/status';
import { queryRows } from '../connection/query';
import type { SystemTrx } from '../connection/scopes';

/** A flow that has not ended, of any tenant. */
export interface OpenFlow extends FlowRef {
  readonly flowStatus: FlowStatus;
  readonly updatedAt: Date;
}

/** Open flows of all tenants after a flow id, in the order of their ids. */
export async function listOpenFlows(
  trx: SystemTrx,
  page: { readonly after: string | null; readonly limit: number },
): Promise<OpenFlow[]> {
  return queryRows<OpenFlow>(
    trx,
    `select client_account_id, engagement_id, flow_id, flow_status, updated_at from master_flows
     where flow_status not in ('completed', 'cancelled', 'archived')
       and (:after::uuid is null or flow_id > :after)
     order by flow_id limit :limit`,
    { after: page.after, limit: page.limit },
  );
}

/** Every engagement, of all client accounts. */
export async function listAllTenants(trx: SystemTrx): Promise<Tenant[]> {
  return queryRows<Tenant>(
    trx,
    'select client_account_id, id as engagement_id from engagements order by client_account_id, id',
    {},
  );
}
