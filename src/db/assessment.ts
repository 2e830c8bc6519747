import type { AttributeValues } from '../domain/attributes/types';
import type { DebtFinding, Recommendation } from '../domain/disposition/types';
import type { AssetType, LifecycleStatus } from '../domain/lists';
import { memberValues, readSurroundings } from './asset-surroundings';
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

/** How many assets are to be assessed, and the published analysis that tells what they depend on. */
export async function countAssessed(trx: TenantTrx): Promise<{
  readonly assets: number;
  readonly dependencyRunId: string | null;
  readonly dependenciesKnown: boolean;
}> {
  return queryOne(
    trx,
    `select (select count(*) from assets where ${ofTenant} and merged_into is null and deleted_at is null
         and asset_type in (${assessedList})) as assets,
       (select dependency_run_id from estates where ${ofTenant}) as dependency_run_id,
       exists (select from asset_dependencies where ${ofTenant} and phase_run_id =
         (select dependency_run_id from estates where ${ofTenant})) as dependencies_known`,
    { ...tenantOf(trx) },
  );
}

type OwnFacts = Pick<AssessedAsset, 'id' | 'name' | 'assetType' | 'subtype' | 'values'>;

/** Some assets behind an id. */
export interface AssetPage {
  readonly afterId: string;
  readonly limit: number;
  /** The analysis that tells what they depend on. */
  readonly dependencyRunId: string | null;
}

/** The next assets to assess, by id, with what the analysis `dependencyRunId` says of them. */
export async function listAssessedAssets(trx: TenantTrx, page: AssetPage): Promise<AssessedAsset[]> {
  const assets = await ownFacts(trx, page);
  const first = assets[0]?.id;
  const last = assets.at(-1)?.id;
  if (first === undefined || last === undefined) return [];
  const { dependencyRunId } = page;
  const around = await readSurroundings(trx, { first, last, dependencyRunId });
  const applications = new Set(
    assets.filter(({ assetType }) => assetType === 'application').map(({ id }) => id),
  );
  const members = await memberValues(trx, applications, around.belonging);
  return assets.map((asset) => ({
    ...asset,
    members: members.get(asset.id) ?? [],
    dependents: around.incoming.get(asset.id) ?? 0,
    dependencies: around.outgoing.get(asset.id) ?? 0,
  }));
}

async function ownFacts(trx: TenantTrx, page: Pick<AssetPage, 'afterId' | 'limit'>): Promise<OwnFacts[]> {
  const query = `select id, name, asset_type, subtype, "values" from assets
    where ${tenantCondition(trx)} and id > ${uuidLiteral(page.afterId)} and merged_into is null
      and deleted_at is null and asset_type in (${assessedList})
    order by id limit ${integerLiteral(page.limit)}`;
  const assets: OwnFacts[] = [];
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    for (const [id, name, assetType, subtype, values] of rows) {
      assets.push({
        id: id ?? '',
        name: name ?? '',
        assetType: assetType as AssetType, // the column holds asset types only
        subtype: subtype ?? null,
        values: JSON.parse(values ?? '{}') as AttributeValues, // projections write attribute values
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
