import { execute } from './query';
import { type TenantTrx, tenantOf } from './tenant';

/** Approves what is still pending in an import as it was suggested; null targets stay unmapped. */
export async function sealMappings(
  trx: TenantTrx,
  importId: string,
  decidedBy: string | null,
): Promise<number> {
  return execute(
    trx,
    `update import_field_mappings set status = 'approved', decided_by = :decidedBy,
       decided_at = clock_timestamp(), updated_at = clock_timestamp()
     where client_account_id = :clientAccountId and engagement_id = :engagementId and import_id = :importId
       and status = 'pending'`,
    { ...tenantOf(trx), importId, decidedBy },
  );
}
