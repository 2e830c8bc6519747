import { DomainError } from '../../domain/errors';
import { BoundedBytes } from '../bounded-bytes';
import { type JsonElement, type JsonElementScanner, maxElementBytes } from './json-element';
import { JsonValueScan } from './json-value-scan';

type State = 'start' | 'first_key' | 'key' | 'colon' | 'member' | 'first_value' | 'value' | 'after' | 'end';

interface Level {
  readonly kind: 'array' | 'object';
  /** Keys from the root, joined by dots; empty for the root. */
  readonly path: string;
}

interface Capture {
  readonly kind: 'key' | 'member' | 'element';
  readonly line: number;
}

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const openArray = 0x5b;
const closeArray = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;
const quoteByte = 0x22;
const colonByte = 0x3a;
const commaByte = 0x2c;

/**
 * Walks the bytes of a JSON document and gives out the elements of its arrays that are reached through objects
 * alone, one at a time. Throws UPLOAD_009 where the document is not JSON, UPLOAD_010 for deep nesting.
 */
export class JsonDocumentScanner implements JsonElementScanner {
  /** Scalar members of the root object, by name. */
  readonly rootScalars: string[] = [];
  /** The whole document; null when it is long. */
  document: Buffer | null = null;
  private readonly whole = new BoundedBytes(maxElementBytes);
  private state: State = 'start';
  private readonly levels: Level[] = [];
  private key = '';
  private line = 1;
  private capture: Capture | null = null;
  private readonly captured = new BoundedBytes(maxElementBytes);
  private elements: JsonElement[] = [];
  private readonly scan: JsonValueScan;

  private readonly steps: Readonly<Record<State, (byte: number, at: number) => number>> = {
    start: (byte, at) => this.startDocument(byte, at),
    first_key: (byte, at) => this.startKey(byte, at),
    key: (byte, at) => this.startKey(byte, at),
    colon: (byte, at) => this.passColon(byte, at),
    member: (byte, at) => this.startMember(byte, at),
    first_value: (byte, at) => this.startElement(byte, at),
    value: (byte, at) => this.startElement(byte, at),
    after: (byte, at) => this.passSeparator(byte, at),
    end: () => this.refuse('text follows the document'),
  };

  constructor(private readonly maxDepth: number) {
    this.scan = new JsonValueScan(maxDepth);
  }

  push(chunk: Buffer): void {
    this.whole.add(chunk);
    let at = 0;
    while (at < chunk.length) at = this.capture === null ? this.step(chunk, at) : this.follow(chunk, at);
  }

  finish(): void {
    if (this.state !== 'end') throw this.invalid('the document ends too early');
    this.document = this.whole.isTooLarge ? null : this.whole.take();
  }

  take(): readonly JsonElement[] {
    const taken = this.elements;
    this.elements = [];
    return taken;
  }

  private invalid(reason: string): DomainError {
    return new DomainError('UPLOAD_009', { line: this.line, reason });
  }

  private refuse(reason: string): never {
    throw this.invalid(reason);
  }

  private step(chunk: Buffer, at: number): number {
    const byte = chunk[at] ?? 0;
    if (byte === 0x0a) this.line += 1;
    if (isBlank(byte)) return at + 1;
    return this.steps[this.state](byte, at);
  }

  private startDocument(byte: number, at: number): number {
    if (byte !== openArray && byte !== openObject) throw this.invalid('no array and no object');
    return this.descend(byte, '', at);
  }

  private descend(byte: number, path: string, at: number): number {
    if (this.levels.length >= this.maxDepth)
      throw new DomainError('UPLOAD_010', { max_depth: this.maxDepth });
    this.levels.push({ kind: byte === openArray ? 'array' : 'object', path });
    this.state = byte === openArray ? 'first_value' : 'first_key';
    return at + 1;
  }

  private ascend(at: number): number {
    this.levels.pop();
    this.state = this.levels.length === 0 ? 'end' : 'after';
    return at + 1;
  }

  private startKey(byte: number, at: number): number {
    if (byte === closeObject && this.state === 'first_key') return this.ascend(at);
    if (byte !== quoteByte) throw this.invalid('a key in double quotes is missing');
    return this.startCapture('key', byte, at);
  }

  private passColon(byte: number, at: number): number {
    if (byte !== colonByte) throw this.invalid('a colon is missing');
    this.state = 'member';
    return at + 1;
  }

  private startMember(byte: number, at: number): number {
    const parent = this.levels.at(-1)?.path ?? '';
    const path = parent === '' ? this.key : `${parent}.${this.key}`;
    if (byte === openArray || byte === openObject) return this.descend(byte, path, at);
    if (this.levels.length === 1) this.rootScalars.push(this.key);
    return this.startCapture('member', byte, at);
  }

  private startElement(byte: number, at: number): number {
    if (byte === closeArray && this.state === 'first_value') return this.ascend(at);
    return this.startCapture('element', byte, at);
  }

  private passSeparator(byte: number, at: number): number {
    const isArray = this.levels.at(-1)?.kind === 'array';
    if (byte === (isArray ? closeArray : closeObject)) return this.ascend(at);
    if (byte !== commaByte) throw this.invalid('a comma is missing');
    this.state = isArray ? 'value' : 'key';
    return at + 1;
  }

  private startCapture(kind: Capture['kind'], byte: number, at: number): number {
    this.capture = { kind, line: this.line };
    this.scan.begin(byte, this.levels.length);
    return at;
  }

  private follow(chunk: Buffer, from: number): number {
    const { capture } = this;
    if (capture === null) return from;
    const end = this.scan.follow(chunk, from);
    const to = end < 0 ? chunk.length : end;
    this.captured.add(chunk.subarray(from, to));
    if (end < 0) return chunk.length;
    if (this.captured.length === 0) throw this.invalid('a value is missing');
    this.capture = null;
    this.complete(capture);
    this.line += this.scan.lineBreaks;
    return end;
  }

  private complete(capture: Capture): void {
    const { isTooLarge } = this.captured;
    const bytes = this.captured.take();
    if (capture.kind === 'element') {
      const { pairs, hasOddNumbers } = this.scan;
      const table = this.levels.at(-1)?.path ?? '';
      const { line } = capture;
      this.elements.push({
        table: table === '' ? null : table,
        bytes,
        line,
        pairs,
        hasOddNumbers,
        isTooLarge,
      });
      this.state = 'after';
      return;
    }
    if (isTooLarge) throw this.invalid('a member is too long');
    const value = this.parse(bytes);
    if (capture.kind === 'key') this.key = String(value);
    this.state = capture.kind === 'key' ? 'colon' : 'after';
  }

  private parse(bytes: Buffer): unknown {
    try {
      return JSON.parse(bytes.toString('utf8'));
    } catch (error) {
      throw new DomainError('UPLOAD_009', { line: this.line }, { cause: error });
    }
  }
}
