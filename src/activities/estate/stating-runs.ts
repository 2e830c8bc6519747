import type { StatingRun } from '../../db/estate/estate-statements';
import type { RunFacts } from './estate-records';

/** Runs of inventories, numbered by source and freshness. */
export function statingRuns(runs: readonly RunFacts[]): StatingRun[] {
  const sources = new Map<string, number>();
  const byAge = runs.map((facts, run) => ({ facts, run })).toSorted(olderFirst);
  const freshnessOf = new Map<string, number>();
  return byAge.map(({ facts, run }, place) => {
    // What one table of an upload says takes nothing from what another one says.
    const freshness = freshnessOf.get(facts.uploadId) ?? place;
    freshnessOf.set(facts.uploadId, freshness);
    const source = sources.get(facts.sourceId) ?? sources.size;
    sources.set(facts.sourceId, source);
    return { run, phaseRunId: facts.run.phaseRunId, source, freshness };
  });
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
export function relationRuns(runs: readonly RunFacts[]): (PlacedRun & { readonly isOfFlow: boolean })[] {
  const relations = runs
    .map((facts, run) => ({ facts, run }))
    .filter(({ facts }) => facts.context.tableKind !== 'inventory')
    .filter(({ facts }) => facts.run.isOfFlow || facts.run.isProjected);
  const byAge = relations.toSorted(olderFirst);
  const isReplaced = (place: number): boolean => {
    const { sourceId, uploadId } = byAge[place]?.facts ?? {};
    return byAge
      .slice(place + 1)
      .some(({ facts }) => facts.sourceId === sourceId && facts.run.isFull && facts.uploadId !== uploadId);
  };
  return byAge.flatMap(({ facts, run }, place) =>
    // The ledger of a flow speaks of all of its records.
    isReplaced(place) && !facts.run.isOfFlow ? [] : [{ facts, run, isOfFlow: facts.run.isOfFlow }],
  );
}
