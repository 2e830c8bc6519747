/** A value of one column of `COPY` in text format. Arrays and JSON are given as text, see `copyArray`. */
export type CopyValue = string | number | bigint | boolean | Date | null;

const needsEscape = /[\\\n\r\t]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text as it stands in a cell of COPY text. */
export function escapeText(text: string): string {
  return needsEscape.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? '') : text;
}

function encodeValue(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  return String(value);
}

/** Collects rows as the bytes that `COPY … FROM STDIN` reads. Texts must not contain NUL; PostgreSQL refuses them. */
export class CopyLines {
  private text = '';

  add(row: readonly CopyValue[]): void {
    for (let column = 0; column < row.length; column += 1) {
      if (column > 0) this.text += '\t';
      this.text += encodeValue(row[column] ?? null);
    }
    this.text += '\n';
  }

  /** The bytes of the rows added since the last time. */
  take(): Buffer {
    const bytes = Buffer.from(this.text, 'utf8');
    this.text = '';
    return bytes;
  }
}

/** Rows as the bytes that `COPY … FROM STDIN` reads. */
export function encodeCopy(rows: Iterable<readonly CopyValue[]>): Buffer {
  const lines = new CopyLines();
  for (const row of rows) lines.add(row);
  return lines.take();
}

/** An array literal for a `text[]` column, not yet escaped for COPY. */
export function copyArray(values: readonly (string | null)[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ',';
    const value = values[index] ?? null;
    text += value === null ? 'NULL' : `"${value.replace(/["\\]/g, '\\$&')}"`;
  }
  return `${text}}`;
}

/** The elements of a `text[]` in its output format, one dimension. */
export function parseCopyArray(literal: string): (string | null)[] {
  const values: (string | null)[] = [];
  let at = 1;
  while (at < literal.length - 1) {
    const [value, next] = literal[at] === '"' ? quotedElement(literal, at + 1) : bareElement(literal, at);
    values.push(value);
    at = next + 1;
  }
  return values;
}

function quotedElement(literal: string, start: number): [string, number] {
  let text = '';
  let from = start;
  let at = start;
  while (literal[at] !== '"') {
    if (literal[at] === '\\') {
      text += literal.slice(from, at);
      from = at + 1;
      at += 1;
    }
    at += 1;
  }
  return [text + literal.slice(from, at), at + 1];
}

function bareElement(literal: string, start: number): [string | null, number] {
  const comma = literal.indexOf(',', start);
  const end = comma === -1 ? literal.length - 1 : comma;
  const text = literal.slice(start, end);
  return [text === 'NULL' ? null : text, end];
}

const unescapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' };

function decodeValue(text: string): string | null {
  if (!text.includes('\\')) return text;
  if (text === '\\N') return null;
  return text.replace(/\\(.)/g, (_, letter: string) => unescapes[letter] ?? letter);
}

/** The rows of one complete piece of COPY text. */
export function decodeRows(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let from = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
    rows.push(text.slice(from, end).split('\t').map(decodeValue));
    from = end + 1;
  }
  return rows;
}

/** COPY text as rows of texts, a few hundred at a time in the order of the query. */
export async function* decodeCopy(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<(string | null)[][], void, undefined> {
  let pending: Buffer[] = [];
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(0x0a) + 1;
    if (end === 0) {
      pending.push(chunk);
      continue;
    }
    const whole = Buffer.concat([...pending, chunk.subarray(0, end)]);
    pending = end < chunk.length ? [chunk.subarray(end)] : [];
    yield decodeRows(whole.toString('utf8'));
  }
}
