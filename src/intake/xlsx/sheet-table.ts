import { DomainError } from '../../domain/errors';
import { BatchBuilder } from '../batch-builder';
import { copyOptionsFor } from '../csv/copy-format';
import type { FoundHeader } from '../detection/find-header';
import { checkHeader, nameColumns } from '../detection/header';
import { beforeGap, columnGap, gapWarnings } from '../csv/neighbour-table';
import type { TableOptions } from '../table-options';
import type { IntakeBatch, IntakeLimits, OpenTable } from '../types';
import type { ZipEntry } from '../zip/zip-entry';
import type { SheetInfo, Workbook } from './open-workbook';
import { partChunks } from './package-parts';
import { RowScanner, type SheetContext, feed } from './row-scanner';
import { RowWriter } from './row-writer';
import { type HeadRow, findSheetHeader } from './sheet-header';
import { type SheetFacts, SheetSurvey } from './sheet-survey';

/** So many rows with values are looked at to find the header row. */
const headRows = 200;

export async function contextOf(workbook: Workbook, limits: IntakeLimits): Promise<SheetContext> {
  const shared = await workbook.shared();
  return { shared, formats: workbook.formats, maxCellBytes: limits.maxCellBytes };
}

/** Collects the first rows that hold a value. */
export class HeadCollector {
  readonly rows: HeadRow[] = [];
  private ordinal = 0;

  /** Reads the rows that are there; true when they are enough. */
  read(scanner: RowScanner): boolean {
    while (this.rows.length < headRows && scanner.next()) {
      const { row } = scanner;
      this.ordinal += 1;
      if (row.width > 0 && !row.isBlank()) {
        this.rows.push({ line: row.line, ordinal: this.ordinal, cells: row.cells(row.width) });
      }
    }
    return this.rows.length >= headRows;
  }
}

/** The first rows of a sheet; the rest of its part is not read. */
export async function readHeadRows(
  workbook: Workbook,
  entry: ZipEntry,
  limits: IntakeLimits,
): Promise<readonly HeadRow[]> {
  const scanner = new RowScanner(await contextOf(workbook, limits));
  const collector = new HeadCollector();
  for await (const fed of feed(partChunks(workbook.zip, entry), scanner)) {
    if (collector.read(fed)) break;
  }
  return collector.rows;
}

interface SheetPlan {
  readonly rows: readonly HeadRow[];
  readonly facts: SheetFacts;
}

/** One pass over the whole sheet: its first rows, and what must be known before its records are read. */
async function planSheet(workbook: Workbook, entry: ZipEntry, context: SheetContext): Promise<SheetPlan> {
  const scanner = new RowScanner(context);
  const collector = new HeadCollector();
  const survey = new SheetSurvey();
  let isHeadRead = false;
  for await (const chunk of partChunks(workbook.zip, entry)) {
    if (!isHeadRead && scanner.push(chunk)) isHeadRead = collector.read(scanner) || scanner.isEnded;
    survey.push(chunk, scanner.prefixText);
  }
  if (!isHeadRead) {
    scanner.join();
    if (!collector.read(scanner)) scanner.checkEnd();
  }
  return { rows: collector.rows, facts: survey.finish() };
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function warningsOf({ bannerLines, line }: FoundHeader, facts: SheetFacts): string[] {
  const warnings: string[] = [];
  if (bannerLines > 0) {
    warnings.push(`The header row was found on row ${line}; the rows above it are no data`);
  }
  if (facts.hiddenRows > 0) {
    warnings.push(`${counted(facts.hiddenRows, 'hidden row was', 'hidden rows were')} read like the others`);
  }
  if (facts.emptyFormulas > 0) {
    const formulas = counted(facts.emptyFormulas, 'formula without', 'formulas without');
    warnings.push(
      `${formulas} a stored result read as empty; open the workbook, let it calculate and save it`,
    );
  }
  return warnings;
}

/**
 * Opens one sheet. Throws IMP_005 when it has no usable header row, UPLOAD_008 when it has too many columns, and
 * UPLOAD_006 when it is damaged.
 */
export async function openSheetTable(
  workbook: Workbook,
  sheet: SheetInfo,
  limits: IntakeLimits,
  options: TableOptions = {},
): Promise<OpenTable> {
  const { entry } = sheet;
  if (entry === null) throw new DomainError('IMP_005', { sheet: sheet.name });
  const context = await contextOf(workbook, limits);
  const { rows, facts } = await planSheet(workbook, entry, context);
  const { headerLine } = options;
  const search = { merges: facts.merges, headerLine, maxColumns: limits.maxColumns };
  const found = findSheetHeader(rows, search);
  // A row that a person chose is believed.
  const isChosen = headerLine !== undefined && found !== undefined;
  const header = checkHeader(isChosen ? { ...found, isChosen } : found, limits, 'IMP_005');
  const below = rows.filter(({ line }) => line > header.line).map(({ cells }) => cells);
  const gap = columnGap(header.cells, below);
  const isParted = gap?.isBorder === true;
  const { columns, warnings } = nameColumns(header.cells);
  const copyOptions = copyOptionsFor(',', columns.length);
  const headerOrdinal = rows.find(({ line }) => line === header.line)?.ordinal ?? 0;

  async function* batches(skipRows = options.skipRows ?? 0): AsyncGenerator<IntakeBatch> {
    const builder = new BatchBuilder({ copyOptions, limits, skipRows });
    const writer = new RowWriter({ copyOptions, width: columns.length, limits }, builder);
    let ordinal = 0;
    if (entry === null) return;
    for await (const scanner of feed(partChunks(workbook.zip, entry), new RowScanner(context))) {
      while (scanner.next()) {
        ordinal += 1;
        if (ordinal > headerOrdinal) writer.write(scanner.row);
        else if (ordinal === headerOrdinal) writer.readHeader(scanner.row);
      }
      yield* builder.take();
    }
    builder.finish();
    yield* builder.take();
  }

  const table: OpenTable = {
    header: { name: sheet.name, headerLine: header.line, columns },
    copyOptions,
    warnings: [...warningsOf(header, facts), ...gapWarnings(gap), ...(isParted ? [] : warnings)],
    batches,
  };
  return isParted ? beforeGap(table, header.cells, gap) : table;
}
