import type { LifecycleComponent } from '../types';

/** Support dates of one version, each YYYY-MM-DD, the last day included. */
export interface VersionLifecycle {
  /** As people write it: `2012 R2`, `15.3`, `19`. */
  readonly version: string;
  /** Last day of the support that comes with the product; null when no day is known. */
  readonly ends: string | null;
  /** Last day of paid, extended support. */
  readonly extendedEnds?: string;
  /** True when support has ended on a day that is not on record. */
  readonly ended?: true;
  /** Other ways to write the version, such as kernel or build numbers. */
  readonly also?: readonly string[];
  /** Where the dates are from, when not from the source of the product. */
  readonly source?: string;
}

export interface ProductLifecycle {
  /** Canonical key: the slug that endoflife.date uses where it knows the product. */
  readonly product: string;
  readonly label: string;
  readonly component: LifecycleComponent;
  readonly aliases?: readonly string[];
  /** Where the dates are from. */
  readonly source: string;
  /** The page on which the vendor publishes its policy. */
  readonly vendorPolicy: string;
  readonly versions: readonly VersionLifecycle[];
  /** True when the product was given up: every version is out of support, listed or not. */
  readonly discontinued?: true;
}

export interface LifecycleCatalogue {
  /** Raised whenever a date or a product changes. */
  readonly catalogueVersion: string;
  /** Day on which the dates were last compared with their sources. */
  readonly asOf: string;
  readonly products: readonly ProductLifecycle[];
}
