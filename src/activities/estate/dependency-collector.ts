import { edgeHardness } from '../../domain/dependencies/hardness';
import {
  createReferenceIndex,
  expectedTypes,
  type ReferenceIndex,
  type Resolution,
  resolve,
  type UnresolvedReason,
} from '../../domain/dependencies/resolve';
import type { StatedDependency } from '../../domain/dependencies/types';
import type { DependencyOrigin, DependencyType, Hardness } from '../../domain/lists';
import type { NewUnresolvedReference } from '../../db/dependencies';
import type { EstateAsset } from '../../db/estate-assets';

/** An edge between two assets by their places in the list of assets. */
export interface DraftEdge {
  readonly from: number;
  readonly to: number;
  readonly type: DependencyType;
  readonly port: number | null;
  readonly protocol: string | null;
  hardness: Hardness;
  origin: DependencyOrigin;
  connections: number | null;
  confidence: number;
  /** Place of the record in the order of imports and rows; `run` is -1 for what no record states. */
  run: number;
  rowNumber: number;
  evidence: string | null;
}

/** Where a statement stands. */
export interface StatementPlace {
  readonly run: number;
  readonly rowNumber: number;
  readonly importId: string;
  /** The record's own asset, by its place; null for relation rows. */
  readonly own: number | null;
  readonly environment: string | undefined;
}

type Ends = { readonly from: number; readonly to: number };
type End = 'source' | 'target';

/** Reasons that are worth a row when a column of an asset refers; a relation row keeps every reason. */
const telling: ReadonlySet<UnresolvedReason> = new Set(['not_found', 'ambiguous']);

/** Resolves what records state against the assets of an estate, and adds it up to edges, each once. */
export class DependencyCollector {
  readonly edges = new Map<string, DraftEdge>();
  readonly unresolved: NewUnresolvedReference[] = [];
  private readonly index: ReferenceIndex;
  private readonly known = new Map<string, Resolution>();

  constructor(private readonly assets: readonly EstateAsset[]) {
    this.index = createReferenceIndex(assets);
  }

  /** Adds the statements of one record; false when one of them names nothing that is known. */
  add(statements: readonly StatedDependency[], place: StatementPlace): boolean {
    let isLinked = true;
    for (const stated of statements) {
      const ends = this.endsOf(stated, place);
      if (ends === undefined) isLinked = false;
      else if (ends.from !== ends.to) this.addEdge(stated, ends, place);
    }
    return isLinked;
  }

  /** Adds an edge that no record states as such: found by a rule, or said by a person. */
  addInferred(
    edge: Omit<DraftEdge, 'hardness' | 'run' | 'rowNumber'> & { readonly hardness?: Hardness },
  ): void {
    const key = edgeKey(edge);
    const known = this.edges.get(key);
    if (known !== undefined) {
      if (edge.origin === 'person') Object.assign(known, { origin: 'person', confidence: 1 });
      return;
    }
    const hardness = edge.hardness ?? this.hardnessOf(edge.type, edge);
    this.edges.set(key, { ...edge, hardness, run: -1, rowNumber: 0 });
  }

  /** Takes edges away that a person says are none. */
  remove(ends: Ends & { readonly type: DependencyType; readonly port: number | null }): void {
    if (ends.port !== null) {
      this.edges.delete(edgeKey(ends));
      return;
    }
    for (const [key, edge] of this.edges) {
      if (edge.from === ends.from && edge.to === ends.to && edge.type === ends.type) this.edges.delete(key);
    }
  }

  private endsOf(stated: StatedDependency, place: StatementPlace): Ends | undefined {
    const ownEnd =
      place.own === null ? undefined : (stated.ownEnd ?? (stated.source === null ? 'source' : undefined));
    const from = this.endOf('source', stated, place, ownEnd);
    const to = this.endOf('target', stated, place, ownEnd);
    return from === undefined || to === undefined ? undefined : { from, to };
  }

  private endOf(
    end: End,
    stated: StatedDependency,
    place: StatementPlace,
    ownEnd: End | undefined,
  ): number | undefined {
    if (end === ownEnd && place.own !== null) return place.own;
    const reference = end === 'source' ? (stated.source ?? '') : stated.target;
    const resolution = this.resolve(reference, end, stated.type, place);
    if ('assetIndex' in resolution) return resolution.assetIndex;
    this.noteUnresolved(reference, resolution.unresolved, stated.type, place);
    return undefined;
  }

  private resolve(reference: string, end: End, type: DependencyType, place: StatementPlace): Resolution {
    const { own, environment } = place;
    const key = `${type} ${end} ${environment ?? ''} ${reference}`;
    let resolution = this.known.get(key);
    const preferredTypes = expectedTypes(type, end);
    const context = {
      ...(environment === undefined ? {} : { environment }),
      ...(preferredTypes === undefined ? {} : { preferredTypes }),
    };
    if (resolution === undefined) {
      resolution = resolve(this.index, reference, context);
      this.known.set(key, resolution);
    }
    if (own === null || !concerns(resolution, own)) return resolution;
    return resolve(this.index, reference, { ...context, from: own });
  }

  private noteUnresolved(
    reference: string,
    reason: UnresolvedReason,
    type: DependencyType,
    place: StatementPlace,
  ): void {
    const { importId, rowNumber, own } = place;
    if (own !== null && !telling.has(reason)) return;
    const assetId = own === null ? null : (this.assets[own]?.id ?? null);
    this.unresolved.push({ importId, rowNumber, assetId, reference, reason, type });
  }

  private addEdge(stated: StatedDependency, { from, to }: Ends, place: StatementPlace): void {
    const { type, protocol, connections } = stated;
    const port = stated.port !== null && stated.port >= 1 && stated.port <= 65_535 ? stated.port : null;
    const { run, rowNumber } = place;
    const key = edgeKey({ from, to, type, port });
    const known = this.edges.get(key);
    if (known === undefined) {
      const hardness = this.hardnessOf(type, { from, to });
      const rest = { protocol, connections, origin: stated.origin, confidence: 1, evidence: null };
      this.edges.set(key, { from, to, type, port, hardness, run, rowNumber, ...rest });
      return;
    }
    if (connections !== null) known.connections = (known.connections ?? 0) + connections;
    // The first record in the order of imports stands for an edge, in whatever order records are read.
    if (run < known.run || (run === known.run && rowNumber < known.rowNumber)) {
      Object.assign(known, { run, rowNumber, origin: stated.origin });
    }
  }

  private hardnessOf(type: DependencyType, { from, to }: Ends): Hardness {
    const source = this.assets[from];
    const target = this.assets[to];
    return source === undefined || target === undefined ? 'soft' : edgeHardness(type, source, target);
  }
}

/** Whether the record's own asset could change what a reference means: it is never its own dependency. */
function concerns(resolution: Resolution, own: number): boolean {
  return 'assetIndex' in resolution ? resolution.assetIndex === own : resolution.unresolved === 'ambiguous';
}

function edgeKey({ from, to, type, port }: Ends & { type: DependencyType; port: number | null }): string {
  return `${from} ${to} ${type} ${port ?? 0}`;
}
