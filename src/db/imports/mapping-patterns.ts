import type { AttributeName } from '../../domain/attributes/types';
import type { LearnedPattern } from '../../domain/mapping/types';
import { queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** What people of this engagement decided about headers before. */
export async function listPatterns(trx: TenantTrx): Promise<(LearnedPattern & { readonly id: string })[]> {
  return queryRows(
    trx,
    `select id, header, target, approvals, rejections from mapping_patterns
     where client_account_id = :clientAccountId and engagement_id = :engagementId
     order by header, target limit 20000`,
    { ...tenantOf(trx) },
  );
}

/** Remembers one decision about a normalised header; returns whether the pattern is new. */
export async function learnPattern(
  trx: TenantTrx,
  decision: {
    readonly header: string;
    readonly target: AttributeName | null;
    readonly approved: boolean;
    readonly learnedFrom: string;
  },
): Promise<{ readonly id: string; readonly isNew: boolean }[]> {
  return queryRows(
    trx,
    `insert into mapping_patterns as p (client_account_id, engagement_id, header, target, approvals, rejections,
       learned_from)
     values (:clientAccountId, :engagementId, :header, :target, :approvals, :rejections, :learnedFrom)
     on conflict on constraint mapping_patterns_once do update set approvals = p.approvals + excluded.approvals,
       rejections = p.rejections + excluded.rejections, updated_at = now()
     returning id, (approvals + rejections = 1) as is_new`,
    {
      ...tenantOf(trx),
      header: decision.header,
      target: decision.target,
      approvals: decision.approved ? 1 : 0,
      rejections: decision.approved ? 0 : 1,
      learnedFrom: decision.learnedFrom,
    },
  );
}
