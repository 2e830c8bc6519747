import type { AttributeValues } from '../../domain/attributes/types';
import { type Clustering, clusterRecords } from '../../domain/inventory/identity/clusters';
import { survive } from '../../domain/inventory/survive';
import type { AssetOverride } from '../../domain/inventory/types';
import type {
  AssetDocument,
  LoneChange,
  NewAssetChange,
  PreviousAsset,
  SourceLink,
} from '../../db/estate/asset-changes';
import type { KnownAsset, MergeDecision } from '../../db/estate/assets';
import type { NewConflict } from '../../db/estate/conflicts';
import { assetDocument, isSameAsset } from './asset-document';
import { assetIdOfRecord, type ClusterIds, shareAssets } from './asset-ids';
import { clashRow, disagreementRow } from './conflict-rows';
import { decidedPairs } from './decided-pairs';
import { loneChange, SharedDocuments } from './lone-changes';
import { type EstateRecord, keyText, type RunFacts } from './estate-records';

/** What is known beside the records at hand. */
export interface ProjectionContext {
  readonly runs: readonly RunFacts[];
  readonly overrides: ReadonlyMap<string, readonly AssetOverride[]>;
  readonly decisions: readonly MergeDecision[];
  /** Applications that no record speaks of yet: id by identity key without the class. */
  readonly namedOnly: ReadonlyMap<string, KnownAsset>;
  /** Whether the whole estate is projected, not only what a flow touches. */
  readonly isWhole: boolean;
}

/** Records of the flow by what they did; of a change none are counted. */
export type RecordCounts = Record<'created' | 'updated' | 'merged' | 'unchanged', number>;

/** A change that takes the values of its record. */
export interface PlainChange {
  readonly change: LoneChange;
  readonly values: AttributeValues;
}

export interface Projection {
  readonly changes: readonly NewAssetChange[];
  readonly lone: readonly PlainChange[];
  readonly conflicts: readonly NewConflict[];
  readonly counts: RecordCounts;
}

const applicationKeyPrefix = 'name:application|';

/** The identity keys of applications among some keys, without their class. */
export function applicationKeysOf(keys: readonly string[]): string[] {
  const { length } = applicationKeyPrefix;
  return keys.flatMap((key) => (key.startsWith(applicationKeyPrefix) ? [key.slice(length)] : []));
}

/** Projects whole groups of records: which assets they are, what survives, and how that differs from what was. */
export function projectRecords(
  context: ProjectionContext,
  records: readonly EstateRecord[],
  assets: ReadonlyMap<string, KnownAsset>,
): Projection {
  const clustering = clusterRecords(
    records.map(({ source }) => source),
    { ...decidedPairs(records, context.decisions), keys: records.map(({ keys }) => keys) },
  );
  return new RecordProjection(context, records, assets, clustering).run();
}

class RecordProjection {
  private readonly clusters: number[][];
  private readonly changes: NewAssetChange[] = [];
  private readonly lone: PlainChange[] = [];
  private readonly documents = new SharedDocuments();
  private readonly conflicts: NewConflict[] = [];
  private readonly counts: RecordCounts = { created: 0, updated: 0, merged: 0, unchanged: 0 };
  private readonly takenKeys = new Set<string>();
  private readonly sharedKeys: ReadonlySet<string>;
  private readonly assetOfCluster: string[] = [];

  constructor(
    private readonly context: ProjectionContext,
    private readonly records: readonly EstateRecord[],
    private readonly assets: ReadonlyMap<string, KnownAsset>,
    private readonly clustering: Clustering,
  ) {
    this.clusters = Array.from({ length: clustering.count }, () => []);
    clustering.clusterOf.forEach((cluster, record) => this.clusters[cluster]?.push(record));
    this.sharedKeys = new Set(clustering.sharedKeys.map(({ key }) => keyText(key)));
  }

