import type { AttributeValues } from '../domain/attributes/types';
import { type AssessedValues, assessedValues } from '../domain/disposition/assessed-values';
import type { DebtFinding, Recommendation } from '../domain/disposition/types';
import type { AssetType, LifecycleStatus } from '../domain/lists';
import { createSharedValues, readSurroundings } from './asset-surroundings';
import { planForManyRows } from './bulk-plans';
import { copyIn, copyOut } from './copy';
import { copyArray, type CopyValue, decodeCopy } from './copy-text';
import { integerLiteral, tenantCondition, uuidLiteral } from './literals';
import { execute, queryOne } from './query';
import { rowPieces } from './row-pieces';
import { type TenantTrx, tenantOf } from './tenant';

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** Classes whose technical debt and disposition are assessed. */
export const assessedTypes: readonly AssetType[] = ['application', 'server', 'database', 'container'];
const assessedList = assessedTypes.map((type) => `'${type}'`).join(', ');

/** An asset with what an assessment looks at; `key` is equal for equal values. */
export interface AssessedAsset extends AssessedValues {
  readonly id: string;
  readonly name: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  /** Values of the servers and databases of an application, each different ones once. */
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

type OwnFacts = Omit<AssessedAsset, 'members' | 'dependents' | 'dependencies'>;

/** Some assets behind an id. */
export interface AssetPage {
  readonly afterId: string;
  readonly limit: number;
  /** The analysis that tells what they depend on. */
  readonly dependencyRunId: string | null;
}

/** The next assets to assess, by id, with what the analysis `dependencyRunId` says of them. */
export async function listAssessedAssets(trx: TenantTrx, page: AssetPage): Promise<AssessedAsset[]> {
  await planForManyRows(trx);
  const assets = await ownFacts(trx, page);
  const first = assets[0]?.id;
  const last = assets.at(-1)?.id;
  if (first === undefined || last === undefined) return [];
  const { dependencyRunId } = page;
  const applications = new Set(
    assets.filter(({ assetType }) => assetType === 'application').map(({ id }) => id),
  );
  const around = await readSurroundings(trx, { first, last, dependencyRunId, applications });
  return assets.map((asset) => ({
    ...asset,
    members: around.members.get(asset.id) ?? [],
    dependents: around.incoming.get(asset.id) ?? 0,
    dependencies: around.outgoing.get(asset.id) ?? 0,
  }));
}

async function ownFacts(trx: TenantTrx, page: Pick<AssetPage, 'afterId' | 'limit'>): Promise<OwnFacts[]> {
  const query = `select id, asset_type, subtype, name, "values" from assets
    where ${tenantCondition(trx)} and id > ${uuidLiteral(page.afterId)} and merged_into is null
      and deleted_at is null and asset_type in (${assessedList})
    order by id limit ${integerLiteral(page.limit)}`;
  const shared = createSharedValues();
  const assets: OwnFacts[] = [];
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    for (const [id, type, subtype, name, text] of rows) {
      const assetType = type as AssetType; // the column holds asset types only
      const values = JSON.parse(text ?? '{}') as AttributeValues; // projections write attribute values
      const assessed = shared(assessedValues(values, assetType));
      assets.push({ ...assessed, id: id ?? '', name: name ?? '', assetType, subtype: subtype ?? null });
    }
  }
  return assets;
}

export type NewDebtFinding = DebtFinding & {
  readonly lifecycleStatus: LifecycleStatus | null;
  readonly source: string | null;
};

export interface NewRecommendation extends Recommendation {
  /** 0 to 100. */
  readonly debtScore: number;
  readonly blockers: readonly Readonly<Record<string, unknown>>[];
}

/** What an assessment says of an asset; many assets may have the same. */
export interface Assessment {
  /** In the order in which they are told. */
  readonly findings: readonly NewDebtFinding[];
  readonly recommendation: NewRecommendation;
}

