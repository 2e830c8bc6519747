import type { ColumnProfile } from '../../domain/quality/types';
import { toJson } from '../bulk/json';
import { execute, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Writes the profile of every column of an import; those of an earlier attempt of the run are replaced. */
export async function replaceColumnProfiles(
  trx: TenantTrx,
  place: { readonly phaseRunId: string; readonly importId: string },
  columns: readonly ColumnProfile[],
): Promise<void> {
  await execute(
    trx,
    `insert into column_profiles (client_account_id, engagement_id, phase_run_id, import_id, column_position,
       source_column, profile)
     select :clientAccountId::uuid, :engagementId::uuid, :phaseRunId::uuid, :importId::uuid,
       (p ->> 'position')::integer, p ->> 'column', p
     from jsonb_array_elements(:columns::jsonb) as p
     on conflict (client_account_id, engagement_id, phase_run_id, column_position) do update
       set profile = excluded.profile, source_column = excluded.source_column`,
    { ...tenantOf(trx), ...place, columns: storable(columns) },
  );
}

/** Profiles hold cells of files: what PostgreSQL cannot store is shown as the replacement character. */
function storable(columns: readonly ColumnProfile[]): string {
  return toJson(
    JSON.parse(
      JSON.stringify(columns)
        .toWellFormed()
        .replaceAll(String.raw`\u0000`, '\uFFFD'),
    ),
  );
}

/** The published profiles of an import, by position. */
export async function listColumnProfiles(trx: TenantTrx, importId: string): Promise<ColumnProfile[]> {
  const rows = await queryRows<{ profile: ColumnProfile }>(
    trx,
    `select profile from current_column_profiles
     where client_account_id = :clientAccountId and engagement_id = :engagementId and import_id = :importId
     order by column_position`,
    { ...tenantOf(trx), importId },
  );
  return rows.map(({ profile }) => profile);
}
