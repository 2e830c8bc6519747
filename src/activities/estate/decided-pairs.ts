import type { MergeDecision } from '../../db/estate/assets';
import type { EstateRecord } from './estate-records';

type Pair = readonly [number, number];

/** Records of an asset that stand for it in a decision; more of them would change nothing. */
const mostStandIns = 16;

/** What people decided about assets, as pairs of records: those that stay together and those that stay apart. */
export function decidedPairs(
  records: readonly EstateRecord[],
  decisions: readonly MergeDecision[],
): { readonly together: Pair[]; readonly apart: Pair[] } {
  const together: Pair[] = [];
  const apart: Pair[] = [];
  const pinned = membersByAsset(records, ({ loaded }) => loaded.pinnedBy !== null);
  if (decisions.length === 0 && pinned.size === 0) return { together, apart };
  const members = membersByAsset(records, () => true);
  for (const [assetId, pins] of pinned) {
    together.push(...pairsOf((members.get(assetId) ?? []).slice(0, 1), pins));
  }
  for (const { action, survivingAssetId, otherAssetId } of decisions) {
    const ones = members.get(survivingAssetId) ?? [];
    const others = members.get(otherAssetId) ?? [];
    const pairs = pairsOf(ones.slice(0, mostStandIns), others.slice(0, mostStandIns));
    (action === 'merge' ? together : apart).push(...pairs);
  }
  return { together, apart };
}

function pairsOf(ones: readonly number[], others: readonly number[]): Pair[] {
  return ones.flatMap((one) => others.filter((other) => other !== one).map((other): Pair => [one, other]));
}

function membersByAsset(
  records: readonly EstateRecord[],
  isWanted: (record: EstateRecord) => boolean,
): Map<string, number[]> {
  const members = new Map<string, number[]>();
  records.forEach((record, index) => {
    const { assetId } = record.loaded;
    if (assetId === null || !isWanted(record)) return;
    const list = members.get(assetId);
    if (list === undefined) members.set(assetId, [index]);
    else list.push(index);
  });
  return members;
}

/** Whether a person has said of two assets that they are one, or that they are two. */
export function decidedAssets(decisions: readonly MergeDecision[]): (one: string, two: string) => boolean {
  const pairs = new Set(
    decisions.flatMap(({ survivingAssetId: one, otherAssetId: two }) => [`${one} ${two}`, `${two} ${one}`]),
  );
  return (one, two) => pairs.has(`${one} ${two}`);
}
