import { queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

export interface MarkedBy {
  readonly importId: string;
  /** Positions from 0 of the columns that mark a record. */
  readonly flags: readonly number[];
  /** Position from 0 of the column that identifies it. */
  readonly key: number;
  /** Cells that say yes, in lower case. */
  readonly yes: readonly string[];
}

/** What identifies the records of an import that one of its flags marks, in lower case. */
export async function listMarkedKeys(trx: TenantTrx, by: MarkedBy): Promise<string[]> {
  const rows = await queryRows<{ key: string }>(
    trx,
    `select distinct lower(btrim(cells[:key::integer])) as key from current_raw_records
     where client_account_id = :clientAccountId and engagement_id = :engagementId and import_id = :importId
       and btrim(cells[:key::integer]) <> ''
       and exists (select from unnest(:flags::integer[]) f where lower(btrim(cells[f])) = any (:yes::text[]))`,
    {
      ...tenantOf(trx),
      importId: by.importId,
      key: by.key + 1,
      flags: by.flags.map((flag) => flag + 1),
      yes: by.yes,
    },
  );
  return rows.map(({ key }) => key);
}
