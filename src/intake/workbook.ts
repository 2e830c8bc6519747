import { DomainError } from '../domain/errors';
import type { TableOptions } from './table-options';
import {
  type Detection,
  type IntakeLimits,
  type OpenTable,
  type TablePlace,
  type UploadBytes,
  type UploadTable,
  defaultIntakeLimits,
} from './types';
import { type SheetInfo, type Workbook, openWorkbook } from './xlsx/open-workbook';
import { whyNoTable } from './xlsx/judge-sheet';
import { openSheetTable, readHeadRows } from './xlsx/sheet-table';

/** The tables of a workbook. */
export interface WorkbookTables {
  /** Sheets with a header row and at least one record, in the order of the workbook; may be empty. */
  readonly tables: readonly UploadTable[];
  /** The other sheets, each with the reason in plain words. */
  readonly ignored: readonly { readonly place: TablePlace; readonly reason: string }[];
  readonly warnings: readonly string[];
}

/** Cells hold characters and no bytes: the encoding of the parts inside does not matter to anybody. */
const detection: Detection = {
  container: 'xlsx',
  encoding: 'utf-8',
  hasBom: false,
  delimiter: null,
  warnings: [],
};

interface JudgedSheet {
  readonly sheet: SheetInfo;
  /** Null: the sheet holds a table. */
  readonly reason: string | null;
}

const placeOf = ({ name }: SheetInfo): TablePlace => ({ entry: null, sheet: name });

async function judge(workbook: Workbook, sheet: SheetInfo, limits: IntakeLimits): Promise<JudgedSheet> {
  if (sheet.entry === null) return { sheet, reason: 'It holds a chart or a dialog and no cells' };
  return { sheet, reason: whyNoTable(await readHeadRows(workbook, sheet.entry, limits), limits) };
}

/**
 * Lists the sheets of a workbook that hold a table; hidden ones only when no other does. Throws UPLOAD_001 for
 * other kinds of spreadsheets and UPLOAD_006 for a container that is damaged or not safe to unpack.
 */
export async function listSheets(
  bytes: UploadBytes,
  limits: IntakeLimits = defaultIntakeLimits,
): Promise<WorkbookTables> {
  const workbook = await openWorkbook(bytes, limits);
  const judged: JudgedSheet[] = [];
  for (const sheet of workbook.sheets) judged.push(await judge(workbook, sheet, limits));
  const withTable = judged.filter(({ reason }) => reason === null);
  const visible = withTable.filter(({ sheet }) => !sheet.isHidden);
  const chosen = new Set(visible.length > 0 ? visible : withTable);
  const areHidden = chosen.size > 0 && visible.length === 0;
  return {
    tables: [...chosen].map(({ sheet }) => ({ place: placeOf(sheet), detection })),
    ignored: judged
      .filter((one) => !chosen.has(one))
      .map(({ sheet, reason }) => ({ place: placeOf(sheet), reason: reason ?? 'The sheet is hidden' })),
    warnings: areHidden ? ['Only hidden sheets hold a table; they were read'] : [],
  };
}

/**
 * Opens a sheet by its name. Throws IMP_005 when it has no usable header row or is not there, UPLOAD_008 for too
 * many columns, UPLOAD_002 for more shared text than allowed, UPLOAD_001 and UPLOAD_006 as `listSheets`, and
 * IMP_002 from the batches when there are too many rows.
 */
export async function openSheet(
  bytes: UploadBytes,
  sheet: string,
  limits: IntakeLimits = defaultIntakeLimits,
  options: TableOptions = {},
): Promise<OpenTable> {
  const workbook = await openWorkbook(bytes, limits);
  const found = workbook.sheets.find(({ name }) => name === sheet);
  if (found === undefined) throw new DomainError('IMP_005', { sheet });
  return openSheetTable(workbook, found, limits, options);
}
