import type { z } from 'zod';
import type { AssetSourceRow, OverrideRow } from '../../db/estate/read-assets';
import type { AssetRow } from '../../db/hot-reads';
import type { Asset, AssetDetail } from '../schemas/assets';

export interface AssetContext {
  readonly sources: readonly AssetSourceRow[];
  readonly overrides: readonly OverrideRow[];
}

/** Rows of several assets by the asset that they belong to. */
export function byAsset<Row extends { readonly assetId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.assetId) ?? [];
    group.push(row);
    groups.set(row.assetId, group);
  }
  return groups;
}

/** An asset with its attributes; what people said counts at once, not only from the next projection. */
export function presentAsset(row: AssetRow, { sources, overrides }: AssetContext): z.output<typeof Asset> {
  const values = valuesOf(row, overrides);
  return {
    ...values,
    id: row.id,
    name: textOf(saidBy(overrides, 'name')) ?? row.name,
    // An override of the type is one of the list: it was checked when it was made.
    asset_type: (saidBy(overrides, 'asset_type') ?? row.assetType) as AssetRow['assetType'],
    subtype: row.subtype,
    status: textOf(values['status']) ?? 'unknown',
    classification_confidence: row.classificationConfidence,
    sources: sources.map(presentSource),
    overridden: overrides.map(({ attribute }) => attribute),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

export function presentAssetDetail(row: AssetRow, context: AssetContext): z.output<typeof AssetDetail> {
  return {
    ...presentAsset(row, context),
    classification: [...row.classification],
    merged_into: row.mergedInto,
    deleted_at: row.deletedAt?.toISOString() ?? null,
    revision: row.revision,
  };
}

/** The projected values under what people said. Names and types stand in columns of their own. */
export function valuesOf(row: AssetRow, overrides: readonly OverrideRow[]): Record<string, unknown> {
  const columns = {
    environment: row.environment,
    business_criticality: row.businessCriticality,
    migration_scope: row.migrationScope,
    operating_system: row.operatingSystem,
    hostname: row.hostname,
  };
  const stated = Object.entries(columns).filter(([, value]) => value !== null);
  const values: Record<string, unknown> = { ...Object.fromEntries(stated), ...row.values };
  for (const { attribute, value } of overrides) {
    if (value === null) delete values[attribute];
    else values[attribute] = value;
  }
  return values;
}

export function presentSource(row: AssetSourceRow) {
  return {
    flow_id: row.flowId,
    import_id: row.importId,
    row_number: row.rowNumber,
    source_name: row.sourceName,
    filename: row.filename,
  };
}

/** What a person said; the columns hold what the projection made of the sources' own words. */
function saidBy(overrides: readonly OverrideRow[], attribute: string): unknown {
  return overrides.find((override) => override.attribute === attribute)?.value ?? null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
