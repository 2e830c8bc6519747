import { DomainError } from '../../domain/errors';
import { BoundedBytes } from '../bounded-bytes';
import { type JsonElement, type JsonElementScanner, maxElementBytes } from './json-element';
import { JsonValueScan } from './json-value-scan';

const lineFeed = 0x0a;

/** Gives out the lines of NDJSON; blank ones are passed over. Throws UPLOAD_010 for deep nesting. */
export class JsonLinesScanner implements JsonElementScanner {
  private readonly captured = new BoundedBytes(maxElementBytes);
  private line = 1;
  private elements: JsonElement[] = [];
  private readonly scan: JsonValueScan;

  constructor(maxDepth: number) {
    this.scan = new JsonValueScan(maxDepth);
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(lineFeed, from);
      this.captured.add(chunk.subarray(from, end < 0 ? chunk.length : end));
      if (end < 0) return;
      this.endLine();
      from = end + 1;
    }
  }

  finish(): void {
    this.endLine();
  }

  take(): readonly JsonElement[] {
    const taken = this.elements;
    this.elements = [];
    return taken;
  }

  private endLine(): void {
    const { isTooLarge } = this.captured;
    const bytes = this.captured.take();
    const { line } = this;
    this.line += 1;
    const first = bytes.findIndex((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d);
    if (first < 0) return;
    this.scan.begin(bytes[first] ?? 0, 0);
    if (!isTooLarge) this.follow(bytes.subarray(first), line);
    const { pairs, hasOddNumbers } = this.scan;
    this.elements.push({ table: null, bytes, line, pairs, hasOddNumbers, isTooLarge });
  }

  private follow(bytes: Buffer, line: number): void {
    try {
      this.scan.follow(bytes, 0);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new DomainError(error.code, { ...error.details, line }, { cause: error });
    }
  }
}
