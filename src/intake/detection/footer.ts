import { encodeRecord, recordsOfBatch } from '../csv/copy-format';
import { rejectionMessage } from '../rejection';
import type { IntakeBatch, RejectedRecord } from '../types';

/** More lines of totals than this stand below no table. */
const maxFooters = 5;
const lineFeed = 0x0a;

/** Words for a total in the languages of the exports we know, alone or with a number. */
const totalPattern = new RegExp(
  `^(?:${[
    '(?:grand |overall |report |general )?(?:sub[- ]?)?totals?(?: (?:count|rows|records|items|lines|vms|servers|hosts|general|geral))?',
    'sum|summary|average|avg|mean|(?:row |record )?count|number of (?:rows|records|items|servers)',
    '(?:gesamt|end|zwischen)?summen?|gesamt|insgesamt|gesamtanzahl|anzahl|mittelwert|durchschnitt',
    '(?:sous-)?totale?(?: g[eé]n[eé]rale?)?|totaux|somme|moyenne|suma(?: total)?|promedio|somma|soma|m[eé]dia',
    '(?:eind)?totaal|som|gemiddelde|totalt|sammanlagt|i alt|summa|yhteens[aä]|razem|[lł][aą]cznie|celkem|spolu|toplam',
    'итого|всего|合計|総計|小計|合计|总计|小计|합계|총계',
  ].join('|')})(?:\\s*[:=]?|(?:\\s*[:=]\\s*|\\s+)[\\d.,'\\s]+|\\s*\\([\\d.,'\\s]+\\))$`,
  'iu',
);
const amountPattern = /^[-+]?[\p{Sc}\s]?[\d.,'\s]*\d\s?(?:%|[\p{Sc}]|[kmgtp]i?b|mhz|ghz)?$/iu;

/** Whether a record says how much the records above it are together: a word for it, amounts and empty cells. */
export function isTotal(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const [first, ...others] = filled;
  if (first === undefined || !totalPattern.test(first)) return false;
  return others.every((cell) => amountPattern.test(cell) || totalPattern.test(cell));
}

interface LastRecord {
  /** Where it begins in the bytes of the batch. */
  readonly start: number;
  readonly rejected: RejectedRecord;
}

/** The last accepted record when it is a total; null also where its beginning is not certain. */
function lastTotal(batch: IntakeBatch, end: number): LastRecord | null {
  const start = end < 2 ? 0 : batch.copy.lastIndexOf(lineFeed, end - 2) + 1;
  const line = batch.copy.subarray(start, end);
  const [record, another] = recordsOfBatch({ ...batch, copy: line });
  if (record === undefined || another !== undefined || !isNumbered(record, batch)) return null;
  if (!isTotal(record.cells)) return null;
  const { line: physical, rowNumber, cells } = record;
  const fault = { code: 'footer_total', line: physical, column: null } as const;
  const raw = encodeRecord(cells, batch.copyOptions?.delimiter ?? ',');
  return { start, rejected: { ...fault, rowNumber, message: rejectionMessage(fault), raw } };
}

/** A line inside a quoted cell is no record: it does not carry the number of one of the last records. */
function isNumbered(
  record: { readonly rowNumber: number; readonly line: number },
  batch: IntakeBatch,
): boolean {
  const { rowsRead, accepted, rejected } = batch;
  const isOfBatch = record.rowNumber > rowsRead - accepted - rejected.length && record.rowNumber <= rowsRead;
  return (
    isOfBatch && Number.isInteger(record.line) && !rejected.some((one) => one.rowNumber === record.rowNumber)
  );
}

/** Moves the totals at the end of the last batch of a table to its rejected records. */
export function setAsideFooters(batch: IntakeBatch): IntakeBatch {
  const footers: RejectedRecord[] = [];
  let end = batch.copy.length;
  while (end > 0 && footers.length < maxFooters) {
    const total = lastTotal(batch, end);
    if (total === null) break;
    footers.push(total.rejected);
    end = total.start;
  }
  if (footers.length === 0) return batch;
  return {
    ...batch,
    copy: batch.copy.subarray(0, end),
    accepted: batch.accepted - footers.length,
    rejected: [...batch.rejected, ...footers].sort((a, b) => a.rowNumber - b.rowNumber),
  };
}
