import type { BatchBuilder } from '../batch-builder';
import { encodeRecord } from '../csv/copy-format';
import { maxRawBytes, rejectionMessage } from '../rejection';
import { TableBorder } from '../detection/table-border';
import type { CopyOptions, IntakeLimits, RejectionCode } from '../types';
import type { SheetRow } from './sheet-row';
import { TextBuffer } from './text-buffer';

const tooManyAdvice = 'a value stands outside the columns of the header; give its column a name or remove it';

export interface RowWriterOptions {
  readonly copyOptions: CopyOptions;
  /** Number of columns. */
  readonly width: number;
  readonly limits: IntakeLimits;
}

/** Writes rows of a sheet as records: blank ones are passed over, bad ones rejected alone. */
export class RowWriter {
  private readonly record = new TextBuffer();
  private readonly border = new TableBorder();
  private lastLine = 0;

  constructor(
    private readonly options: RowWriterOptions,
    private readonly builder: BatchBuilder,
  ) {}

  /** Takes note of the header row, which may stand again further down. */
  readHeader(row: SheetRow): void {
    const { width } = this.options;
    this.encode(row);
    this.border.readHeader(this.record.bytes.subarray(0, this.record.used), row.cells(width));
    this.lastLine = row.line;
  }

  write(row: SheetRow): void {
    // A row that the sheet does not hold is blank.
    if (row.line > this.lastLine + 1) this.border.passBlank();
    this.lastLine = row.line;
    if (row.width === 0 || row.isBlank()) {
      this.border.passBlank();
      this.builder.countBlankLine();
      return;
    }
    this.encode(row);
    const surplus = this.surplusOf(row);
    const border = this.borderOf(row);
    if (border !== null) this.reject(row, border, null);
    else if (row.fault !== null) this.reject(row, row.fault.code, row.fault.column);
    else if (surplus >= 0) this.reject(row, 'too_many_cells', surplus);
    else this.accept(row);
  }

  private encode(row: SheetRow): void {
    this.record.clear();
    row.writeCsv(this.options.width, this.record);
  }

  /** Whether a row stands behind the end of the table. */
  private borderOf(row: SheetRow): 'repeated_header' | 'second_table' | null {
    const { record, border } = this;
    const { width } = this.options;
    if (!border.isNear(record.used)) return null;
    const verdict = border.judge({
      bytes: record.bytes.subarray(0, record.used),
      fields: width,
      isRagged: false,
      cells: () => row.cells(width),
      nextFields: () => width,
    });
    return verdict === 'repeated_header' || verdict === 'second_table' ? verdict : null;
  }

  private accept(row: SheetRow): void {
    const { record, builder } = this;
    if (this.options.copyOptions.layout === 'array') {
      builder.acceptCells(row.cells(this.options.width), row.line);
    } else builder.acceptBytes(record.bytes, 0, record.used, row.line);
  }

  private surplusOf(row: SheetRow): number {
    for (let column = this.options.width; column < row.width; column += 1) {
      if (!row.isEmpty(column) && row.text(column).trim() !== '') return column;
    }
    return -1;
  }

  private reject(row: SheetRow, code: RejectionCode, column: number | null): void {
    const { line } = row;
    const { maxCellBytes } = this.options.limits;
    const message =
      code === 'too_many_cells' && column !== null
        ? `Line ${line}, cell ${column + 1}: ${tooManyAdvice}`
        : rejectionMessage({ code, line, column, maxCellBytes });
    this.builder.reject({ line, column, code, message, raw: this.rawOf(row) });
  }

  /** The cells as a CSV record, since the part itself means nothing to people. */
  private rawOf(row: SheetRow): string {
    const cells: string[] = [];
    let characters = 0;
    for (let column = 0; column < row.width && characters < maxRawBytes; column += 1) {
      const cell = row.text(column).slice(0, maxRawBytes).replaceAll('\0', '\u{fffd}');
      cells.push(cell);
      characters += cell.length + 1;
    }
    const raw = encodeRecord(cells, ',');
    if (Buffer.byteLength(raw) <= maxRawBytes) return raw;
    return Buffer.from(raw)
      .subarray(0, maxRawBytes)
      .toString('utf8')
      .replace(/\u{fffd}+$/u, '');
  }
}
