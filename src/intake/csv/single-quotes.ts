const sampleCharacters = 64 * 1024;
const apostrophe = 0x27;
const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Cells of one line that stand wholly between two of the marks. */
const wrapped = {
  '"': /(?:^|[,;\t|])"[^"\r\n]*"(?=[,;\t|\r\n]|$)/gmu,
  "'": /(?:^|[,;\t|])'[^'\r\n]*'(?=[,;\t|\r\n]|$)/gmu,
} as const;

/** Whether cells are quoted with single quotes: they stand around a cell in most lines. */
export function hasSingleQuotes(text: string): boolean {
  const sample = text.slice(0, sampleCharacters);
  if (!sample.includes("'")) return false;
  const lines = sample.split(/[\r\n]+/u).filter((line) => line.trim() !== '').length;
  const single = sample.match(wrapped["'"])?.length ?? 0;
  const double = sample.match(wrapped['"'])?.length ?? 0;
  return single >= Math.max(2, lines / 2) && single > double * 2;
}

type State = 'cell_start' | 'plain' | 'quoted' | 'quote_seen' | 'rewritten';

/** Rewrites a table whose cells are quoted with single quotes into one with double quotes, chunk by chunk. */
export class SingleQuoteReader {
  private state: State = 'cell_start';
  private target: Buffer = Buffer.alloc(0);
  private used = 0;

  constructor(private readonly delimiter: number) {}

  push(chunk: Buffer): Buffer {
    this.target = Buffer.allocUnsafe(chunk.length * 3 + 2);
    this.used = 0;
    for (const byte of chunk) this.take(byte);
    return this.target.subarray(0, this.used);
  }

  finish(): Buffer {
    const isOpen = this.state === 'quote_seen' || this.state === 'rewritten';
    this.state = 'cell_start';
    return Buffer.from(isOpen ? '"' : '');
  }

  private write(byte: number): void {
    this.target[this.used] = byte;
    this.used += 1;
  }

  private take(byte: number): void {
    switch (this.state) {
      case 'cell_start':
        return this.startCell(byte);
      case 'plain':
        return this.pass(byte);
      case 'quoted':
        return this.passQuoted(byte);
      case 'quote_seen':
        return this.endQuoted(byte);
      case 'rewritten':
        return this.passRewritten(byte);
    }
  }

  private isCellEnd(byte: number): boolean {
    return byte === this.delimiter || byte === lineFeed || byte === carriageReturn;
  }

  private startCell(byte: number): void {
    if (byte === apostrophe) {
      this.write(quote);
      this.state = 'quoted';
    } else if (byte === quote) {
      // A double quote is an ordinary character here, so its cell must be quoted.
      this.write(quote);
      this.state = 'rewritten';
      this.passRewritten(byte);
    } else this.pass(byte);
  }

  private pass(byte: number): void {
    this.write(byte);
    this.state = this.isCellEnd(byte) ? 'cell_start' : 'plain';
  }

  private passQuoted(byte: number): void {
    if (byte === apostrophe) {
      this.state = 'quote_seen';
      return;
    }
    if (byte === quote) this.write(quote);
    this.write(byte);
  }

  private endQuoted(byte: number): void {
    if (byte === apostrophe) {
      this.write(apostrophe);
      this.state = 'quoted';
      return;
    }
    this.write(quote);
    this.pass(byte);
  }

  private passRewritten(byte: number): void {
    if (this.isCellEnd(byte)) {
      this.write(quote);
      this.pass(byte);
      return;
    }
    if (byte === quote) this.write(quote);
    this.write(byte);
  }
}

/** The same for a text that is at hand. */
export function withDoubleQuotes(text: string, delimiter: string): string {
  const reader = new SingleQuoteReader(delimiter.charCodeAt(0));
  const body = reader.push(Buffer.from(text));
  return Buffer.concat([body, reader.finish()]).toString('utf8');
}
