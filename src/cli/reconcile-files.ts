import type { AttributeName } from '../domain/attributes/types';
import { applicationCandidates, certain } from '../domain/inventory/applications';
import { type ClusterConflict, clusterRecords } from '../domain/inventory/identity/clusters';
import {
  gapsOf,
  reconcile,
  type ReconciledAsset,
  type Reconciliation,
  type ReconciliationGap,
} from '../domain/inventory/reconciliation';
import { sameMeaning } from '../domain/inventory/identity/specific-text';
import { survive } from '../domain/inventory/survive';
import type { Disagreement, SourceRecord, SurvivingAsset } from '../domain/inventory/types';
import type { InventoryFile } from './read-inventory';

/** What a file says of an asset; `disagrees`: it states another value than the one that survives. */
export type Knowledge = 'known' | 'unknown' | 'disagrees';

export interface MatrixRow {
  readonly asset: SurvivingAsset;
  /** By file, every file of the comparison. */
  readonly sources: Readonly<Record<string, Knowledge>>;
  readonly gaps: readonly ReconciliationGap[];
  readonly disagreements: readonly Disagreement[];
}

export interface Comparison {
  readonly files: readonly InventoryFile[];
  readonly counted: Reconciliation;
  readonly rows: readonly MatrixRow[];
  /** Records that look like one asset but whose identifiers clash. */
  readonly conflicts: readonly (Omit<ClusterConflict, 'records'> & {
    readonly records: readonly SourceRecord[];
  })[];
}

/** Compares what several exports know of one estate: which assets, and where they disagree. */
export function compareInventories(files: readonly InventoryFile[]): Comparison {
  const records = files.flatMap((file) => file.records);
  const clustering = clusterRecords(records);
  const clusters = Array.from({ length: clustering.count }, (): SourceRecord[] => []);
  records.forEach((record, index) => clusters[clustering.clusterOf[index] ?? 0]?.push(record));
  const assets = clusters.map((cluster) => survive(cluster, []));
  const reconciled = reconciledAssets(assets, clusters);
  const names = files.filter(({ reason }) => reason === null).map(({ file }) => file);
  const rows = assets.map((asset, index) => ({
    asset,
    sources: knowledge(asset, clusters[index] ?? [], names),
    gaps: gapsOf(reconciled[index] ?? emptyAsset),
    disagreements: asset.disagreements,
  }));
  const conflicts = clustering.conflicts.map((conflict) => ({
    ...conflict,
    records: conflict.records.flatMap((index) => records[index] ?? []),
  }));
  return { files, counted: reconcile(reconciled), rows: rows.toSorted(byName), conflicts };
}

const emptyAsset: ReconciledAsset = {
  assetType: 'other',
  values: {},
  sourceIds: [],
  disagreements: [],
  hasApplication: false,
  hasServer: false,
};

function byName({ asset: one }: MatrixRow, { asset: two }: MatrixRow): number {
  const first = `${one.name.toLowerCase()}\n${one.assetType}`;
  const second = `${two.name.toLowerCase()}\n${two.assetType}`;
  return first < second ? -1 : Number(first > second);
}

function reconciledAssets(
  assets: readonly SurvivingAsset[],
  clusters: readonly (readonly SourceRecord[])[],
): ReconciledAsset[] {
  const { inApplication, withServer } = applicationLinks(assets);
  return assets.map((asset, index) => ({
    assetType: asset.assetType,
    values: asset.values,
    sourceIds: [...new Set(clusters[index]?.map(({ sourceId }) => sourceId))],
    disagreements: asset.disagreements.flatMap(({ attribute }) => (attribute === null ? [] : [attribute])),
    hasApplication: inApplication.has(index),
    hasServer: withServer.has(index),
  }));
}

/** Assets that certainly belong to an application, and applications that certainly have one. */
function applicationLinks(assets: readonly SurvivingAsset[]): {
  readonly inApplication: ReadonlySet<number>;
  readonly withServer: ReadonlySet<number>;
} {
  const inApplication = new Set<number>();
  const withServer = new Set<number>();
  for (const { asset: application, members } of applicationCandidates(assets)) {
    for (const { asset, confidence } of members) {
      if (confidence < certain) continue;
      inApplication.add(asset);
      if (application !== null) withServer.add(application);
    }
  }
  return { inApplication, withServer };
}

function knowledge(
  asset: SurvivingAsset,
  cluster: readonly SourceRecord[],
  files: readonly string[],
): Record<string, Knowledge> {
  const disputed = asset.disagreements.flatMap(({ attribute }) => (attribute === null ? [] : [attribute]));
  const known = new Map<string, Knowledge>();
  for (const record of cluster) {
    if (known.get(record.sourceId) === 'disagrees') continue;
    known.set(record.sourceId, contradicts(record, asset, disputed) ? 'disagrees' : 'known');
  }
  return Object.fromEntries(files.map((file) => [file, known.get(file) ?? 'unknown']));
}

function contradicts(
  record: SourceRecord,
  asset: SurvivingAsset,
  disputed: readonly AttributeName[],
): boolean {
  return disputed.some((attribute) => {
    if (attribute === 'asset_type') return record.classification.assetType !== asset.assetType;
    const stated = record.values[attribute];
    const survivor = asset.values[attribute];
    return stated !== undefined && survivor !== undefined && !sameMeaning(attribute, stated, survivor);
  });
}

/** The document of `reconcile --json`. */
export function comparisonDocument({ files, counted, rows, conflicts }: Comparison): Record<string, unknown> {
  return {
    files: files.map((file) => fileDocument(file, counted)),
    assets: rows.length,
    gaps: counted.counts,
    missing: counted.gaps,
    disagreements_by_attribute: counted.disagreementsByAttribute,
    conflicts: conflicts.map(({ kind, key, message, records }) => ({
      kind,
      key,
      message,
      records: records.map(({ importId, rowNumber }) => ({ file: importId, row_number: rowNumber })),
    })),
    matrix: rows.map(rowDocument),
  };
}

function fileDocument(file: InventoryFile, counted: Reconciliation): Record<string, unknown> {
  const coverage = counted.sources.find(({ sourceId }) => sourceId === file.file);
  return {
    file: file.file,
    vendor: file.vendor,
    inventory: file.reason === null,
    reason: file.reason,
    rows: { read: file.rowsRead, rejected: file.rowsRejected, skipped: file.rowsSkipped },
    columns: { mapped: file.columnsMapped, unsure: file.columnsUnsure },
    assets: coverage?.assets ?? 0,
    only_here: coverage?.only ?? 0,
  };
}

function rowDocument({ asset, sources, gaps, disagreements }: MatrixRow): Record<string, unknown> {
  return {
    asset: asset.name,
    type: asset.assetType,
    subtype: asset.subtype,
    sources,
    gaps,
    disagreements: disagreements.map(({ attribute, message, candidates }) => ({
      attribute,
      message,
      values: candidates.map(({ value, importId, rowNumber }) => ({
        value,
        file: importId,
        row_number: rowNumber,
      })),
    })),
  };
}
