import { setImmediate } from 'node:timers/promises';
import type { DuplicateSubject } from '../../domain/inventory/identity/duplicate-facts';
import {
  type AlikePair,
  alikePairs,
  duplicateHashes,
  judgePair,
  type NearDuplicate,
  usualHashes,
} from '../../domain/inventory/identity/near-duplicates';
import { SharedKeys } from '../../domain/inventory/identity/shared-keys';
import type { MergeDecision } from '../../db/estate/assets';
import { insertConflicts } from '../../db/estate/conflicts';
import {
  keepProposals,
  listAssetFacts,
  listNamedChanges,
  listQuestionedAssets,
  type NamedAsset,
  sizeOfChange,
  streamNamedAssets,
} from '../../db/estate/duplicate-subjects';
import type { TenantTrx } from '../../db/connection/tenant';
import { proposalRow } from './conflict-rows';
import { decidedAssets } from './decided-pairs';
import { withSerial } from './named-serial';
import type { ProjectedNames } from './projected-names';

/** Pairs that are looked at closely, and pairs that people are asked about at a time. */
const mostPairs = 20_000;
const mostProposals = 1_000;

/**
 * Finds pairs among all assets of the estate, as a run leaves it, that may be one asset, and puts them into the queue
 * of conflicts. Nothing is merged, and nobody is asked again about a pair that was decided.
 */
export async function proposeDuplicates(
  trx: TenantTrx,
  run: { readonly runId: string; readonly flowId: string | null },
  decisions: readonly MergeDecision[],
  names?: ProjectedNames,
): Promise<void> {
  const named = await (names === undefined
    ? readNamed(trx, run.runId)
    : assetsOfNames(trx, run.runId, names));
  if (named === undefined) {
    await keepProposals(trx, run.runId);
    return;
  }
  const decided = decidedAssets(decisions);
  const pairs = alikePairs(named)
    .filter((pair) => !decided(idAt(named, pair.one), idAt(named, pair.two)))
    .slice(0, mostPairs);
  if (pairs.length === 0) return;
  const judged = await judgePairs(trx, run.runId, { named, pairs });
  await insertConflicts(trx, run, await newQuestions(trx, named, judged.slice(0, mostProposals)));
}

/** Undefined when the run changes nothing. */
async function readNamed(trx: TenantTrx, runId: string): Promise<NamedAsset[] | undefined> {
  const { assets, isChanged } = await sizeOfChange(trx, runId);
  return isChanged ? assetsWithSharedHashes(trx, runId, assets) : undefined;
}

/** Reads the names twice, so that only those stay in memory which share a hash with another. */
async function assetsWithSharedHashes(trx: TenantTrx, runId: string, assets: number): Promise<NamedAsset[]> {
  const shared = new SharedKeys(assets * usualHashes);
  for await (const some of streamNamedAssets(trx, runId)) {
    for (const asset of some.map(withSerial)) for (const hash of duplicateHashes(asset)) shared.add(hash);
    await setImmediate();
  }
  const kept: NamedAsset[] = [];
  for await (const some of streamNamedAssets(trx, runId)) {
    for (const asset of some.map(withSerial)) {
      if (duplicateHashes(asset).some((hash) => shared.isShared(hash))) kept.push(asset);
    }
    await setImmediate();
  }
  return kept.toSorted(byId);
}

function byId(one: NamedAsset, two: NamedAsset): number {
  return one.id < two.id ? -1 : 1;
}

const idsAtOnce = 10_000;

/** The same from what was remembered while the assets were made. */
async function assetsOfNames(trx: TenantTrx, runId: string, names: ProjectedNames): Promise<NamedAsset[]> {
  const ids = names.alikeIds();
  const kept: NamedAsset[] = [];
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const some = await listNamedChanges(trx, runId, ids.slice(from, from + idsAtOnce));
    for (const asset of some) kept.push(withSerial(asset));
  }
  return kept.toSorted(byId);
}

function idAt(named: readonly NamedAsset[], at: number): string {
  return named[at]?.id ?? '';
}

async function judgePairs(
  trx: TenantTrx,
  runId: string,
  { named, pairs }: { readonly named: readonly NamedAsset[]; readonly pairs: readonly AlikePair[] },
): Promise<NearDuplicate[]> {
  const ids = [...new Set(pairs.flatMap(({ one, two }) => [idAt(named, one), idAt(named, two)]))];
  const facts = new Map((await listAssetFacts(trx, runId, ids)).map((one) => [one.id, one]));
  const subjectAt = (at: number): DuplicateSubject | undefined => {
    const asset = named[at];
    const known = asset && facts.get(asset.id);
    return asset && known && { ...asset, subtype: known.subtype, values: known.values };
  };
  const judged = pairs.flatMap((pair) => {
    const one = subjectAt(pair.one);
    const two = subjectAt(pair.two);
    return one && two ? (judgePair(pair, [one, two]) ?? []) : [];
  });
  return judged.toSorted((one, two) => two.score - one.score || one.one - two.one || one.two - two.two);
}

/** A pair that stands in the queue for another reason is not asked about twice. */
async function newQuestions(trx: TenantTrx, named: readonly NamedAsset[], judged: readonly NearDuplicate[]) {
  const rows = judged.flatMap((pair) => {
    const one = named[pair.one];
    const two = named[pair.two];
    return one && two ? [proposalRow(pair, [one, two])] : [];
  });
  const asked = await listQuestionedAssets(
    trx,
    rows.flatMap(({ assetId }) => assetId ?? []),
  );
  return rows.filter(({ fingerprint, candidates }) => {
    const ids = candidates.map(({ asset_id: id }) => String(id));
    return !asked.some(
      (one) => one.fingerprint !== fingerprint && ids.every((id) => one.assetIds.includes(id)),
    );
  });
}
