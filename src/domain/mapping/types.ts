import type { AttributeName } from '../attributes/types';
import type { MappingCombination, MappingType, TableKind } from '../lists';
import type { ColumnProfile } from '../quality/types';

/** A product whose export was recognised by its set of headers. */
export interface RecognisedFormat {
  /** Product and table, such as `servicenow.cmdb_ci_server`. */
  readonly id: string;
  readonly vendor: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Why a target was suggested or turned down: a stable code, its weight (log odds), and words for people. */
export interface MappingReason {
  readonly code: string;
  readonly weight: number;
  readonly text: string;
}

/** How the cells of a column become a value of the target. */
export interface ColumnRule {
  /** How this column works together with others that feed the same target. */
  readonly combine: MappingCombination;
  /** Order among the columns of one target, from 0. */
  readonly order: number;
  /** Unit of bare numbers in the cells (`mib`, `gb`, `kb`, `hours`, `fraction`, …), null when none. */
  readonly unit: string | null;
  /** Decimal mark by column evidence. */
  readonly decimalMark: '.' | ',';
  readonly dateOrder: 'dmy' | 'mdy' | 'unknown';
  /** A person's decision for cells with several values. */
  readonly multiValue: 'list' | 'first' | 'keep';
  /** Factor of the number after its unit (`k€` → 1000). */
  readonly factor: number;
}

export interface MappingSuggestion {
  readonly sourceColumn: string;
  readonly position: number;
  /** Null: leave unmapped. */
  readonly target: AttributeName | null;
  /** Calibrated probability, 0 to 1, that this answer (also "leave unmapped") is right. */
  readonly confidence: number;
  readonly type: MappingType;
  readonly rule: ColumnRule;
  readonly reasons: readonly MappingReason[];
  /** Up to 3, masked where they are personal data. */
  readonly samples: readonly string[];
  /** Up to 3 other targets. */
  readonly alternatives: readonly { readonly target: AttributeName; readonly confidence: number }[];
}

/** What the rows of a table without a product are when several of them describe one machine. */
export type PartsKind = 'disks' | 'adapters';

export interface MappingProposal {
  readonly kind: TableKind;
  /** Whether the rows are assets; `reason` says why not. */
  readonly inventory: boolean;
  readonly reason: string | null;
  readonly format: RecognisedFormat | null;
  /** Present when the rows are parts of machines; tables of products say so by their format. */
  readonly parts?: PartsKind;
  readonly suggestions: readonly MappingSuggestion[];
}

/** A remembered decision of people of the same tenant. */
export interface LearnedPattern {
  /** Normalised header. */
  readonly header: string;
  readonly target: AttributeName | null;
  readonly approvals: number;
  readonly rejections: number;
}

export interface MappingInput {
  readonly tableName: string | null;
  readonly columns: readonly ColumnProfile[];
  readonly learned: readonly LearnedPattern[];
}

/** A decided mapping of one column, as cleansing applies it. */
export interface ApprovedMapping {
  readonly sourceColumn: string;
  readonly position: number;
  readonly target: AttributeName;
  readonly rule: ColumnRule;
}
