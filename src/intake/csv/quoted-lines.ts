import { readTextRecords } from './csv-text';
import { sniffDelimiter } from '../detection/sniff-delimiter';

const sampleCharacters = 64 * 1024;
const sampleRecords = 200;
const fewestColumns = 3;
/** A quoted cell longer than this is no line of a table; it is passed on as it stands. */
const longestLine = 1024 * 1024;

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A line that is one quoted cell from its first character to its last. */
const quotedLine = /^"((?:[^"\r\n]|"")*)"(?=\r?$)/gmu;

const unquoted = (text: string): string =>
  text.replaceAll(quotedLine, (_, inner: string) => inner.replaceAll('""', '"'));

/**
 * Whether whole lines of a table stand between quotes, as a spreadsheet program leaves them that took each line for
 * one cell. Such a line would be a ragged record, so nothing that reads well is taken for one.
 */
export function hasQuotedLines(text: string): boolean {
  const sample = text.slice(0, sampleCharacters);
  const found = sample.match(quotedLine) ?? [];
  if (found.length < 2) return false;
  const delimiter = sniffDelimiter(unquoted(sample));
  const widthOf = (line: string): number =>
    readTextRecords(unquoted(line), delimiter, 1)[0]?.cells.length ?? 0;
  const [header] = readTextRecords(unquoted(sample), delimiter, 1);
  const width = header?.cells.length ?? 0;
  const fitting = found.slice(0, sampleRecords).filter((line) => widthOf(line) === width).length;
  return width >= fewestColumns && fitting >= 2 && fitting >= Math.min(found.length, sampleRecords) * 0.8;
}

type State = 'line_start' | 'held' | 'quote_seen' | 'plain' | 'plain_quoted';

/** Takes the quotes around whole lines away, chunk by chunk; other lines pass as they stand. */
export class QuotedLineReader {
  private state: State = 'line_start';
  /** A quoted cell that began its line, with its quotes, until it is known what follows it. */
  private held: number[] = [];
  private target: number[] = [];

  push(chunk: Buffer): Buffer {
    for (const byte of chunk) this.take(byte);
    return this.taken();
  }

  finish(): Buffer {
    if (this.state === 'quote_seen') this.releaseUnquoted();
    else this.release();
    this.state = 'line_start';
    return this.taken();
  }

  private taken(): Buffer {
    const taken = Buffer.from(this.target);
    this.target = [];
    return taken;
  }

  private take(byte: number): void {
    switch (this.state) {
      case 'line_start':
        return byte === quote ? this.hold(byte, 'held') : this.pass(byte);
      case 'held':
        return this.takeHeld(byte);
      case 'quote_seen':
        return this.endHeld(byte);
      case 'plain':
        return this.pass(byte);
      case 'plain_quoted':
        this.target.push(byte);
        if (byte === quote) this.state = 'plain';
    }
  }

  private hold(byte: number, state: State): void {
    this.held.push(byte);
    this.state = state;
  }

  private takeHeld(byte: number): void {
    this.hold(byte, byte === quote ? 'quote_seen' : 'held');
    if (this.held.length <= longestLine || this.state === 'quote_seen') return;
    this.release();
    this.state = 'plain_quoted';
  }

  private endHeld(byte: number): void {
    if (byte === quote) {
      this.hold(byte, 'held');
      return;
    }
    if (isLineEnd(byte)) this.releaseUnquoted();
    else this.release();
    this.pass(byte);
  }

  private pass(byte: number): void {
    this.target.push(byte);
    if (byte === quote) this.state = 'plain_quoted';
    else this.state = isLineEnd(byte) ? 'line_start' : 'plain';
  }

  private release(): void {
    for (const byte of this.held) this.target.push(byte);
    this.held = [];
  }

  /** Inside the outer quotes each quote stands twice. */
  private releaseUnquoted(): void {
    const { held } = this;
    for (let at = 1; at < held.length - 1; at += 1) {
      const byte = held[at] ?? quote;
      this.target.push(byte);
      if (byte === quote) at += 1;
    }
    this.held = [];
  }
}

function isLineEnd(byte: number): boolean {
  return byte === lineFeed || byte === carriageReturn;
}

/** The same for a text that is at hand. */
export function withoutQuotedLines(text: string): string {
  const reader = new QuotedLineReader();
  return Buffer.concat([reader.push(Buffer.from(text)), reader.finish()]).toString('utf8');
}
