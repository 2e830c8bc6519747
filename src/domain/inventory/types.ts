import type { AttributeName, AttributeValue, AttributeValues } from '../attributes/types';
import type { AssetType, ConflictKind, IdentityKeyKind, TableKind } from '../lists';

export interface Evidence {
  readonly code: string;
  readonly weight: number;
  readonly text: string;
}

export interface Classification {
  readonly assetType: AssetType;
  readonly subtype: string | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  /** What a machine does (`web`, `database`, …) when the row or its name says so. */
  readonly serverRole?: string | null;
}

/** What is known about the table that a record comes from. */
export interface RecordContext {
  readonly tableKind: TableKind;
  /** Recognised format such as `rvtools.vinfo`, or null. */
  readonly formatId: string | null;
  /** Cells of columns without a target, by header: flags such as `Template` that decide whether a row is an asset. */
  readonly unmapped?: Readonly<Record<string, string>>;
}

/** A key that identifies an asset within its engagement; equal keys of one kind mean the same asset. */
export interface IdentityKey {
  readonly kind: IdentityKeyKind;
  /** Normalised; namespaced where the kind needs it (`external_id` by product, `hostname` by domain). */
  readonly value: string;
}

/** A cleansed record that speaks of an asset. */
export interface SourceRecord {
  readonly importId: string;
  readonly rowNumber: number;
  readonly sourceId: string;
  /** Product of the source, or null. */
  readonly product: string | null;
  /** Lower is trusted more. */
  readonly rank: number;
  /** Freshness of the export, ISO date or date-time. */
  readonly asOf: string;
  readonly values: AttributeValues;
  readonly classification: Classification;
}

/** A value that a person set; it wins over every source. */
export interface AssetOverride {
  readonly attribute: AttributeName;
  readonly value: AttributeValue | null;
  readonly userId: string;
  readonly at: string;
}

/** Which record or person a value of an asset comes from. */
export interface ValueOrigin {
  readonly by: 'source' | 'person' | 'rule';
  readonly importId: string | null;
  readonly rowNumber: number | null;
  readonly rule: string | null;
  readonly userId: string | null;
}

export interface SurvivingAsset {
  readonly name: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  readonly classificationConfidence: number;
  readonly values: AttributeValues;
  readonly origins: { readonly [name in AttributeName]?: ValueOrigin };
  readonly disagreements: readonly Disagreement[];
}

export interface Disagreement {
  readonly kind: ConflictKind;
  readonly attribute: AttributeName | null;
  readonly message: string;
  readonly candidates: readonly {
    readonly value: AttributeValue;
    readonly importId: string;
    readonly rowNumber: number;
  }[];
}
