import { DomainError } from '../../domain/errors';
import type { TextBuffer } from './text-buffer';
import { ByteRange } from './copy-bytes';

const pageBits = 22;
const pageBytes = 1 << pageBits;
const pageMask = pageBytes - 1;
const lengthMask = 0x0fff_ffff;
const firstCount = 1024;
/** Place and description of a text. */
const entryBytes = 8;

const quotedText = 0x1000_0000;
const nulText = 0x2000_0000;
const tooLargeText = 0x4000_0000;
const invalidText = 0x8000_0000;

/** What the description of a text says beside its length. */
export const sharedTextBits = { quotedText, nulText, tooLargeText, invalidText, lengthMask } as const;

export interface SharedTextLimits {
  /** All texts together, in UTF-8 and with eight bytes each for their places. */
  readonly maxBytes: number;
  readonly maxCellBytes: number;
}

const grown = (values: Uint32Array): Uint32Array => {
  const larger = new Uint32Array(values.length * 2);
  larger.set(values);
  return larger;
};

/** The shared texts of a workbook as bytes: no string each, for there may be millions. */
export class SharedTexts {
  count = 0;
  private readonly range = new ByteRange();
  /** Length of each text and what is known of it: the flags above. */
  private infos: Uint32Array = new Uint32Array(firstCount);
  private places: Uint32Array = new Uint32Array(firstCount);
  private readonly pages: Buffer[] = [];
  private pageUsed = pageBytes;
  private bytes = 0;

  constructor(private readonly limits: SharedTextLimits) {}

  /** Adds what `text` holds behind `start`. Throws UPLOAD_002 when all texts together are too large. */
  add(text: TextBuffer, start: number): void {
    const length = text.used - start;
    const isTooLarge = length > this.limits.maxCellBytes;
    const kept = Math.min(length, this.limits.maxCellBytes, pageBytes);
    this.bytes += kept + entryBytes;
    if (this.bytes > this.limits.maxBytes) {
      const hint = 'Split the workbook, or save its sheets as CSV';
      throw new DomainError('UPLOAD_002', { max_shared_text_bytes: this.limits.maxBytes, hint });
    }
    const page = this.pageFor(kept);
    this.range.set(text.bytes, start, start + kept).copy(page, this.pageUsed);
    this.note(kept, {
      needsQuotes: text.needsQuotes,
      hasNul: text.hasNul,
      isTooLarge,
      isValid: text.isValid,
    });
  }

  // Indexes below `count` are inside the arrays, hence the non-null assertions.
  /** Length and flags of a text. */
  info(index: number): number {
    return this.infos[index]!;
  }

  length(index: number): number {
    return this.infos[index]! & lengthMask;
  }

  /** The bytes in which a text lies, from `offset(index)` on. */
  page(index: number): Buffer {
    return this.pages[this.places[index]! >>> pageBits]!;
  }

  offset(index: number): number {
    return this.places[index]! & pageMask;
  }

  text(index: number): string {
    const start = this.offset(index);
    return this.page(index).toString('utf8', start, start + this.length(index));
  }

  private pageFor(bytes: number): Buffer {
    const last = this.pages.at(-1);
    if (last !== undefined && this.pageUsed + bytes <= pageBytes) return last;
    const page = Buffer.allocUnsafeSlow(pageBytes);
    this.pages.push(page);
    this.pageUsed = 0;
    return page;
  }

  private note(
    length: number,
    facts: {
      readonly needsQuotes: boolean;
      readonly hasNul: boolean;
      readonly isTooLarge: boolean;
      readonly isValid: boolean;
    },
  ): void {
    if (this.count === this.infos.length) {
      this.infos = grown(this.infos);
      this.places = grown(this.places);
    }
    let info = length;
    if (facts.needsQuotes) info |= quotedText;
    if (facts.hasNul) info |= nulText;
    if (facts.isTooLarge) info |= tooLargeText;
    if (!facts.isValid) info |= invalidText;
    this.infos[this.count] = info;
    this.places[this.count] = (this.pages.length - 1) * pageBytes + this.pageUsed;
    this.pageUsed += length;
    this.count += 1;
  }
}
