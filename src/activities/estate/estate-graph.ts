import { flowNoise } from '../../domain/dependencies/flow-noise';
import { statedDependencies } from '../../domain/dependencies/statements';
import type { StatementContext } from '../../domain/dependencies/types';
import type { AssetType } from '../../domain/lists';
import { type DecidedMember, listDecidedMembers } from '../../db/application-members';
import { listDependencyOverrides, type NewUnresolvedReference } from '../../db/dependencies';
import {
  type EstateAsset,
  listEstateAssets,
  type StatingRecord,
  type StatingRun,
  streamAssetStatements,
  streamRelations,
} from '../../db/estate-assets';
import type { SourceRun } from '../../db/source-records';
import type { TenantTrx } from '../../db/tenant';
import { type ApplicationMembership, memberships } from './application-memberships';
import { DependencyCollector, type DraftEdge } from './dependency-collector';
import { type RunFacts, runFacts } from './estate-records';

export interface RelationCounts {
  linked: number;
  unresolved: number;
  skipped: number;
}

/** The assets of an estate with everything that is known about what they need. */
export interface EstateGraph {
  readonly assets: readonly EstateAsset[];
  readonly edges: readonly DraftEdge[];
  readonly members: readonly ApplicationMembership[];
  readonly unresolved: readonly NewUnresolvedReference[];
  /** Relation records of the flow by where they end. */
  readonly counts: RelationCounts;
  readonly importIds: readonly string[];
}

/** Reads the whole estate and what all its records say about dependencies, so that late references resolve too. */
export async function readEstateGraph(trx: TenantTrx, sources: readonly SourceRun[]): Promise<EstateGraph> {
  const assets = await listEstateAssets(trx);
  const reader = new GraphReader(trx, assets, runFacts(sources));
  await reader.readAssets();
  const counts = await reader.readRelations();
  const decided = await listDecidedMembers(trx);
  const members = memberships(assets, decided);
  reader.addMembers(members);
  reader.removeRejected(decided);
  await reader.addOverrides();
  const { collector } = reader;
  return {
    assets,
    edges: [...collector.edges.values()],
    members,
    unresolved: collector.unresolved,
    counts,
    importIds: sources.map(({ importId }) => importId),
  };
}

class GraphReader {
  readonly collector: DependencyCollector;
  private readonly placeOf: ReadonlyMap<string, number>;

  constructor(
    private readonly trx: TenantTrx,
    private readonly assets: readonly EstateAsset[],
    private readonly runs: readonly RunFacts[],
  ) {
    this.collector = new DependencyCollector(assets);
    this.placeOf = new Map(assets.map(({ id }, place) => [id, place]));
  }

  async readAssets(): Promise<void> {
    for await (const records of streamAssetStatements(this.trx, statingRuns(this.runs))) {
      for (const record of records) {
        const own = record.assetId === null ? undefined : this.placeOf.get(record.assetId);
        if (own !== undefined) this.addRecord(record, own);
      }
    }
  }

  async readRelations(): Promise<RelationCounts> {
    const counts: RelationCounts = { linked: 0, unresolved: 0, skipped: 0 };
    for (const { run, isOfFlow } of relationRuns(this.runs)) {
      // The ledger counts the records of the flow only.
      const counted = isOfFlow ? counts : { ...counts };
      await this.readRelationRun(run, counted);
    }
    return counts;
  }

  private async readRelationRun({ facts, position }: PlacedRelations, counts: RelationCounts): Promise<void> {
    const { phaseRunId } = facts.run;
    for await (const records of streamRelations(this.trx, { run: position, phaseRunId })) {
      for (const record of records) counts[this.addRelation(record)] += 1;
    }
  }

  /** What belongs to an application for certain, but that no column or relation says, is an edge as well. */
  addMembers(members: readonly ApplicationMembership[]): void {
    for (const { application, member, isCertain, isDecided, confidence, evidence } of members) {
      if (!isCertain) continue;
      const type = this.assets[member]?.assetType === 'database' ? 'uses' : 'runs_on';
      const origin = isDecided ? 'person' : 'inferred';
      const ends = { from: application, to: member, type, port: null, protocol: null } as const;
      this.collector.addInferred({ ...ends, origin, connections: null, confidence, evidence });
    }
  }

  /** What a person says does not belong to an application is no part of it, whatever a column says. */
  removeRejected(decided: readonly DecidedMember[]): void {
    for (const { applicationId, memberId, state } of decided) {
      const from = this.placeOf.get(applicationId);
      const to = this.placeOf.get(memberId);
      if (state !== 'rejected' || from === undefined || to === undefined) continue;
      for (const type of ['runs_on', 'uses'] as const) this.collector.remove({ from, to, type, port: null });
    }
  }

  async addOverrides(): Promise<void> {
    for (const override of await listDependencyOverrides(this.trx)) {
      const from = this.placeOf.get(override.sourceId);
      const to = this.placeOf.get(override.targetId);
      if (from === undefined || to === undefined || from === to) continue;
      const { type, port, action } = override;
      if (action === 'remove') {
        this.collector.remove({ from, to, type, port });
        continue;
      }
      const hardness = override.hardness ?? (action === 'accept_cut' ? 'soft' : undefined);
      this.override({ from, to, type, port, hardness, isAdded: action === 'add' });
    }
  }

