import type { Disposition } from '../../lists';
import type { AssetKind, SignalName, SignalValue } from '../signals/signals';

/** All named signals have one of the named values. */
export type RuleCondition = { readonly [Name in SignalName]?: readonly SignalValue<Name>[] };

/** One open rule: when its condition holds, each named strategy gains (or loses) points. */
export interface DispositionRule {
  readonly code: string;
  readonly text: string;
  /** Kinds of assets it speaks of; left out: all. */
  readonly kinds?: readonly AssetKind[];
  readonly when: RuleCondition;
  readonly points: Readonly<Partial<Record<Disposition, number>>>;
}

/** Things that run software of their own. */
export const machines: readonly AssetKind[] = ['server', 'application', 'container'];
export const movable: readonly AssetKind[] = ['server', 'application', 'database'];
