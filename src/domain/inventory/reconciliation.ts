import type { AttributeName, AttributeValues } from '../attributes/types';
import type { AssetType } from '../lists';
import { hasValue } from './attribute-text';

/** An asset with the sources that know it. */
export interface ReconciledAsset {
  readonly assetType: AssetType;
  readonly values: AttributeValues;
  readonly sourceIds: readonly string[];
  /** Attributes on which its sources disagree. */
  readonly disagreements: readonly AttributeName[];
  /** Whether an edge says that an application runs on it or has it as a part. */
  readonly hasApplication: boolean;
  /** Of applications: whether a server or database of it is known. */
  readonly hasServer: boolean;
}

export interface SourceCoverageCount {
  readonly sourceId: string;
  readonly assets: number;
  /** Known to this source alone. */
  readonly only: number;
}

/** How many assets that `present` knows are missing in `missing`. */
export interface SourceGap {
  readonly present: string;
  readonly missing: string;
  readonly assets: number;
}

export const reconciliationGaps = [
  'without_application',
  'without_owner',
  'without_server',
  'without_environment',
  'single_source',
  'in_disagreement',
] as const;
export type ReconciliationGap = (typeof reconciliationGaps)[number];

export interface Reconciliation {
  readonly sources: readonly SourceCoverageCount[];
  /** Row per asset, column per source in the order of `sources`: 1 where the source knows the asset. */
  readonly matrix: Uint8Array;
  readonly gaps: readonly SourceGap[];
  readonly counts: Readonly<Record<ReconciliationGap, number>>;
  readonly disagreementsByAttribute: Readonly<Partial<Record<AttributeName, number>>>;
}

const owned: ReadonlySet<AssetType> = new Set(['server', 'application', 'database']);
const appliable: ReadonlySet<AssetType> = new Set(['server', 'database']);

function isAnyKnown(values: AttributeValues, names: readonly AttributeName[]): boolean {
  return names.some((name) => hasValue(values, name) && values[name] !== 'unknown');
}

/** The test of each gap: whether something that an asset of its class should have is missing. */
const gapTests: Readonly<Record<ReconciliationGap, (asset: ReconciledAsset) => boolean>> = {
  without_application: (asset) =>
    appliable.has(asset.assetType) && !asset.hasApplication && !hasValue(asset.values, 'application_name'),
  without_owner: (asset) =>
    owned.has(asset.assetType) && !isAnyKnown(asset.values, ['business_owner', 'technical_owner']),
  without_server: (asset) => asset.assetType === 'application' && !asset.hasServer,
  without_environment: (asset) => owned.has(asset.assetType) && !isAnyKnown(asset.values, ['environment']),
  single_source: (asset) => new Set(asset.sourceIds).size === 1,
  in_disagreement: (asset) => asset.disagreements.length > 0,
};

/** What is missing about one asset. */
export function gapsOf(asset: ReconciledAsset): ReconciliationGap[] {
  return reconciliationGaps.filter((gap) => gapTests[gap](asset));
}

/** Bits of an asset's sources; up to 30 sources are compared with each other. */
const mostSources = 30;

function matrixOf(assets: readonly ReconciledAsset[], sources: readonly string[]): Uint8Array {
  const column = new Map(sources.map((source, index) => [source, index]));
  const matrix = new Uint8Array(assets.length * sources.length);
  assets.forEach((asset, row) => {
    for (const source of asset.sourceIds) {
      const at = column.get(source);
      if (at !== undefined) matrix[row * sources.length + at] = 1;
    }
  });
  return matrix;
}

interface PairCounts {
  readonly gaps: readonly SourceGap[];
  readonly totals: readonly SourceCoverageCount[];
}

function increment(counts: Float64Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

function countPairs(matrix: Uint8Array, sources: readonly string[]): PairCounts {
  const width = sources.length;
  const missing = new Float64Array(width * width);
  const totals = new Float64Array(width);
  const alone = new Float64Array(width);
  const columns = sources.map((_source, at) => at);
  for (let start = 0; start < matrix.length; start += width) {
    const known = columns.filter((at) => matrix[start + at] === 1);
    const absent = columns.filter((at) => matrix[start + at] === 0);
    for (const one of known) {
      increment(totals, one);
      if (known.length === 1) increment(alone, one);
      for (const two of absent) increment(missing, one * width + two);
    }
  }
  const gaps = sources.flatMap((present, one) =>
    sources.flatMap((absent, two) =>
      one === two ? [] : [{ present, missing: absent, assets: missing[one * width + two] ?? 0 }],
    ),
  );
  return {
    gaps,
    totals: sources.map((sourceId, at) => ({ sourceId, assets: totals[at] ?? 0, only: alone[at] ?? 0 })),
  };
}

/** Which sources know which assets, and what is missing. Sources beyond the 30 largest are left out of the matrix. */
export function reconcile(assets: readonly ReconciledAsset[]): Reconciliation {
  const sizes = new Map<string, number>();
  for (const asset of assets) {
    for (const source of new Set(asset.sourceIds)) sizes.set(source, (sizes.get(source) ?? 0) + 1);
  }
  const sources = [...sizes]
    .toSorted(([one, many], [two, more]) => more - many || (one < two ? -1 : 1))
    .slice(0, mostSources)
    .map(([source]) => source);
  const matrix = matrixOf(assets, sources);
  const { gaps, totals } = countPairs(matrix, sources);
  const counts: Record<ReconciliationGap, number> = {
    without_application: 0,
    without_owner: 0,
    without_server: 0,
    without_environment: 0,
    single_source: 0,
    in_disagreement: 0,
  };
  const byAttribute: Partial<Record<AttributeName, number>> = {};
  for (const asset of assets) {
    for (const gap of gapsOf(asset)) counts[gap] += 1;
    for (const name of asset.disagreements) byAttribute[name] = (byAttribute[name] ?? 0) + 1;
  }
  return { sources: totals, matrix, gaps, counts, disagreementsByAttribute: byAttribute };
}
