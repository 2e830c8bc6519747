import type { AssetType, DependencyOrigin, DependencyType, Disposition, Hardness } from '../../domain/lists';
import { queryFirst, queryRows } from '../connection/query';
import { assetsOfFlow } from './read-assets';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Presentation reads of the published results of the estate, a page at a time. */

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';
const importsOfFlow = `select i.id from data_imports i where i.client_account_id = :clientAccountId
  and i.engagement_id = :engagementId and i.flow_id = :flowId`;

export interface EdgeKey {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly portKey: number;
}

export interface DependencyRow {
  readonly id: string;
  readonly sourceAssetId: string;
  readonly targetAssetId: string;
  readonly type: DependencyType;
  readonly hardness: Hardness;
  readonly origin: DependencyOrigin;
  readonly port: number | null;
  readonly portKey: number;
  readonly protocol: string | null;
  readonly connections: number | null;
  readonly confidence: number;
  readonly importId: string | null;
  readonly rowNumber: number | null;
  readonly evidence: string | null;
}

export interface EdgeFilter {
  /** Only edges that a record of this flow states. */
  readonly flowId?: string;
  /** Only edges at this asset. */
  readonly assetId?: string;
}

export async function listDependencies(
  trx: TenantTrx,
  page: EdgeFilter & { readonly after?: EdgeKey; readonly limit: number },
): Promise<DependencyRow[]> {
  const ofFlow = page.flowId === undefined ? '' : `and import_id in (${importsOfFlow})`;
  const atAsset =
    page.assetId === undefined ? '' : 'and :assetId::uuid in (source_asset_id, target_asset_id)';
  const behind =
    page.after === undefined
      ? ''
      : `and (source_asset_id, target_asset_id, type, port_key)
         > (:source::uuid, :target::uuid, :type, :portKey::integer)`;
  return queryRows<DependencyRow>(
    trx,
    `select * from current_dependencies where ${ofTenant} ${ofFlow} ${atAsset} ${behind}
     order by source_asset_id, target_asset_id, type, port_key limit :limit`,
    { ...tenantOf(trx), flowId: page.flowId, assetId: page.assetId, ...page.after, limit: page.limit },
  );
}

export interface UnresolvedRow {
  readonly ordinal: number;
  readonly importId: string;
  readonly rowNumber: number;
  readonly assetId: string | null;
  readonly reference: string;
  readonly reason: string;
  readonly type: DependencyType;
}

export async function listUnresolved(
  trx: TenantTrx,
  page: EdgeFilter & { readonly after: number; readonly limit: number },
): Promise<UnresolvedRow[]> {
  const ofFlow = page.flowId === undefined ? '' : `and import_id in (${importsOfFlow})`;
  const atAsset = page.assetId === undefined ? '' : 'and asset_id = :assetId::uuid';
  return queryRows<UnresolvedRow>(
    trx,
    `select * from current_unresolved_references where ${ofTenant} ${ofFlow} ${atAsset} and ordinal > :after
     order by ordinal limit :limit`,
    { ...tenantOf(trx), flowId: page.flowId, assetId: page.assetId, after: page.after, limit: page.limit },
  );
}

export interface PlanRow {
  readonly id: string;
  readonly number: number;
  readonly flowId: string | null;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly publishedAt: Date | null;
}

export async function findPlan(trx: TenantTrx): Promise<PlanRow | undefined> {
  return queryFirst<PlanRow>(trx, `select * from current_plan where ${ofTenant}`, { ...tenantOf(trx) });
}

export interface MoveGroupRow {
  readonly number: number;
  readonly name: string;
  readonly reasons: readonly string[];
  readonly isSharedService: boolean;
  readonly hasCycle: boolean;
  readonly waveNumber: number | null;
  readonly members: readonly string[];
}

export async function listMoveGroups(
  trx: TenantTrx,
  page: { readonly after: number; readonly limit: number; readonly flowId?: string },
): Promise<MoveGroupRow[]> {
  const ofFlow = page.flowId === undefined ? '' : `and members && array(${assetsOfFlow})`;
  return queryRows<MoveGroupRow>(
    trx,
    `select * from current_groups where ${ofTenant} and number > :after ${ofFlow} order by number limit :limit`,
    { ...tenantOf(trx), ...page, flowId: page.flowId },
  );
}

export interface WaveRow {
  readonly number: number;
  readonly groupNumbers: readonly number[];
  readonly cuts: readonly Readonly<Record<string, unknown>>[];
  readonly reasons: readonly string[];
}

