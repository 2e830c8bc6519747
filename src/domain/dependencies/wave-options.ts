/** What people ask of the order of moves. Groups are indices into the list of move groups, waves count from 1. */
export type WaveConstraint =
  | { readonly kind: 'together'; readonly groups: readonly number[] }
  | { readonly kind: 'before'; readonly group: number; readonly other: number }
  | { readonly kind: 'not_before'; readonly group: number; readonly wave: number }
  | { readonly kind: 'not_after'; readonly group: number; readonly wave: number };

export interface WaveOptions {
  readonly maxGroupsPerWave?: number;
  /** A wave takes more only when one group, or what must move with it, is larger. */
  readonly maxAssetsPerWave?: number;
  readonly constraints?: readonly WaveConstraint[];
  /** By group, 0 (not ready) to 1 (ready). */
  readonly readiness?: readonly number[];
  /** By group, 0 (harmless) to 1 (dangerous). */
  readonly risk?: readonly number[];
}
