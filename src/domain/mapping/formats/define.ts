import type { AttributeName } from '../../attributes/types';
import type { DetailRules } from '../../inventory/types';
import type { MappingCombination, TableKind } from '../../lists';

/** What a column of a known product feeds. */
export interface FormatFeed {
  readonly target: AttributeName;
  readonly combine: MappingCombination;
  readonly order: number;
  /** Unit of bare numbers; undefined: decided by header and values. */
  readonly unit?: string;
  /** Leave the column unmapped when the table has one of these headers. */
  readonly unless: readonly string[];
  /** Only when the values differ from row to row; a column of one repeated value means something else. */
  readonly onlyUnique: boolean;
  /** The target instead when most values name an operating system. */
  readonly whenSystems?: AttributeName;
  /** False where installations use the column in different ways. */
  readonly sure: boolean;
}

export type FeedOptions = Partial<Omit<FormatFeed, 'target'>>;

/** A table that a product exports, under its own headers. */
export interface FormatDefinition {
  readonly id: string;
  readonly vendor: string;
  readonly kind: TableKind;
  /** Why the rows are no assets; absent when they are. */
  readonly reason?: string;
  /** Headers that hardly any other product uses. */
  readonly signature: readonly string[];
  /** How many of the signature must be there. */
  readonly minimum: number;
  /** Of each group one header must be there. */
  readonly requires: readonly (readonly string[])[];
  /** Headers of sibling tables: one of them rules this table out. */
  readonly forbids?: readonly string[];
  /** Columns by header; `{n}` stands for a running number, a final `*` for any ending. */
  readonly columns: { readonly [header: string]: AttributeName | FormatFeed };
  /** Headers without an attribute, split by `;`. */
  readonly unmapped: string;
  /** Present when the rows are parts of assets (disks, partitions, adapters): how their values make those of one. */
  readonly details?: DetailRules;
}

/** A column that feeds a target by a rule of its own. */
export function feeds(target: AttributeName, options: FeedOptions = {}): FormatFeed {
  return { target, combine: 'first', order: 0, unless: [], onlyUnique: false, sure: true, ...options };
}

/** The form under which headers of products are compared: letters, digits, `#`, `%`, `>` and `|` in lower case. */
export function formatKey(header: string): string {
  return header
    .replace(/ \(\d+\)$/, '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}#%>|{}]+/gu, '');
}

/** The key of a header in a definition, which may end in `*`. */
export function definitionKey(header: string): string {
  return header.endsWith('*') ? `${formatKey(header)}*` : formatKey(header);
}
