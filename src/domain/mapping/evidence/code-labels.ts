import type { ColumnEvidence } from './column-evidence';
import { parseHeader } from '../headers/header';
import { matchHeader } from '../headers/header-match';

/** Words that say that a column holds the text for a code: `DESC_FAMILIA`, `NOM_SITE`, `area_libelle`. */
const ofLabel: ReadonlySet<string> = new Set(
  (
    'desc des descr descripcion description descricao descrizione nom nombre nome name nm libelle lib text txt ' +
    'bezeichnung bez label ds omschrijving oms'
  ).split(' '),
);
/** Words that say that a column holds the code itself: `C_FAMILIA`, `COD_SITE`, `area_id`. */
const ofCode: ReadonlySet<string> = new Set(
  'c cod codigo code cd id nr nro num no key kz cve clave ref'.split(' '),
);

/** A reading without the word that marks a label or a code is a little less certain. */
const readingLoss = 0.4;

interface Marked {
  readonly mark: 'label' | 'code';
  /** What the label or the code is of, as written, in lower case. */
  readonly of: string;
}

function written(header: string): string[] {
  return header
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function markOf(word: string | undefined): 'label' | 'code' | null {
  if (word === undefined) return null;
  if (ofLabel.has(word)) return 'label';
  return ofCode.has(word) ? 'code' : null;
}

/** Takes the mark off the start or the end of a header, null when it has none. */
function marked(header: string): Marked | null {
  const words = written(header);
  if (words.length < 2) return null;
  const first = markOf(words[0]);
  if (first !== null) return { mark: first, of: words.slice(1).join(' ') };
  const last = markOf(words.at(-1));
  return last === null ? null : { mark: last, of: words.slice(0, -1).join(' ') };
}

/** Whether the header already says as a whole what it means. */
function isKnown(column: ColumnEvidence): boolean {
  const best = column.matches[0];
  return best !== undefined && best.kind !== 'partial' && best.kind !== 'fuzzy' && best.weight >= 1.5;
}

/** Which of the marks each thing is written with. */
function pairs(columns: readonly ColumnEvidence[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { profile } of columns) {
    const one = marked(profile.column) ?? { mark: 'code', of: written(profile.column).join(' ') };
    const marks = found.get(one.of) ?? new Set<string>();
    found.set(one.of, marks.add(one.mark));
  }
  return found;
}

function labelOf(column: ColumnEvidence, thing: string): ColumnEvidence {
  const header = parseHeader(thing);
  const matches = matchHeader(header, false).map((match) => ({
    ...match,
    weight: match.weight - readingLoss,
  }));
  return { ...column, header, matches };
}

/**
 * The columns, with the text beside a code (`COD_AREA` and `DESC_AREA`) read as what the code is of: such a text
 * describes the area and not the row, and its code is no fact of the row.
 */
export function withLabelsOfCodes(columns: readonly ColumnEvidence[]): readonly ColumnEvidence[] {
  const found = pairs(columns);
  return columns.map((column) => {
    const one = marked(column.profile.column);
    if (one === null || isKnown(column) || found.get(one.of)?.size !== 2) return column;
    return one.mark === 'label' ? labelOf(column, one.of) : { ...column, matches: [] };
  });
}
