import { DomainError } from '../../domain/errors';

const ordinary = 0;
const quote = 1;
const open = 2;
const close = 3;
const colon = 4;
const digit = 5;
const numberMark = 6;
const lineFeed = 7;
const valueEnd = 8;

const classes = new Uint8Array(256);
const classify = (characters: string, kind: number): void => {
  for (const character of characters) classes[character.charCodeAt(0)] = kind;
};
classify('"', quote);
classify('{[', open);
classify('}]', close);
classify(':', colon);
classify('0123456789', digit);
classify('.eE', numberMark);
classify('\n', lineFeed);
classify(' \t\r,', valueEnd);

const backslash = 0x5c;
const quoteByte = 0x22;
/** A number of so many digits may lose some as a double. */
const exactDigits = 16;

type Shape = 'container' | 'string' | 'primitive';

function shapeOf(first: number): Shape {
  if (first === quoteByte) return 'string';
  return classes[first] === open ? 'container' : 'primitive';
}

/** Follows the bytes of one JSON value to its end, over as many chunks as it takes. */
export class JsonValueScan {
  /** Key-value pairs passed. */
  pairs = 0;
  /** A number that a double may write differently was passed. */
  hasOddNumbers = false;
  lineBreaks = 0;
  private base = 0;
  private depth = 0;
  private digits = 0;
  private isInString = false;
  private isEscaped = false;
  private shape: Shape = 'primitive';

  constructor(private readonly maxDepth: number) {}

  /** Begins a value that stands `depth` containers deep and starts with the byte `first`. */
  begin(first: number, depth: number): void {
    this.pairs = 0;
    this.hasOddNumbers = false;
    this.lineBreaks = 0;
    this.digits = 0;
    this.isInString = false;
    this.isEscaped = false;
    this.base = depth;
    this.depth = depth;
    this.shape = shapeOf(first);
  }

  /** Index behind the value, or -1 when the bytes end before it. Throws UPLOAD_010 for deep nesting. */
  follow(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length) {
      if (this.isInString) {
        at = this.passString(bytes, at);
        if (at < 0) return -1;
        if (this.shape === 'string') return at;
        continue;
      }
      // The index is inside the buffer.
      const kind = classes[bytes[at]!]!;
      if (this.shape === 'primitive' && this.endsPrimitive(kind)) return at;
      if (kind !== ordinary) this.take(kind);
      at += 1;
      if (kind === close && this.depth === this.base) return at;
    }
    return -1;
  }

  private endsPrimitive(kind: number): boolean {
    return kind === valueEnd || kind === close || kind === lineFeed;
  }

  private passString(bytes: Buffer, from: number): number {
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === backslash) this.isEscaped = true;
      else if (byte === quoteByte) {
        this.isInString = false;
        return at + 1;
      }
    }
    return -1;
  }

  private take(kind: number): void {
    if (kind === digit) {
      this.digits += 1;
      if (this.digits >= exactDigits) this.hasOddNumbers = true;
      return;
    }
    if (kind === numberMark && this.digits > 0) this.hasOddNumbers = true;
    this.digits = 0;
    this.takeMark(kind);
  }

  private takeMark(kind: number): void {
    if (kind === quote) this.isInString = true;
    else if (kind === colon) this.pairs += 1;
    else if (kind === lineFeed) this.lineBreaks += 1;
    else if (kind === close) this.depth -= 1;
    else if (kind === open) {
      this.depth += 1;
      if (this.depth > this.maxDepth) throw new DomainError('UPLOAD_010', { max_depth: this.maxDepth });
    }
  }
}
