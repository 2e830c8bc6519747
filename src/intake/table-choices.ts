import type { TableOptions } from './table-options';
import type { DateOrder, DecimalMark, Delimiter, Encoding, QuoteMark, TablePlace } from './types';

/** What a person says of how a table is to be read; it is believed, and what is absent is found out. */
export interface TableChoices {
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  readonly quote?: QuoteMark;
  readonly decimalMark?: DecimalMark;
  readonly dateOrder?: DateOrder;
  /** Physical line of the header row, from 1; 0: there is none. */
  readonly headerLine?: number;
}

/** Choices for an upload: for all of its tables, and for single ones by the name of their sheet or file. */
export interface UploadChoices extends TableChoices {
  readonly tables?: Readonly<Record<string, TableChoices>>;
}

const folded = (name: string): string => name.trim().toLowerCase();

/** The names by which people call a table of an upload. */
export function namesOf({ entry, sheet }: TablePlace): string[] {
  const both = entry === null || sheet === null ? null : `${entry}/${sheet}`;
  return [both, sheet, entry].filter((name) => name !== null);
}

/** Whether one of the names by which a table is called is this one, in any case. */
export function isCalled(place: TablePlace, name: string): boolean {
  return namesOf(place).some((known) => folded(known) === folded(name));
}

/** What was chosen for one table: what names it goes before what is said of all. */
export function choicesFor<Choices extends UploadChoices>(
  choices: Choices,
  place: TablePlace,
): Omit<Choices, 'tables'> {
  const { tables = {}, ...all } = choices;
  const own = namesOf(place)
    .map((name) => Object.entries(tables).find(([wanted]) => folded(wanted) === folded(name))?.[1])
    .find((found) => found !== undefined);
  return { ...all, ...own };
}

/** How a table is to be opened by what was chosen. */
export function openOptionsFor(choices: UploadChoices, place: TablePlace): TableOptions {
  const { headerLine } = choicesFor(choices, place);
  return headerLine === undefined ? {} : { headerLine };
}
