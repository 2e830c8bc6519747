import { createHash } from 'node:crypto';
import { memoised } from '../../domain/inventory/memo';
import { importOfKey, type EstateRecord } from './estate-records';

/** A name-based UUID (RFC 9562, version 5 layout), the same for the same text everywhere. */
function namedUuid(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** How the ids of assets of each import begin; few imports at a time. */
const startOfIds = memoised((importKey) => {
  const hex = createHash('sha1').update(importOfKey(importKey)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-`;
}, 1_000);

/**
 * Id of the asset that a record is the first to speak of; projecting again finds the same asset again. A UUID of
 * version 8 (RFC 9562): a hash of the import, then the row, so that assets made together stand together in indexes.
 */
export function assetIdOfRecord({ source }: EstateRecord): string {
  return assetIdOfRow(source.importId, source.rowNumber);
}

/** The same by the text that stands for the import in the rules. */
export function assetIdOfRow(importKey: string, rowNumber: number): string {
  return startOfIds(importKey) + rowNumber.toString(16).padStart(12, '0');
}

/** Id of an application of an engagement that no record is about, by its identity key. */
export function assetIdOfApplication(engagementId: string, key: string): string {
  return namedUuid(`${engagementId}/application/${key}`);
}

/** A short, stable text for what a conflict is about. */
export function fingerprintOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** What decides which assets a cluster of records goes on as. */
export interface KnownIds {
  /** When each known asset was made. */
  readonly createdAt: ReadonlyMap<string, number>;
  /** Assets that a person merged into another. */
  readonly mergedByPerson: ReadonlySet<string>;
}

export interface ClusterIds {
  /** Assets that this cluster goes on for, the one that stays first; empty for a new asset. */
  readonly known: readonly string[];
  /** Whether other clusters hold records of the same assets. */
  readonly wasSplit: boolean;
}

/**
 * Shares the known assets out among clusters of records. Where records of one asset stand in several clusters, the
 * one with the record that the asset was made of has it, else the first. A cluster keeps its oldest asset.
 */
export function shareAssets(
  records: readonly EstateRecord[],
  clusters: readonly (readonly number[])[],
  known: KnownIds,
): ClusterIds[] {
  const claims = claimsOf(records, clusters);
  const won: string[][] = clusters.map(() => []);
  const split = new Uint8Array(clusters.length);
  for (const [assetId, claimants] of claims) {
    if (claimants.length > 1) for (const cluster of claimants) split[cluster] = 1;
    const home = claimants.length > 1 ? homeOf(records, clusters, assetId, claimants) : claimants[0];
    if (home !== undefined) won[home]?.push(assetId);
  }
  const age = (id: string): number => known.createdAt.get(id) ?? Number.MAX_SAFE_INTEGER;
  const byPerson = (id: string): number => Number(known.mergedByPerson.has(id));
  return won.map((ids, cluster) => ({
    // The sort is stable: assets of one moment stay in the order of their first records.
    known:
      ids.length < 2 ? ids : ids.sort((one, two) => byPerson(one) - byPerson(two) || age(one) - age(two)),
    wasSplit: split[cluster] === 1,
  }));
}

function claimsOf(
  records: readonly EstateRecord[],
  clusters: readonly (readonly number[])[],
): Map<string, number[]> {
  const claims = new Map<string, number[]>();
  clusters.forEach((members, cluster) => {
    for (const member of members) {
      const assetId = records[member]?.loaded.assetId ?? null;
      if (assetId === null) continue;
      const claimants = claims.get(assetId);
      if (claimants === undefined) claims.set(assetId, [cluster]);
      else if (claimants.at(-1) !== cluster) claimants.push(cluster);
    }
  });
  return claims;
}

function homeOf(
  records: readonly EstateRecord[],
  clusters: readonly (readonly number[])[],
  assetId: string,
  claimants: readonly number[],
): number | undefined {
  const holdsFirstRecord = (cluster: number): boolean =>
    (clusters[cluster] ?? []).some((member) => {
      const record = records[member];
      return record !== undefined && assetIdOfRecord(record) === assetId;
    });
  return claimants.find(holdsFirstRecord) ?? claimants[0];
}
