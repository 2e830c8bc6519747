import type { AttributeName, AttributeValue, AttributeValues } from '../../domain/attributes/types';

/** Signature, flags and an empty extension (PostgreSQL documentation, COPY, file formats). */
const headerBytes = 19;
const countBytes = 2;
const lengthBytes = 4;
/** The binary form of `jsonb` is a version and the text. */
export const versionBytes = 1;
const ended = -1;
const longestAsciiLoop = 64;

/**
 * The row of a binary COPY that is being read: its fields are bytes of the chunk until something is made of them. One
 * object stands for one row after the other, so what must outlive the row is copied.
 */
export class BinaryRow {
  /** The chunk; a field is `bytes[starts[field]]` on. */
  bytes: Buffer = Buffer.alloc(0);
  readonly starts: Int32Array;
  /** −1 for NULL. */
  readonly lengths: Int32Array;
  private latin1 = '';

  constructor(readonly fields: number) {
    this.starts = new Int32Array(fields);
    this.lengths = new Int32Array(fields);
  }

  /** Looks at another chunk. */
  enter(bytes: Buffer): void {
    this.bytes = bytes;
    this.latin1 = bytes.toString('latin1');
  }

  /** Finds the fields of the row that begins at a place. Answers where it ends, −1 when the chunk ends before it. */
  place(start: number): number {
    const { bytes, fields, starts, lengths } = this;
    let at = start + countBytes;
    for (let field = 0; field < fields; field += 1) {
      if (at + lengthBytes > bytes.length) return ended;
      const length = bytes.readInt32BE(at);
      at += lengthBytes;
      starts[field] = at;
      lengths[field] = length;
      if (length > 0) at += length;
    }
    return at > bytes.length ? ended : at;
  }

  isNull(field: number): boolean {
    return this.lengths[field] === -1;
  }

  /** An `integer`. */
  integer(field: number): number {
    return this.bytes.readInt32BE(this.startOf(field));
  }

  /** A text, `''` for NULL. It may be a part of a larger text that lives as long as it does. */
  text(field: number): string {
    const start = this.startOf(field);
    const length = this.lengths[field] as number; // callers name fields of the row
    if (length <= 0) return '';
    return this.slice(start, start + length);
  }

  /** A text that lives by itself, `''` for NULL. */
  ownText(field: number): string {
    return this.bytes.toString('utf8', this.startOf(field), this.endOf(field));
  }

  /** The values in consecutive `jsonb` columns from a field on (see `slimColumns`), which live by themselves. */
  ownValues(names: readonly AttributeName[], first: number): AttributeValues {
    const values: { [name in AttributeName]?: AttributeValue } = {};
    for (let at = 0; at < names.length; at += 1) {
      const name = names[at];
      const json = this.ownText(first + at).slice(versionBytes);
      if (name !== undefined && json !== '') values[name] = attributeValue(json);
    }
    return values;
  }

  /** The attribute value in a `jsonb` column; undefined for NULL. */
  value(field: number): AttributeValue | undefined {
    const length = this.lengths[field] as number; // callers name fields of the row
    if (length <= versionBytes) return undefined;
    const start = this.startOf(field);
    return attributeValue(this.slice(start + versionBytes, start + length));
  }

  /** Where the bytes of a field begin. */
  startOf(field: number): number {
    return this.starts[field] as number; // callers name fields of the row
  }

  /** Where a field ends. */
  endOf(field: number): number {
    return this.startOf(field) + Math.max(0, this.lengths[field] as number); // callers name fields of the row
  }

  /** Where the length of a field stands: from here to the end of another field, both fields and all between are told. */
  markOf(field: number): number {
    return this.startOf(field) - lengthBytes;
  }

  private slice(start: number, end: number): string {
    const { bytes } = this;
    if (end - start > longestAsciiLoop) return bytes.toString('utf8', start, end);
    for (let at = start; at < end; at += 1) {
      if ((bytes[at] as number) > 0x7f) return bytes.toString('utf8', start, end); // the field is within the chunk
    }
    return this.latin1.slice(start, end);
  }
}

/** A value from the text of a `jsonb` column. */
export function attributeValue(json: string): AttributeValue {
  // Most values are plain texts, whose quotes are all there is to parse.
  if (json.startsWith('"') && !json.includes('\\')) return json.slice(1, -1);
  return JSON.parse(json) as AttributeValue; // cleansing wrote attribute values
}

/** Shows each row of a binary COPY of so many columns, in the order of the query. */
export async function eachBinaryRow(
  chunks: AsyncIterable<Buffer>,
  columns: number,
  visit: (row: BinaryRow) => void,
): Promise<void> {
  const row = new BinaryRow(columns);
  let rest: Buffer = Buffer.alloc(0);
  let isBegun = false;
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (!isBegun && bytes.length < headerBytes) {
      rest = bytes;
      continue;
    }
    rest = bytes.subarray(visitRows(row, bytes, isBegun ? 0 : headerBytes, visit));
    isBegun = true;
  }
}

/** Shows the complete rows of a chunk and answers where they end. */
function visitRows(row: BinaryRow, bytes: Buffer, start: number, visit: (row: BinaryRow) => void): number {
  row.enter(bytes);
  let at = start;
  while (at + countBytes <= bytes.length && bytes.readInt16BE(at) !== ended) {
    const end = row.place(at);
    if (end === ended) break;
    visit(row);
    at = end;
  }
  return at;
}
