import type { AssetType } from '../../domain/lists';
import { copyOut } from '../bulk/copy';
import { decodeCopy } from '../bulk/copy-text';
import { integerLiteral, tenantCondition, uuidLiteral, uuidListLiteral } from '../bulk/literals';
import { queryOne } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** Classes whose technical debt and disposition are assessed. */
export const assessedTypes: readonly AssetType[] = ['application', 'server', 'database', 'container'];

/** An asset with what an assessment looks at. */
export interface AssessedAsset {
  readonly id: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  /** Its values as JSON. */
  readonly values: string;
}

/** How many assets are to be assessed, and the published analysis that tells what they depend on. */
export async function countAssessed(trx: TenantTrx): Promise<{
  readonly assets: number;
  readonly dependencyRunId: string | null;
  readonly dependenciesKnown: boolean;
}> {
  return queryOne(
    trx,
    `select (select count(*) from assets where ${ofTenant} and ${living(assessedTypes)}) as assets,
       (select dependency_run_id from estates where ${ofTenant}) as dependency_run_id,
       exists (select from asset_dependencies where ${ofTenant} and phase_run_id =
         (select dependency_run_id from estates where ${ofTenant})) as dependencies_known`,
    { ...tenantOf(trx) },
  );
}

const living = (types: readonly AssetType[]): string =>
  `merged_into is null and deleted_at is null and asset_type in (${types.map((type) => `'${type}'`).join(', ')})`;

/** Some assets behind an id. */
export interface AssetPage {
  readonly afterId: string;
  readonly limit: number;
  readonly types: readonly AssetType[];
}

/** The next assets to assess, by id, a few at a time. */
export function readAssessedAssets(trx: TenantTrx, page: AssetPage): AsyncGenerator<AssessedAsset[]> {
  return readAssets(
    trx,
    `id > ${uuidLiteral(page.afterId)} and ${living(page.types)} order by id limit ${integerLiteral(page.limit)}`,
  );
}

/** Those of some assets that live and can be members of applications. */
export function readMembers(trx: TenantTrx, ids: readonly string[]): AsyncGenerator<AssessedAsset[]> {
  return readAssets(trx, `id = any (${uuidListLiteral(ids)}) and ${living(['server', 'database'])}`);
}

async function* readAssets(trx: TenantTrx, condition: string): AsyncGenerator<AssessedAsset[]> {
  const query = `select id, asset_type, subtype, "values" from assets where ${tenantCondition(trx)} and ${condition}`;
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    yield rows.map(([id, type, subtype, values]) => ({
      id: id ?? '',
      assetType: type as AssetType, // the column holds asset types only
      subtype: subtype ?? null,
      values: values ?? '{}',
    }));
  }
}
