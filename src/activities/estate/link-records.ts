import type { MergeDecision } from '../../db/estate/assets';
import { listCorrectedImports } from '../../db/imports/corrections';
import { findRunContents, streamInventory, streamKnownRecords } from '../../db/estate/source-records';
import type { TenantTrx } from '../../db/connection/tenant';
import { keysOf, keyText, type RunFacts } from './estate-records';
import { KeyLinks } from './key-links';

interface LinkOrder {
  readonly runs: readonly RunFacts[];
  readonly decisions: readonly MergeDecision[];
  /** Whether every record is touched. */
  readonly isWhole: boolean;
  readonly hasFlow: boolean;
  /** Place of a run whose records are linked elsewhere. */
  readonly without: number | undefined;
}

/**
 * Finds which records of the estate belong together or must be looked at together: those with a key in common, those
 * of one asset, those of assets that a person joined. The records of the flow are touched.
 */
export async function linkRecords(trx: TenantTrx, order: LinkOrder): Promise<KeyLinks> {
  const links = new KeyLinks();
  const joined = joinedAssets(order.decisions);
  const corrected = new Set(order.hasFlow ? [] : await listCorrectedImports(trx));
  for (const [index, facts] of order.runs.entries()) {
    if (index === order.without) continue;
    if (hasNewRecords(facts, order.hasFlow, corrected)) await linkNew(trx, links, { facts, index, joined });
    else await linkKnown(trx, links, { facts, index, joined, isWhole: order.isWhole });
  }
  return links;
}

/**
 * The run of a flow with the newest records of the estate, when no asset knows any of them: all others that they may
 * belong with come before them.
 */
export async function findLoneRun(
  trx: TenantTrx,
  runs: readonly RunFacts[],
): Promise<{ readonly facts: RunFacts; readonly index: number } | undefined> {
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const facts = runs[index];
    if (facts?.run.isOfFlow !== true) return undefined;
    const { hasRecords, isKnown } = await findRunContents(trx, facts.run.phaseRunId);
    if (isKnown) return undefined;
    // The rows of a detail table are parts of assets, so none of them is one.
    if (hasRecords) return facts.details === undefined ? { facts, index } : undefined;
  }
  return undefined;
}

/** Records that were put right after their flow had ended are new to the change that follows. */
function hasNewRecords({ run }: RunFacts, hasFlow: boolean, corrected: ReadonlySet<string>): boolean {
  return hasFlow ? run.isOfFlow : run.isProjected && corrected.has(run.importId);
}

interface RunLinks {
  readonly facts: RunFacts;
  readonly index: number;
  readonly joined: ReadonlyMap<string, string>;
}

async function linkNew(trx: TenantTrx, links: KeyLinks, { facts, index, joined }: RunLinks): Promise<void> {
  for await (const records of streamInventory(trx, facts.run.phaseRunId)) {
    for (const { rowNumber, values, assetId } of records) {
      const record = links.add(index, rowNumber, true);
      linkKeys(links, record, keysOf(facts, values).map(keyText));
      linkAsset(links, record, assetId, joined);
    }
  }
}

async function linkKnown(
  trx: TenantTrx,
  links: KeyLinks,
  { facts, index, joined, isWhole }: RunLinks & { readonly isWhole: boolean },
): Promise<void> {
  for await (const records of streamKnownRecords(trx, facts.run.phaseRunId)) {
    for (const { rowNumber, assetId, identity } of records) {
      const record = links.add(index, rowNumber, isWhole);
      linkKeys(links, record, identity);
      linkAsset(links, record, assetId, joined);
    }
  }
}

/**
 * A record may belong with others that have one of its keys, or its bare host, because a host name without a domain may
 * be the same machine as one with it.
 */
export function linkKeys(links: KeyLinks, record: number, identity: readonly string[]): void {
  for (const key of identity) {
    links.link(record, key);
    if (key.startsWith('fqdn:')) links.link(record, `host:${bareHost(key)}`);
    else if (key.startsWith('hostname:')) links.link(record, `host:${key.slice('hostname:'.length)}`);
  }
}

function bareHost(fqdn: string): string {
  const dot = fqdn.indexOf('.');
  return dot === -1 ? fqdn.slice('fqdn:'.length) : fqdn.slice('fqdn:'.length, dot);
}

function linkAsset(
  links: KeyLinks,
  record: number,
  assetId: string | null,
  joined: ReadonlyMap<string, string>,
): void {
  if (assetId === null) return;
  links.link(record, `asset:${assetId}`);
  const other = joined.get(assetId);
  if (other !== undefined) links.link(record, `asset:${other}`);
}

/** Assets that people joined, each with the one that goes on. */
function joinedAssets(decisions: readonly MergeDecision[]): Map<string, string> {
  const merges = decisions.filter(({ action }) => action === 'merge');
  return new Map(merges.map(({ otherAssetId, survivingAssetId }) => [otherAssetId, survivingAssetId]));
}
