import type { AssetType, DependencyOrigin, DependencyType, TableKind } from '../lists';

/** A dependency as a record names it, before its ends are known assets. */
export interface StatedDependency {
  /** Text that names the dependent end. Null: the record's own asset. */
  readonly source: string | null;
  readonly target: string;
  readonly type: DependencyType;
  readonly origin: DependencyOrigin;
  readonly port: number | null;
  readonly protocol: string | null;
  readonly connections: number | null;
  /** Which end is the record's own asset; absent: the source when `source` is null, else none. */
  readonly ownEnd?: 'source' | 'target';
}

/** What is known about the record that states dependencies. */
export interface StatementContext {
  readonly tableKind: TableKind;
  readonly formatId: string | null;
  /** Class of the record's own asset; null for rows of relations and flows. */
  readonly assetType: AssetType | null;
  /** Cells of columns without a target, by header, such as a dependency's direction. */
  readonly unmapped?: Readonly<Record<string, string>>;
}

/** Where edges start and end, as numbers of nodes; an edge is its place in both columns. */
export interface EndColumns {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Edges between assets, from the one that depends to the one that it needs, as columns: an estate has millions. */
export interface EdgeColumns extends EndColumns {
  /** Places in `dependencyTypes`. */
  readonly types: Uint8Array;
  /** 1: both ends must move together. */
  readonly hard: Uint8Array;
  readonly weights: Float64Array;
}

export interface MoveGroup {
  readonly name: string;
  /** Indices of the assets that move together, ascending. */
  readonly members: readonly number[];
  /** Why they belong together. */
  readonly reasons: readonly string[];
  readonly isSharedService: boolean;
  readonly hasCycle: boolean;
  /** `platform` groups (hypervisors, network, racks) do not move; they are given up once nothing runs on them. */
  readonly kind?: MoveGroupKind;
}

export const moveGroupKinds = ['application', 'shared_service', 'standalone', 'platform'] as const;
export type MoveGroupKind = (typeof moveGroupKinds)[number];

export interface WaveCut {
  readonly from: number;
  readonly to: number;
  readonly type: DependencyType;
  readonly risk: 'low' | 'medium' | 'high';
  readonly reason: string;
}

export interface Wave {
  /** From 1. */
  readonly number: number;
  /** Indices into the list of move groups. */
  readonly groups: readonly number[];
  /** Soft edges that end in a later wave. Hard edges are never cut. */
  readonly cuts: readonly WaveCut[];
  readonly reasons: readonly string[];
}
