import type { ColumnEvidence } from './column-evidence';
import type { HeaderMatch } from '../headers/header-matches';
import type { TableContext } from '../table/table-context';
import type { MappingReason } from '../types';

/** A column, what its header says for the target that is weighed, and the table around it. */
export interface Neighbourhood {
  readonly column: ColumnEvidence;
  readonly match: HeaderMatch | null;
  readonly context: TableContext;
}

/** What the other columns say for or against a target of a column; null when they say nothing. */
export type Rule = (around: Neighbourhood) => MappingReason | null;

/** One statement of the neighbours. */
export function reason(code: string, weight: number, text: string): MappingReason {
  return { code: `neighbour.${code}`, weight, text };
}

/** Whether the header has one of these words, in their common form. */
export function hasWord(column: ColumnEvidence, ...words: readonly string[]): boolean {
  return words.some(
    (word) => column.header.words.includes(word) || column.header.bracketWords.includes(word),
  );
}