export async function listWaves(
  trx: TenantTrx,
  page: { readonly after: number; readonly limit: number },
): Promise<WaveRow[]> {
  return queryRows<WaveRow>(
    trx,
    `select * from current_waves where ${ofTenant} and number > :after order by number limit :limit`,
    { ...tenantOf(trx), ...page },
  );
}

export interface RecommendationRow {
  readonly assetId: string;
  readonly name: string;
  readonly assetType: AssetType;
  readonly strategy: Disposition;
  readonly confidence: number;
  readonly points: readonly unknown[];
  readonly runnerUp: Disposition | null;
  readonly flipsIf: string | null;
  readonly missing: readonly string[];
  readonly debtScore: number | null;
  readonly blockers: readonly unknown[];
  readonly overrideStrategy: Disposition | null;
  readonly overrideReason: string | null;
  readonly overriddenBy: string | null;
  readonly overriddenAt: Date | null;
  /** Findings of technical debt, the worst first. */
  readonly findings: readonly DebtFindingJson[];
}

/** A finding as the database writes it into JSON. */
export interface DebtFindingJson {
  readonly code: string;
  readonly severity: string;
  readonly points: number;
  readonly component: string | null;
  readonly version: string | null;
  readonly lifecycle_status: string | null;
  readonly end_of_support: string | null;
  readonly reason: string;
  readonly action: string;
  readonly source: string | null;
}

export interface RecommendationFilter {
  readonly strategy?: Disposition;
  readonly assetType?: AssetType;
  readonly flowId?: string;
}

/**
 * Recommendations of living assets by asset id; a person's strategy stands beside what was recommended. The page is
 * chosen along one index and everything else is looked up for it alone: `offset 0` keeps the server from joining whole
 * tables, which it would do without statistics.
 */
export async function listRecommendations(
  trx: TenantTrx,
  page: RecommendationFilter & { readonly after?: string; readonly limit: number },
): Promise<RecommendationRow[]> {
  const { flowId, strategy, assetType, after } = page;
  const filters = [
    `exists (select from assets a where ${ofAsset('a', 'id')} and a.merged_into is null and a.deleted_at is null
       ${assetType === undefined ? '' : 'and a.asset_type = :assetType'} offset 0)`,
    ...(flowId === undefined ? [] : [isOfFlow]),
    ...(strategy === undefined ? [] : [`coalesce(${overrideOf}, r.strategy) = :strategy`]),
    ...(after === undefined ? [] : ['r.asset_id > :after::uuid']),
  ];
  return queryRows<RecommendationRow>(
    trx,
    `with page as materialized (
       select r.* from recommendations r
       where r.client_account_id = :clientAccountId and r.engagement_id = :engagementId
         and r.phase_run_id = (select assessment_run_id from estates where ${ofTenant})
         ${filters.map((filter) => `and ${filter}`).join(' ')}
       order by r.asset_id limit :limit)
     select r.asset_id, r.strategy, r.confidence, r.runner_up, r.debt_score, a.name, a.asset_type, s.points,
       s.flips_if, s.missing, s.blockers, s.findings, o.strategy as override_strategy, o.reason as override_reason,
       o.user_id as overridden_by, o.at as overridden_at
     from page r
     cross join lateral (select name, asset_type from assets a where ${ofAsset('a', 'id')} offset 0) a
     cross join lateral (select * from assessments s where ${ofAsset('s', 'id', 'assessment_id')}
       and s.phase_run_id = r.phase_run_id offset 0) s
     left join lateral (select * from disposition_overrides o where ${ofAsset('o', 'asset_id')} offset 0) o on true
     order by r.asset_id`,
    { ...tenantOf(trx), flowId, strategy, assetType, after, limit: page.limit },
  );
}

/** The rows of another table that belong to a recommendation `r`. */
function ofAsset(table: string, column: string, ofRecommendation = 'asset_id'): string {
  return `${table}.client_account_id = r.client_account_id and ${table}.engagement_id = r.engagement_id
    and ${table}.${column} = r.${ofRecommendation}`;
}

const overrideOf = `(select o.strategy from disposition_overrides o where ${ofAsset('o', 'asset_id')})`;
const isOfFlow = `exists (select from asset_sources s where ${ofAsset('s', 'asset_id')}
  and s.phase_run_id = any (array(select f.phase_run_id from flow_results f
    where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId and f.flow_id = :flowId
      and f.phase = 'data_cleansing' and f.scenario_id is null)) offset 0)`;
