import type { AttributeValues } from '../attributes/types';
import type { AssetType, Disposition, LifecycleStatus } from '../lists';

/** One version of a product with the dates of its support, each with its source. Dates are YYYY-MM-DD. */
export interface LifecycleEntry {
  /** Canonical product key, such as `windows-server`. */
  readonly product: string;
  readonly version: string;
  readonly endOfSupport: string | null;
  readonly endOfExtendedSupport: string | null;
  readonly source: string;
}

/** What a lifecycle is about; `asset`: an end of life that a record states for the asset as a whole. */
export const lifecycleComponents = ['operating_system', 'database', 'runtime', 'asset'] as const;
export type LifecycleComponent = (typeof lifecycleComponents)[number];

/** A product as it runs on an asset; null where a record does not say. */
export interface ComponentVersion {
  readonly kind: LifecycleComponent;
  /** Canonical product key, such as `windows-server`. */
  readonly product: string | null;
  /** As the record writes it: `2012 R2`, `7.9`, `11g`. */
  readonly version: string | null;
}

export interface LifecycleAssessment {
  readonly component: LifecycleComponent;
  readonly product: string | null;
  readonly version: string | null;
  readonly status: LifecycleStatus;
  readonly endOfSupport: string | null;
  readonly endOfExtendedSupport: string | null;
  readonly reason: string;
  readonly source: string | null;
}

export interface DebtFinding {
  readonly code: string;
  readonly severity: 'info' | 'low' | 'medium' | 'high' | 'critical';
  /** Points of 100 that the finding adds to the debt score. */
  readonly points: number;
  readonly component: string | null;
  readonly version: string | null;
  readonly endOfSupport: string | null;
  readonly reason: string;
  readonly action: string;
}

/** What is known about an asset when its disposition is recommended. */
export interface DispositionFacts {
  readonly name: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  readonly values: AttributeValues;
  /** Values of the servers and databases that belong to an application; empty for others. */
  readonly members: readonly AttributeValues[];
  readonly lifecycle: readonly LifecycleAssessment[];
  readonly dependents: number;
  readonly dependencies: number;
  /** True when relations of the estate are known at all. */
  readonly dependenciesKnown: boolean;
}

export interface DispositionPoint {
  readonly fact: string;
  readonly strategy: Disposition;
  /** Negative when the fact speaks against the strategy. */
  readonly points: number;
  /** Code of the rule that gave the points. */
  readonly rule?: string;
}

export interface Recommendation {
  readonly strategy: Disposition;
  /** 0 to 1. */
  readonly confidence: number;
  readonly points: readonly DispositionPoint[];
  readonly runnerUp: Disposition | null;
  /** The smallest change of one fact that would change the strategy, in words; null when none does. */
  readonly flipsIf: string | null;
  /** Attributes that would have to be known to decide better. */
  readonly missing: readonly string[];
}
