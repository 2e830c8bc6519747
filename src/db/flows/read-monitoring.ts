import type { FlowErrorRow } from './flow-errors';
import { queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** Number of failed background tasks since a moment, by what failed. */
export async function countFailedTasks(
  trx: TenantTrx,
  since: Date,
): Promise<{ readonly errorType: string; readonly count: number }[]> {
  return queryRows(
    trx,
    `select coalesce(error_code, error_type, 'unknown') as error_type, count(*) from background_tasks
     where ${ofTenant} and state = 'failed' and ended_at >= :since group by 1 order by 2 desc limit 100`,
    { ...tenantOf(trx), since },
  );
}

/** The newest errors of flows since a moment. */
export async function listRecentErrors(trx: TenantTrx, since: Date, limit: number): Promise<FlowErrorRow[]> {
  return queryRows<FlowErrorRow>(
    trx,
    `select * from flow_errors where ${ofTenant} and occurred_at >= :since
     order by occurred_at desc, id limit :limit`,
    { ...tenantOf(trx), since, limit },
  );
}

export async function countActiveTasks(trx: TenantTrx): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    trx,
    `select count(*) from background_tasks where ${ofTenant} and state = 'active'`,
    { ...tenantOf(trx) },
  );
  return count;
}