/** Some assets by their places, each with its assessment. */
export interface AssessedBatch {
  readonly ids: readonly string[];
  readonly assessments: readonly Assessment[];
}

/** Writes the assessments of some assets; what many assets share is sent and read once. Answers the findings. */
export async function insertAssessments(
  trx: TenantTrx,
  runId: string,
  { ids, assessments }: AssessedBatch,
): Promise<number> {
  const places = new Map<Assessment, number>();
  let findings = 0;
  const placeOf = assessments.map((assessment) => {
    findings += assessment.findings.length;
    const place = places.get(assessment) ?? places.size;
    places.set(assessment, place);
    return place;
  });
  await trx.raw(landingTables);
  await copyIn(
    trx,
    'landing_assessed',
    rowPieces(ids, (id, at) => [id, placeOf[at] ?? null]),
  );
  const different = [...places.keys()];
  await copyIn(trx, 'landing_recommendations', rowPieces(different, recommendationRow));
  await copyIn(
    trx,
    'landing_debt',
    rowPieces(
      different.flatMap((assessment, place) =>
        assessment.findings.map((finding, at) => ({ finding, place, ordinal: at + 1 })),
      ),
      findingRow,
    ),
  );
  await planForManyRows(trx);
  await execute(trx, insertDebtFindings, { ...tenantOf(trx), runId });
  await execute(trx, insertRecommendations, { ...tenantOf(trx), runId });
  return findings;
}

const landingTables = `
  create temp table if not exists landing_assessed (asset_id uuid, place integer) on commit delete rows;
  create temp table if not exists landing_recommendations (place integer, strategy text, confidence numeric,
    points jsonb, runner_up text, flips_if text, missing text[], debt_score numeric, blockers jsonb)
    on commit delete rows;
  create temp table if not exists landing_debt (place integer, ordinal integer, code text, severity text,
    points numeric, component text, version text, lifecycle_status text, end_of_support date, reason text,
    action text, source text) on commit delete rows`;

function recommendationRow({ recommendation: one }: Assessment, place: number): CopyValue[] {
  return [
    place,
    one.strategy,
    one.confidence,
    JSON.stringify(one.points),
    one.runnerUp,
    one.flipsIf,
    copyArray(one.missing),
    one.debtScore,
    JSON.stringify(one.blockers),
  ];
}

interface PlacedFinding {
  readonly finding: NewDebtFinding;
  readonly place: number;
  readonly ordinal: number;
}

function findingRow({ finding: one, place, ordinal }: PlacedFinding): CopyValue[] {
  return [
    place,
    ordinal,
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
  ];
}

const insertDebtFindings = `
  insert into debt_findings (client_account_id, engagement_id, phase_run_id, asset_id, ordinal, code, severity,
    points, component, version, lifecycle_status, end_of_support, reason, action, source)
  select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, a.asset_id, d.ordinal, d.code, d.severity,
    d.points, d.component, d.version, d.lifecycle_status, d.end_of_support, d.reason, d.action, d.source
  from landing_assessed a join landing_debt d on d.place = a.place`;

const insertRecommendations = `
  insert into recommendations (client_account_id, engagement_id, phase_run_id, asset_id, strategy, confidence,
    points, runner_up, flips_if, missing, debt_score, blockers)
  select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, a.asset_id, r.strategy, r.confidence, r.points,
    r.runner_up, r.flips_if, r.missing, r.debt_score, r.blockers
  from landing_assessed a join landing_recommendations r on r.place = a.place`;

/** Throws away what a run has written so far. */
export async function deleteAssessment(trx: TenantTrx, runId: string): Promise<void> {
  const bindings = { ...tenantOf(trx), runId };
  await execute(trx, `delete from debt_findings where ${ofTenant} and phase_run_id = :runId`, bindings);
  await execute(trx, `delete from recommendations where ${ofTenant} and phase_run_id = :runId`, bindings);
}
