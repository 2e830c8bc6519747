import type { AttributeName, AttributeValues } from '../../domain/attributes/types';
import type { AssetType } from '../../domain/lists';
import { planForManyRows } from '../bulk/bulk-plans';
import { copyIn, copyOut } from '../bulk/copy';
import { decodeCopy } from '../bulk/copy-text';
import { tenantCondition, uuidLiteral } from '../bulk/literals';
import { livingAssets } from './living-assets';
import { execute, queryRows } from '../connection/query';
import { cellsText } from '../bulk/row-bytes';
import { slimColumns, slimValues } from '../bulk/slim-values';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Cells that may name applications, as one or more assets have them. */
export interface NamingAsset {
  readonly name: string;
  readonly assetType: AssetType;
  readonly values: AttributeValues;
}

/** Attributes whose cells may name applications. */
export const namingAttributes: readonly AttributeName[] = ['application_name', 'tags', 'custom_attributes'];
const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';
const naming = `array[${namingAttributes.map((name) => `'${name}'`).join(', ')}]`;
const namingValues = (column: string): string => slimColumns(column, namingAttributes);

/**
 * What assets other than applications name, as they will be once the changes of a run are applied: different cells
 * once, in an order that only depends on them.
 */
export async function* streamNamingAssets(
  trx: TenantTrx,
  runId: string,
): AsyncGenerator<NamingAsset[], void, undefined> {
  await planForManyRows(trx);
  const ofRun = `${tenantCondition(trx, 'c')} and c.phase_run_id = ${uuidLiteral(runId)}`;
  const query = `
    select ${namingValues("c.after -> 'values'")}
    from asset_changes c
    where ${ofRun} and c.state in ('created', 'updated') and c.of_row is null
      and c.after ->> 'asset_type' <> 'application' and c.after -> 'values' ?| ${naming}
    union
    select ${namingValues('r."values"')}
    from asset_changes c
    join cleansed_records r on ${tenantCondition(trx, 'r')} and r.phase_run_id = c.of_run_id
      and r.row_number = c.of_row
    where ${ofRun} and c.of_row is not null and r."values" ?| ${naming}
    union
    select ${namingValues('a."values"')}
    from assets a
    where ${tenantCondition(trx, 'a')} and a.merged_into is null and a.deleted_at is null
      and a.asset_type <> 'application' and a."values" ?| ${naming}
      and not exists (select from asset_changes c where ${ofRun} and c.asset_id = a.id and c.state <> 'unchanged')
    order by 1, 2, 3`;
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    yield rows.map((row) => ({ name: '', assetType: 'other', values: slimValues(namingAttributes, row, 0) }));
  }
}

/** Identity keys of the applications that a run has projected, without their class. */
export async function listProjectedApplicationKeys(trx: TenantTrx, runId: string): Promise<string[]> {
  const rows = await queryRows<{ key: string }>(
    trx,
    `select substr(k.key, length('name:application|') + 1) as key
     from asset_changes c cross join lateral jsonb_array_elements_text(c.after -> 'keys') as k(key)
     where c.client_account_id = :clientAccountId and c.engagement_id = :engagementId and c.phase_run_id = :runId
       and c.of_row is null and c.after ->> 'asset_type' = 'application' and k.key like 'name:application|%'`,
    { ...tenantOf(trx), runId },
  );
  return rows.map(({ key }) => key);
}

/** Why an asset belongs to an application. */
export interface MemberKind {
  readonly origin: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: string;
}

/** The cells of a member behind its application and its asset, with the line end. */
export function memberCells({ origin, confidence, evidence }: MemberKind): string {
  return `${cellsText([origin, confidence, evidence])}\n`;
}

/** Writes which assets a run finds to belong to which applications: rows of two ids and `memberCells`. */
export async function insertMembers(trx: TenantTrx, runId: string, members: Iterable<Buffer>): Promise<void> {
  await copyIn(
    trx,
    {
      table: 'landing_members',
      columns: `application_id uuid, member_id uuid, origin text,
       confidence numeric, evidence text`,
    },
    members,
  );
  await execute(
    trx,
    `insert into application_members (client_account_id, engagement_id, phase_run_id, application_asset_id,
       member_asset_id, origin, confidence, evidence)
     select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, application_id, member_id, origin,
       confidence, evidence
     from landing_members`,
    { ...tenantOf(trx), runId },
  );
}

/** What a person said about an asset belonging to an application. */
export interface DecidedMember {
  readonly applicationId: string;
  readonly memberId: string;
  readonly state: 'suggested' | 'confirmed' | 'rejected';
  /** Whether it was said about an asset that was merged into one of these. */
  readonly isMoved?: boolean;
}

/**
 * What people said about members, the latest word last; words about assets that were merged pass to the survivor, where
 * what was said about the survivor itself stands.
 */
export async function listDecidedMembers(trx: TenantTrx): Promise<DecidedMember[]> {
  return queryRows<DecidedMember>(
    trx,
    `with recursive ${livingAssets(
      `select application_asset_id as asset_id from application_members
         where ${ofTenant} and phase_run_id is null
       union select member_asset_id from application_members where ${ofTenant} and phase_run_id is null`,
    )}
     select a.living_id as application_id, m.living_id as member_id, o.state,
       a.steps + m.steps > 0 as is_moved
     from application_members o
     join living a on a.asset_id = o.application_asset_id
     join living m on m.asset_id = o.member_asset_id
     where o.client_account_id = :clientAccountId and o.engagement_id = :engagementId and o.phase_run_id is null
       and a.living_id <> m.living_id
     order by a.steps + m.steps desc, o.decided_at nulls first, o.application_asset_id, o.member_asset_id`,
    { ...tenantOf(trx) },
  );
}
