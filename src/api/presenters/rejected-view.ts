import type { z } from 'zod';
import type { DataImport } from '../../db/imports/imports';
import type { RejectedRecordRow } from '../../db/imports/rejected-records';
import { type RejectedRow, recoverCells } from '../../intake/corrected/corrected-file';
import type { RejectedList } from '../schemas/rejected';

type Import = Pick<DataImport, 'columns' | 'container' | 'delimiter'>;

/** What a record lacks that cleansing rejected; its one reason so far. */
const laterReasons: Readonly<Record<string, Pick<RejectedRow, 'message' | 'hint'>>> = {
  no_name: {
    message: 'nothing in the row names what it is about',
    hint: 'fill the column that is mapped to a name, host name or the like',
  },
};

/** A rejected record with its cells in the columns of the import, as far as they can be told. */
export function rejectedRow(entry: Import, record: RejectedRecordRow): RejectedRow {
  const { rowNumber, lineNumber: line, code, columnPosition, raw, cells } = record;
  const { columns } = entry;
  const recovered =
    raw === null
      ? { cells: columns.map((_, position) => cells?.[position] ?? ''), rest: '' }
      : recoverCells(raw, entry);
  return {
    rowNumber,
    line,
    code,
    ...messageOf(record),
    column: columnPosition === null ? null : (columns[columnPosition] ?? null),
    ...recovered,
  };
}

/** Messages of the intake say what happened, and behind a semicolon what to do. */
function messageOf({ code, message, lineNumber }: RejectedRecordRow): Pick<RejectedRow, 'message' | 'hint'> {
  if (message === null) {
    const later = laterReasons[code] ?? { message: code, hint: '' };
    return { ...later, message: `Line ${lineNumber}: ${later.message}` };
  }
  const [what = message, ...advice] = message.split('; ');
  return { message: what, hint: advice.join('; ') };
}

export function presentRejected(
  entry: Import,
  record: RejectedRecordRow,
): z.output<typeof RejectedList>['records'][number] {
  const row = rejectedRow(entry, record);
  return {
    row_number: row.rowNumber,
    line_number: row.line,
    phase: record.phase,
    code: row.code,
    message: row.message,
    hint: row.hint,
    source_field: row.column,
    raw_data: Object.fromEntries(
      entry.columns.map((column, position) => [column, row.cells[position] ?? '']),
    ),
    rest: row.rest === '' ? null : row.rest,
  };
}
