import type { ColumnEvidence } from '../evidence/column-evidence';
import { parseHeader } from './header';
import { matchHeader } from './header-match';
import type { HeaderMatch } from './header-matches';

const firstWord = /^\s*(\p{L}+?)(?:[\s_.:|/-]+|(?<=\p{Ll})(?=\p{Lu}))(?=[\p{L}\p{N}])/u;
const enoughColumns = 5;
const enoughShare = 0.6;
/** A header read without its prefix is a little less certain. */
const prefixLoss = 0.2;

/** The word that most headers of a table begin with (`ansible_`, `Asset `), null when there is none. */
function sharedPrefix(columns: readonly ColumnEvidence[]): string | null {
  const counts = new Map<string, number>();
  for (const { header } of columns) {
    const word = firstWord.exec(header.original)?.[1]?.toLowerCase();
    if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const least = Math.max(enoughColumns, columns.length * enoughShare);
  for (const [word, count] of counts) if (count >= least) return word;
  return null;
}

function best(matches: readonly HeaderMatch[]): number {
  return matches[0]?.weight ?? Number.NEGATIVE_INFINITY;
}

/** The columns, with headers read without the word that nearly all of them begin with where that says more. */
export function withoutSharedPrefix(columns: readonly ColumnEvidence[]): readonly ColumnEvidence[] {
  const prefix = sharedPrefix(columns);
  if (prefix === null) return columns;
  return columns.map((column) => {
    const found = firstWord.exec(column.header.original);
    if (found?.[1]?.toLowerCase() !== prefix) return column;
    const header = parseHeader(column.header.original.slice(found[0].length));
    const matches = matchHeader(header, false);
    if (best(matches) - prefixLoss <= best(column.matches)) return column;
    const weaker = matches.map((match) => ({ ...match, weight: match.weight - prefixLoss }));
    return { ...column, header: { ...header, unit: column.header.unit ?? header.unit }, matches: weaker };
  });
}
