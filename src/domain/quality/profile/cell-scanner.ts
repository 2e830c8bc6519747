const digit = 1;
const lower = 2;
const upper = 3;
const dot = 4;
const comma = 5;
const colon = 6;
const dash = 7;
const blank = 8;
const separator = 9;
const at = 10;
const slash = 11;
const other = 12;
const foreign = 13;
const classes = 14;

function classOf(code: number): number {
  if (code >= 48 && code <= 57) {
    return digit;
  }
  if (code >= 97 && code <= 122) {
    return lower;
  }
  if (code >= 65 && code <= 90) {
    return upper;
  }
  const special: Readonly<Record<number, number>> = {
    9: blank,
    10: separator,
    13: blank,
    32: blank,
    44: comma,
    45: dash,
    46: dot,
    47: slash,
    58: colon,
    59: separator,
    64: at,
    124: separator,
  };
  return special[code] ?? other;
}

const table = Uint8Array.from({ length: 128 }, (_, code) => classOf(code));
/** Characters beyond this do not change what a cell looks like. */
const scanned = 256;

/** Counts the classes of characters of one cell after another, so that costly tests run only where they can fit. */
export class CellScanner {
  private readonly counts = new Int32Array(classes);
  /** FNV-1a over the first characters and the length; different hashes mean different texts. */
  hash = 0;

  scan(text: string): void {
    const { counts } = this;
    counts.fill(0);
    const length = Math.min(text.length, scanned);
    let hash = 0x811c9dc5 ^ text.length;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      hash = Math.imul(hash ^ code, 0x01000193);
      const kind = code < 128 ? (table[code] ?? other) : foreign;
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    this.hash = hash >>> 0;
  }

  get digits(): number {
    return this.counts[digit] ?? 0;
  }

  get letters(): number {
    return (this.counts[lower] ?? 0) + (this.counts[upper] ?? 0) + (this.counts[foreign] ?? 0);
  }

  get lowerLetters(): number {
    return this.counts[lower] ?? 0;
  }

  get dots(): number {
    return this.counts[dot] ?? 0;
  }

  get colons(): number {
    return this.counts[colon] ?? 0;
  }

  get dashes(): number {
    return this.counts[dash] ?? 0;
  }

  get blanks(): number {
    return this.counts[blank] ?? 0;
  }

  get slashes(): number {
    return this.counts[slash] ?? 0;
  }

  get ats(): number {
    return this.counts[at] ?? 0;
  }

  /** Commas, semicolons, bars and line breaks. */
  get listMarks(): number {
    return (this.counts[comma] ?? 0) + (this.counts[separator] ?? 0);
  }
}