  run(): Projection {
    const ids = shareAssets(this.records, this.clusters, {
      createdAt: new Map([...this.assets].map(([id, { createdAt }]) => [id, createdAt])),
      mergedByPerson: new Set(
        this.context.decisions.flatMap(({ action, otherAssetId }) =>
          action === 'merge' ? [otherAssetId] : [],
        ),
      ),
    });
    this.clusters.forEach((members, cluster) => {
      const own = members.map((member) => this.recordAt(member));
      const { known, wasSplit } = ids[cluster] ?? { known: [], wasSplit: false };
      const isNew = own.length === 1 && known.length === 0;
      if (isNew && this.addLone(cluster, this.firstOf(own))) return;
      this.projectCluster(cluster, own, { known, wasSplit });
    });
    for (const conflict of this.clustering.conflicts) {
      const row = clashRow(conflict, this.records, (record) => this.assetOf(record));
      if (row !== undefined) this.conflicts.push(row);
    }
    const { changes, lone, conflicts, counts } = this;
    return { changes, lone, conflicts, counts };
  }

  private projectCluster(cluster: number, own: readonly EstateRecord[], ids: ClusterIds): void {
    const overrides = ids.known.flatMap((id) => this.context.overrides.get(id) ?? []);
    const asset = survive(
      own.map(({ source }) => source),
      overrides,
    );
    const document = assetDocument(own, asset, (record) => this.factsOf(record).run.flowId);
    const keys = this.takeKeys(own);
    const [first, ...others] = ids.known;
    const before = this.previous(first, document, keys) ?? this.formerAsset(own);
    const assetId = first ?? before?.id ?? this.newId(own);
    this.assetOfCluster[cluster] = assetId;
    const keysChanged = ids.wasSplit || others.length > 0 || this.hasNewKeys(own, keys, assetId);
    const after = this.withLinks(document, this.newLinks(own, assetId), keysChanged ? keys : undefined);
    const state = this.addChange(assetId, before, after, this.isTouched(own));
    for (const other of others) this.addMerged(other, assetId);
    const rows = asset.disagreements.map((disagreement) => disagreementRow(assetId, disagreement));
    this.conflicts.push(...rows);
    this.countRecords(own, state);
  }

  /** A new asset of one record takes the values of its record, which need not be told again. */
  private addLone(cluster: number, record: EstateRecord): boolean {
    if (record.loaded.pinnedBy !== null || this.assets.has(assetIdOfRecord(record))) return false;
    const facts = this.factsOf(record);
    const change = loneChange(record, facts, this.documents, () => this.takeKeys([record]));
    if (change === undefined) return false;
    this.assetOfCluster[cluster] = change.assetId;
    this.lone.push({ change, values: record.source.values });
    if (facts.run.isOfFlow) this.counts.created += 1;
    return true;
  }

  private withLinks(
    document: AssetDocument,
    sources: readonly SourceLink[],
    keys: readonly string[] | undefined,
  ): AssetDocument {
    return { ...document, ...(sources.length > 0 && { sources }), ...(keys !== undefined && { keys }) };
  }

  /** The asset as it was: the known one, or the application that others named before a record spoke of it. */
  private previous(
    known: string | undefined,
    document: AssetDocument,
    keys: readonly string[],
  ): KnownAsset | undefined {
    if (known !== undefined) return this.assets.get(known);
    if (document.asset_type !== 'application') return undefined;
    const [key] = applicationKeysOf(keys);
    return key === undefined ? undefined : this.context.namedOnly.get(key);
  }

  /** An asset that its first record was of and that has lost its records since. */
  private formerAsset(own: readonly EstateRecord[]): KnownAsset | undefined {
    if (own.some(({ loaded }) => loaded.assetId !== null)) return undefined;
    return this.assets.get(this.newId(own));
  }

  private newId(own: readonly EstateRecord[]): string {
    return assetIdOfRecord(this.firstOf(own));
  }

