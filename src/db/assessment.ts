import type { AttributeValues } from '../domain/attributes/types';
import type { DebtFinding, Recommendation } from '../domain/disposition/types';
import type { AssetType, LifecycleStatus } from '../domain/lists';
import { copyIn, copyOut } from './copy';
import { copyArray, decodeCopy } from './copy-text';
import { integerLiteral, tenantCondition, uuidLiteral } from './literals';
import { execute, queryOne } from './query';
import { rowPieces } from './row-pieces';
import { type TenantTrx, tenantOf } from './tenant';

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** Classes whose technical debt and disposition are assessed. */
export const assessedTypes: readonly AssetType[] = ['application', 'server', 'database', 'container'];
const assessedList = assessedTypes.map((type) => `'${type}'`).join(', ');

export interface AssessedAsset {
  readonly id: string;
  readonly name: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  readonly values: AttributeValues;
  /** Values of the servers and databases of an application. */
  readonly members: readonly AttributeValues[];
  readonly dependents: number;
  readonly dependencies: number;
}

/** How many assets are to be assessed, and whether anything is known about dependencies at all. */
export async function countAssessed(
  trx: TenantTrx,
): Promise<{ readonly assets: number; readonly dependenciesKnown: boolean }> {
  return queryOne(
    trx,
    `select (select count(*) from assets where ${ofTenant} and merged_into is null and deleted_at is null
         and asset_type in (${assessedList})) as assets,
       exists (select from current_dependencies where ${ofTenant}) as dependencies_known`,
    { ...tenantOf(trx) },
  );
}

/** The next assets to assess, by id. */
export async function listAssessedAssets(
  trx: TenantTrx,
  page: { readonly afterId: string; readonly limit: number },
): Promise<AssessedAsset[]> {
  const query = `
    with page as materialized (
      select client_account_id, engagement_id, id, name, asset_type, subtype, "values" from assets a
      where ${tenantCondition(trx, 'a')} and a.id > ${uuidLiteral(page.afterId)} and a.merged_into is null
        and a.deleted_at is null and a.asset_type in (${assessedList})
      order by a.id limit ${integerLiteral(page.limit)}),
    edges as materialized (
      select source_asset_id, target_asset_id, hardness from current_dependencies d
      where ${tenantCondition(trx, 'd')}),
    outgoing as (
      select source_asset_id as id, count(distinct target_asset_id) as count from edges
      where source_asset_id in (select id from page) group by source_asset_id),
    incoming as (
      select target_asset_id as id, count(distinct source_asset_id) as count from edges
      where target_asset_id in (select id from page) group by target_asset_id),
    belonging as (
      select m.application_asset_id as id, m.member_asset_id as member from current_application_members m
      where ${tenantCondition(trx, 'm')} and (m.state = 'confirmed' or (m.state = 'suggested' and m.confidence >= 0.8))
        and m.application_asset_id in (select id from page)
      union
      select e.source_asset_id, e.target_asset_id from edges e
      where e.hardness = 'hard' and e.source_asset_id in (select id from page where asset_type = 'application')),
    members as (
      select b.id, jsonb_agg(a."values" order by a.id) as list from belonging b
      join assets a on ${tenantCondition(trx, 'a')} and a.id = b.member and a.asset_type in ('server', 'database')
        and a.merged_into is null and a.deleted_at is null
      group by b.id)
    select p.id, p.name, p.asset_type, p.subtype, p."values", m.list, coalesce(i.count, 0), coalesce(o.count, 0)
    from page p left join members m on m.id = p.id and p.asset_type = 'application'
    left join incoming i on i.id = p.id left join outgoing o on o.id = p.id
    order by p.id`;
  const assets: AssessedAsset[] = [];
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    for (const [id, name, assetType, subtype, values, members, dependents, dependencies] of rows) {
      assets.push({
        id: id ?? '',
        name: name ?? '',
        assetType: assetType as AssetType, // the column holds asset types only
        subtype: subtype ?? null,
        values: JSON.parse(values ?? '{}') as AttributeValues, // projections write attribute values
        members: JSON.parse(members ?? '[]') as AttributeValues[], // the same column of other assets
        dependents: Number(dependents),
        dependencies: Number(dependencies),
      });
    }
  }
  return assets;
}

export interface NewDebtFinding extends DebtFinding {
  readonly assetId: string;
  readonly ordinal: number;
  readonly lifecycleStatus: LifecycleStatus | null;
  readonly source: string | null;
}

export async function insertDebtFindings(
  trx: TenantTrx,
  runId: string,
  findings: readonly NewDebtFinding[],
): Promise<void> {
  if (findings.length === 0) return;
  await trx.raw(
    `create temp table if not exists landing_debt (asset_id uuid, ordinal integer, code text, severity text,
       points numeric, component text, version text, lifecycle_status text, end_of_support date, reason text,
       action text, source text) on commit delete rows`,
  );
  await copyIn(
    trx,
    'landing_debt',
    rowPieces(findings, (one) => [
      one.assetId,
      one.ordinal,
      one.code,
      one.severity,
      one.points,
      one.component,
      one.version,
      one.lifecycleStatus,
      one.endOfSupport,
      one.reason,
      one.action,
      one.source,
    ]),
  );
  await execute(
    trx,
    `insert into debt_findings (client_account_id, engagement_id, phase_run_id, asset_id, ordinal, code, severity,
       points, component, version, lifecycle_status, end_of_support, reason, action, source)
     select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, asset_id, ordinal, code, severity, points,
       component, version, lifecycle_status, end_of_support, reason, action, source
     from landing_debt`,
    { ...tenantOf(trx), runId },
  );
}

export interface NewRecommendation extends Recommendation {
  readonly assetId: string;
  /** 0 to 100. */
  readonly debtScore: number;
  readonly blockers: readonly Readonly<Record<string, unknown>>[];
}

export async function insertRecommendations(
  trx: TenantTrx,
  runId: string,
  recommendations: readonly NewRecommendation[],
): Promise<void> {
  if (recommendations.length === 0) return;
  await trx.raw(
    `create temp table if not exists landing_recommendations (asset_id uuid, strategy text, confidence numeric,
       points jsonb, runner_up text, flips_if text, missing text[], debt_score numeric, blockers jsonb)
     on commit delete rows`,
  );
  await copyIn(
    trx,
    'landing_recommendations',
    rowPieces(recommendations, (one) => [
      one.assetId,
      one.strategy,
      one.confidence,
      JSON.stringify(one.points),
      one.runnerUp,
      one.flipsIf,
      copyArray(one.missing),
      one.debtScore,
      JSON.stringify(one.blockers),
    ]),
  );
  await execute(
    trx,
    `insert into recommendations (client_account_id, engagement_id, phase_run_id, asset_id, strategy, confidence,
       points, runner_up, flips_if, missing, debt_score, blockers)
     select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, asset_id, strategy, confidence, points,
       runner_up, flips_if, missing, debt_score, blockers
     from landing_recommendations`,
    { ...tenantOf(trx), runId },
  );
}

/** Throws away what a run has written so far. */
export async function deleteAssessment(trx: TenantTrx, runId: string): Promise<void> {
  const bindings = { ...tenantOf(trx), runId };
  await execute(trx, `delete from debt_findings where ${ofTenant} and phase_run_id = :runId`, bindings);
  await execute(trx, `delete from recommendations where ${ofTenant} and phase_run_id = :runId`, bindings);
}
