import { isValueLike } from './find-header';
import type { RecordReader } from '../record-reader';

/** A record that may not belong to the table. */
export interface BorderRecord {
  readonly bytes: Buffer;
  readonly fields: number;
  /** It has another number of cells than the table. */
  readonly isRagged: boolean;
  readonly cells: () => readonly string[];
  /** Cells of the record behind it; null when more bytes are needed to tell. */
  readonly nextFields: () => number | null;
}

/** `undecided`: more bytes are needed. */
export type BorderVerdict = 'inside' | 'repeated_header' | 'second_table' | 'undecided';

const nameOf = (cell: string): string => cell.trim().toLowerCase();

/** Whether a row below a blank line names columns, one of them like a column of the table above. */
export function isSecondHeader(cells: readonly string[], names: ReadonlySet<string>): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length < 2 || filled.some(isValueLike)) return false;
  return new Set(filled.map(nameOf)).size === filled.length && filled.some((cell) => names.has(nameOf(cell)));
}

/** Knows where a table ends although the file goes on: at its header again, or at a second table below a blank line. */
export class TableBorder {
  private header: Buffer = Buffer.alloc(0);
  private names: ReadonlySet<string> = new Set();
  private isBelowBlank = false;
  /** Cells of the records of the second table, or -1. */
  private otherWidth = -1;

  readHeader(bytes: Buffer, cells: readonly string[]): void {
    this.header = Buffer.from(bytes);
    this.names = new Set(cells.map(nameOf).filter((name) => name !== ''));
  }

  passBlank(): void {
    this.isBelowBlank = true;
  }

  /** Whether a record of so many bytes needs a closer look; nearly none does. */
  isNear(length: number): boolean {
    return this.isBelowBlank || this.otherWidth >= 0 || length === this.header.length;
  }

  judge(record: BorderRecord): BorderVerdict {
    if (this.header.length > 0 && record.bytes.equals(this.header)) {
      this.isBelowBlank = false;
      this.otherWidth = -1;
      return 'repeated_header';
    }
    if (this.otherWidth >= 0) return record.fields === this.otherWidth ? 'second_table' : 'inside';
    if (!this.isBelowBlank) return 'inside';
    const isOther = this.beginsOther(record);
    if (isOther === null) return 'undecided';
    this.isBelowBlank = false;
    if (!isOther) return 'inside';
    this.otherWidth = record.fields;
    return 'second_table';
  }

  /** A note below a table is one record; a table has at least two of the same width. */
  private beginsOther({ isRagged, fields, cells, nextFields }: BorderRecord): boolean | null {
    if (!isRagged) return isSecondHeader(cells(), this.names);
    if (fields < 2) return false;
    const next = nextFields();
    return next === null ? null : next === fields;
  }
}

/** Cells of the record at `start`; 0 when it makes no sense, null when it ends behind the bytes that are there. */
export function fieldsAt(
  probe: RecordReader,
  bytes: Buffer,
  { start, limit, final }: { readonly start: number; readonly limit: number; readonly final: boolean },
): number | null {
  const bound = Math.min(bytes.length, start + limit);
  const outcome = probe.read(bytes, start, bound, final && bound === bytes.length);
  if (outcome === 'record') return probe.fields;
  return outcome === 'incomplete' && !final && bound < start + limit ? null : 0;
}
