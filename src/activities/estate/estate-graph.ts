import { type DecidedMember, listDecidedMembers } from '../../db/estate/application-members';
import { type DependencyOverride, listDependencyOverrides } from '../../db/estate/dependencies';
import { readAssetStatements, readRelations } from '../../db/estate/estate-statements';
import type { SourceRun } from '../../db/estate/source-records';
import type { TenantTrx } from '../../db/connection/tenant';
import { type Memberships, memberships } from './application-memberships';
import { AssetStatements, type Collected } from './asset-statements';
import { EdgeStore } from './edge-store';
import { type EstateAssets, loadEstateAssets } from './estate-assets';
import { type RunFacts, runFacts } from './estate-records';
import { ReferenceBook } from './reference-book';
import { EndCells, type RelationCounts, RelationRows } from './relation-rows';
import { relationRuns, statingRuns } from './stating-runs';
import { UnresolvedStore } from './unresolved-store';

/** The assets of an estate with everything that is known about what they need. */
export interface EstateGraph {
  readonly assets: EstateAssets;
  readonly edges: EdgeStore;
  /** The edges by their ends, types and ports: equal for equal estates. */
  readonly order: Int32Array;
  readonly members: Memberships;
  readonly unresolved: UnresolvedStore;
  /** Text of an unresolved reference. */
  readonly referenceText: (place: number) => string;
  /** Relation records of the flow by where they end. */
  readonly counts: RelationCounts;
  readonly importIds: readonly string[];
}

/** Reads the whole estate and what all its records say about dependencies, so that late references resolve too. */
export async function readEstateGraph(trx: TenantTrx, sources: readonly SourceRun[]): Promise<EstateGraph> {
  const assets = await loadEstateAssets(trx);
  const runs = runFacts(sources);
  const references = new ReferenceBook(assets);
  const collected = { assets, references, edges: new EdgeStore(), unresolved: new UnresolvedStore() };
  await readAssetStatements(trx, statingRuns(runs), new AssetStatements(collected, runs).add);
  const ends = new EndCells(references.texts);
  const counts = await collectRelations(trx, { collected, runs, ends });
  const decided = await listDecidedMembers(trx);
  const members = memberships(assets, decided);
  addMembers(collected, members);
  removeRejected(collected, decided);
  for (const override of await listDependencyOverrides(trx)) obey(collected, override);
  const { edges, unresolved } = collected;
  return {
    assets,
    edges,
    order: edges.sorted(assets.length),
    members,
    unresolved,
    referenceText: (place) => unresolved.textAt(place, references.texts, ends.cells),
    counts,
    importIds: sources.map(({ importId }) => importId),
  };
}

async function collectRelations(
  trx: TenantTrx,
  {
    collected,
    runs,
    ends,
  }: { readonly collected: Collected; readonly runs: readonly RunFacts[]; readonly ends: EndCells },
): Promise<RelationCounts> {
  const counts: RelationCounts = { linked: 0, unresolved: 0, skipped: 0 };
  for (const { facts, run, isOfFlow } of relationRuns(runs)) {
    // The ledger counts the records of the flow only.
    const counted = isOfFlow ? counts : { ...counts };
    const { tableKind } = facts.context;
    const rows = new RelationRows(collected, ends, { run, tableKind, counts: counted });
    await readRelations(trx, facts.run.phaseRunId, rows.add);
  }
  return counts;
}

/** What belongs to an application for certain, but that no column or relation says, is an edge as well. */
function addMembers({ assets, edges }: Collected, members: Memberships): void {
  const evidence = members.evidence.map(({ confidence, text }) => edges.addEvidence({ confidence, text }));
  for (let place = 0; place < members.length; place += 1) {
    const number = members.evidenceAt(place);
    const { isCertain = false, isDecided = false } = members.evidence[number] ?? {};
    if (!isCertain) continue;
    const member = members.memberAt(place);
    const type = assets.kind(member).assetType === 'database' ? 'uses' : 'runs_on';
    const ends = { from: members.applicationAt(place), to: member, type } as const;
    edges.infer(ends, null, isDecided ? 'person' : 'inferred', evidence[number] ?? -1);
  }
}

/** What a person says does not belong to an application is no part of it, whatever a column says. */
function removeRejected({ assets, edges }: Collected, decided: readonly DecidedMember[]): void {
  for (const { applicationId, memberId, state } of decided) {
    const from = assets.ids.placeOf(applicationId);
    const to = assets.ids.placeOf(memberId);
    if (state !== 'rejected' || from === undefined || to === undefined) continue;
    for (const type of ['runs_on', 'uses'] as const) edges.remove({ from, to, type }, null);
  }
}

/** Does what a person said about a dependency. */
function obey({ assets, edges }: Collected, override: DependencyOverride): void {
  const from = assets.ids.placeOf(override.sourceId);
  const to = assets.ids.placeOf(override.targetId);
  if (from === undefined || to === undefined || from === to) return;
  const { type, port, action } = override;
  const ends = { from, to, type };
  if (action === 'remove') {
    edges.remove(ends, port);
    return;
  }
  if (action === 'add') edges.infer(ends, port, 'person', -1);
  const hardness = override.hardness ?? (action === 'accept_cut' ? 'soft' : undefined);
  if (hardness !== undefined) edges.harden(ends, port, hardness);
}
