import { maxRawBytes } from './rejection';

const nothing = Buffer.alloc(0);

/** Collects the pieces of a value; when it grows too large only its beginning is kept. */
export class BoundedBytes {
  length = 0;
  private parts: Buffer[] = [];

  constructor(private readonly limit: number) {}

  get isTooLarge(): boolean {
    return this.length > this.limit;
  }

  add(bytes: Buffer): void {
    const wasTooLarge = this.isTooLarge;
    this.length += bytes.length;
    if (!this.isTooLarge) this.parts.push(bytes);
    else if (!wasTooLarge) {
      const beginning = Buffer.concat([...this.parts, bytes.subarray(0, maxRawBytes)]);
      this.parts = [Buffer.from(beginning.subarray(0, maxRawBytes))];
    }
  }

  /** Gives the bytes and starts anew. */
  take(): Buffer {
    const [only] = this.parts;
    const bytes = this.parts.length > 1 ? Buffer.concat(this.parts) : (only ?? nothing);
    this.parts = [];
    this.length = 0;
    return bytes;
  }
}
