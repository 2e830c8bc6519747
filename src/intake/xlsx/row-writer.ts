import type { BatchBuilder } from '../batch-builder';
import { encodeRecord } from '../copy-format';
import { maxRawBytes, rejectionMessage } from '../rejection';
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

  constructor(
    private readonly options: RowWriterOptions,
    private readonly builder: BatchBuilder,
  ) {}

  write(row: SheetRow): void {
    const { width, copyOptions } = this.options;
    if (row.width === 0 || row.isBlank()) {
      this.builder.countBlankLine();
      return;
    }
    if (row.fault !== null) this.reject(row, row.fault.code, row.fault.column);
    else if (row.width > width && this.surplusOf(row) >= 0) {
      this.reject(row, 'too_many_cells', this.surplusOf(row));
    } else if (copyOptions.layout === 'array') this.builder.acceptCells(row.cells(width), row.line);
    else this.accept(row);
  }

  private accept(row: SheetRow): void {
    const { record } = this;
    record.clear();
    row.writeCsv(this.options.width, record);
    this.builder.acceptBytes(record.bytes, 0, record.used, row.line);
  }

  private surplusOf(row: SheetRow): number {
    for (let column = this.options.width; column < row.width; column += 1) {
      if (!row.isEmpty(column) && row.text(column).trim() !== '') return column;
    }
    return -1;
  }

  private reject(row: SheetRow, code: RejectionCode, column: number): void {
    const { line } = row;
    const { maxCellBytes } = this.options.limits;
    const message =
      code === 'too_many_cells'
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