  private override(wanted: {
    readonly from: number;
    readonly to: number;
    readonly type: DraftEdge['type'];
    readonly port: number | null;
    readonly hardness: DraftEdge['hardness'] | undefined;
    readonly isAdded: boolean;
  }): void {
    const { from, to, type, port, hardness, isAdded } = wanted;
    if (isAdded) {
      const rest = { protocol: null, connections: null, confidence: 1, evidence: null } as const;
      this.collector.addInferred({
        from,
        to,
        type,
        port,
        origin: 'person',
        ...rest,
        ...(hardness === undefined ? {} : { hardness }),
      });
    }
    if (hardness === undefined) return;
    for (const edge of this.collector.edges.values()) {
      const isMeant = edge.from === from && edge.to === to && edge.type === type;
      if (isMeant && (port === null || edge.port === port)) edge.hardness = hardness;
    }
  }

  private addRecord(record: StatingRecord, own: number): void {
    const statements = statedDependencies(record.values, this.contextOf(record, this.assets[own]?.assetType));
    if (statements.length > 0) this.collector.add(statements, this.placeOfRecord(record, own));
  }

  private addRelation(record: StatingRecord): keyof RelationCounts {
    const context = this.contextOf(record, undefined);
    const statements = statedDependencies(record.values, context);
    if (statements.length > 0) {
      return this.collector.add(statements, this.placeOfRecord(record, null)) ? 'linked' : 'unresolved';
    }
    const noise = context.tableKind === 'network_flows' ? flowNoise(record.values) : null;
    const { importId, rowNumber } = this.placeOfRecord(record, null);
    const { dependency_source: source, dependency_target: target } = record.values;
    const reference = [source, target].filter((end) => end !== undefined).join(' → ');
    const reason = noise ?? 'incomplete';
    const type = context.tableKind === 'network_flows' ? 'connects_to' : 'depends_on';
    this.collector.unresolved.push({ importId, rowNumber, assetId: null, reference, reason, type });
    return 'skipped';
  }

  private contextOf({ run }: StatingRecord, assetType: AssetType | undefined): StatementContext {
    const facts = this.runs[run];
    const { tableKind = 'inventory', formatId = null } = facts?.context ?? {};
    return { tableKind, formatId, assetType: assetType ?? null };
  }

  private placeOfRecord({ run, rowNumber, values }: StatingRecord, own: number | null) {
    const { environment } = values;
    return {
      run,
      rowNumber,
      own,
      importId: this.runs[run]?.run.importId ?? '',
      environment: typeof environment === 'string' ? environment : undefined,
    };
  }
}

/** Runs of inventories, numbered by source and freshness. */
function statingRuns(runs: readonly RunFacts[]): StatingRun[] {
  const sources = new Map<string, number>();
  const byAge = runs.map((facts, run) => ({ facts, run })).toSorted(olderFirst);
  const freshnessOf = new Map<string, number>();
  return byAge.map(({ facts, run }, place) => {
    // What one table of an upload says takes nothing from what another one says.
    const freshness = freshnessOf.get(facts.run.objectId) ?? place;
    freshnessOf.set(facts.run.objectId, freshness);
    const source = sources.get(facts.sourceId) ?? sources.size;
    sources.set(facts.sourceId, source);
    return { run, phaseRunId: facts.run.phaseRunId, source, freshness };
  });
}

interface PlacedRelations {
  readonly facts: RunFacts;
  readonly position: number;
}

interface PlacedRun {
  readonly facts: RunFacts;
  readonly run: number;
}

function olderFirst(one: PlacedRun, two: PlacedRun): number {
  const [first, second] = [one.facts.asOf, two.facts.asOf];
  if (first !== second) return first < second ? -1 : 1;
  return one.run - two.run;
}

/** Relation tables that count: of this flow and of flows that reached the estate; a full export replaces older ones. */
function relationRuns(
  runs: readonly RunFacts[],
): { readonly run: PlacedRelations; readonly isOfFlow: boolean }[] {
  const relations = runs
    .map((facts, run) => ({ facts, run }))
    .filter(({ facts }) => facts.context.tableKind !== 'inventory')
    .filter(({ facts }) => facts.run.isOfFlow || facts.run.isProjected);
  const byAge = relations.toSorted(olderFirst);
  const isReplaced = (place: number): boolean => {
    const { sourceId, run } = byAge[place]?.facts ?? {};
    return byAge
      .slice(place + 1)
      .some(
        ({ facts }) =>
          facts.sourceId === sourceId && facts.run.isFull && facts.run.objectId !== run?.objectId,
      );
  };
  return byAge.flatMap(({ facts, run }, place) =>
    // The ledger of a flow speaks of all of its records.
    isReplaced(place) && !facts.run.isOfFlow
      ? []
      : [{ run: { facts, position: run }, isOfFlow: facts.run.isOfFlow }],
  );
}
