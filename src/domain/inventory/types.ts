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

/** How the rows of a table that describe parts of one asset (disks, partitions, adapters) become one value of it. */
export type DetailRule = 'sum' | 'max' | 'list';
export type DetailRules = { readonly [name in AttributeName]?: DetailRule };

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
  /** The upload of the import: tables of one upload complement each other. Absent: unknown. */
  readonly uploadId?: string;
  /** Present when the record describes a part of its asset. */
  readonly details?: DetailRules | undefined;
  /** The rows that made each joined value of a record of parts. */
  readonly detailRows?: { readonly [name in AttributeName]?: readonly number[] };
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
  /** All rows of the import that the value was made from, when they are several. */
  readonly rowNumbers?: readonly number[];
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