  private addChange(
    assetId: string,
    was: KnownAsset | undefined,
    after: AssetDocument,
    isTouched: boolean,
  ): 'created' | 'updated' | 'unchanged' {
    const isLiving = was !== undefined && was.mergedInto === null && !was.isDeleted;
    if (!isLiving) {
      this.changes.push({ assetId, state: 'created', before: null, after });
      return 'created';
    }
    const before = previousOf(was);
    if (isSameAsset(before, after)) {
      const { origins, last_flow_id, sources, keys } = after;
      const touch = { origins, last_flow_id, ...(sources && { sources }), ...(keys && { keys }) };
      if (isTouched || sources || keys) {
        this.changes.push({ assetId, state: 'unchanged', before: null, after: touch });
      }
      return 'unchanged';
    }
    this.changes.push({ assetId, state: 'updated', before, after });
    return 'updated';
  }

  /** Assets that were only looked at because of their neighbours are not told of when they stay as they are. */
  private isTouched(own: readonly EstateRecord[]): boolean {
    return this.context.isWhole || own.some((record) => this.factsOf(record).run.isOfFlow);
  }

  private addMerged(assetId: string, survivor: string): void {
    const was = this.assets.get(assetId);
    const before = was === undefined ? null : previousOf(was);
    this.changes.push({ assetId, state: 'merged', before, after: { merged_into: survivor } });
  }

  private countRecords(own: readonly EstateRecord[], state: 'created' | 'updated' | 'unchanged'): void {
    let isFirst = true;
    for (const record of own) {
      if (!this.factsOf(record).run.isOfFlow) continue;
      if (state === 'unchanged') this.counts.unchanged += 1;
      else if (!isFirst) this.counts.merged += 1;
      else this.counts[state] += 1;
      isFirst = false;
    }
  }

  /** Keys of the cluster that no other cluster has taken: the one with the oldest records comes first. */
  private takeKeys(own: readonly EstateRecord[]): string[] {
    const keys = new Set<string>();
    for (const record of own) {
      for (const text of record.identity) {
        if (this.sharedKeys.has(text) || keys.has(text) || this.takenKeys.has(text)) continue;
        keys.add(text);
      }
    }
    for (const key of keys) this.takenKeys.add(key);
    return [...keys];
  }

  private hasNewKeys(own: readonly EstateRecord[], keys: readonly string[], assetId: string): boolean {
    const before = new Set<string>();
    for (const { loaded, identity } of own) {
      if (loaded.assetId === assetId) for (const key of identity) before.add(key);
    }
    return keys.some((key) => !before.has(key));
  }

  private newLinks(own: readonly EstateRecord[], assetId: string): SourceLink[] {
    return own.flatMap((record): SourceLink[] => {
      const { loaded, identity, source } = record;
      if (loaded.assetId === assetId) return [];
      const pinnedBy = loaded.pinnedBy ?? this.mergedBy(loaded.assetId);
      const { phaseRunId } = this.factsOf(record).run;
      return [{ p: phaseRunId, r: source.rowNumber, d: identity, b: pinnedBy }];
    });
  }

  /** The person who said that an asset is another one; its records then stay where that person put them. */
  private mergedBy(assetId: string | null): string | null {
    if (assetId === null) return null;
    const decision = this.context.decisions.find(
      ({ action, otherAssetId }) => action === 'merge' && otherAssetId === assetId,
    );
    return decision?.decidedBy ?? null;
  }

  private assetOf(record: number): string {
    return this.assetOfCluster[this.clustering.clusterOf[record] ?? 0] ?? '';
  }

  private factsOf({ loaded }: EstateRecord): RunFacts {
    return this.context.runs[loaded.run] as RunFacts; // records were loaded from these runs
  }

  private firstOf(own: readonly EstateRecord[]): EstateRecord {
    return own[0] as EstateRecord; // a cluster has a record
  }

  private recordAt(index: number): EstateRecord {
    return this.records[index] as EstateRecord; // clusters number the records themselves
  }
}

export function previousOf({ name, assetType, subtype, values }: KnownAsset): PreviousAsset {
  return { name, asset_type: assetType, subtype, values };
}
