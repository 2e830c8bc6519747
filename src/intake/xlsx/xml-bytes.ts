import { workbookRefusal } from './workbook-refusal';

/** The bytes end before what is read does. */
export const incomplete = -1;

export const lessThan = 0x3c;
export const greaterThan = 0x3e;
export const slash = 0x2f;
export const colon = 0x3a;
const exclamation = 0x21;
const question = 0x3f;
const doubleQuote = 0x22;
const singleQuote = 0x27;
const hyphen = 0x2d;
const bracket = 0x5b;

const commentEnd = Buffer.from('-->');
const instructionEnd = Buffer.from('?>');
const dataEnd = Buffer.from(']]>');
/** Length of `<![CDATA[`. */
export const dataStartBytes = 9;

// Indexes below are inside the buffer by the checks before them, hence the non-null assertions.
export const isBlankByte = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Whether a byte ends the name of an element. */
export const endsName = (byte: number): boolean =>
  byte === greaterThan || byte === slash || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

export const isMarkup = (bytes: Buffer, at: number): boolean =>
  bytes[at + 1] === exclamation || bytes[at + 1] === question;

/** Whether character data (`<![CDATA[`) starts at `at`. */
export const isData = (bytes: Buffer, at: number): boolean =>
  bytes[at + 1] === exclamation && bytes[at + 2] === bracket;

/** Place of `mark`, or `incomplete`. */
export function find(bytes: Buffer, mark: Buffer, from: number, end: number): number {
  const at = bytes.indexOf(mark, from);
  return at < 0 || at + mark.length > end ? incomplete : at;
}

/** End of the character data whose start is at `at`, or `incomplete`. */
export const findDataEnd = (bytes: Buffer, at: number, end: number): number =>
  find(bytes, dataEnd, at + dataStartBytes, end);

/** Behind the comment, instruction or character data at `at`. Throws UPLOAD_006 for a document type. */
export function passMarkup(bytes: Buffer, at: number, end: number): number {
  if (at + 4 > end) return incomplete;
  let mark = instructionEnd;
  if (bytes[at + 1] === exclamation) {
    if (bytes[at + 2] === hyphen) mark = commentEnd;
    else if (bytes[at + 2] === bracket) mark = dataEnd;
    else throw workbookRefusal('document_type', 'sheet');
  }
  const found = find(bytes, mark, mark === commentEnd ? at + 4 : at + 2, end);
  return found < 0 ? incomplete : found + mark.length;
}

/** Behind the `>` of the tag in which `at` lies outside quotes, or `incomplete`. */
export function passTag(bytes: Buffer, at: number, end: number): number {
  let place = at;
  while (place < end) {
    const byte = bytes[place]!;
    place += 1;
    if (byte === greaterThan) return place;
    if (byte !== doubleQuote && byte !== singleQuote) continue;
    while (place < end && bytes[place] !== byte) place += 1;
    place += 1;
  }
  return incomplete;
}

/** Place of the next `<`, or `incomplete`. */
export function nextTag(bytes: Buffer, at: number, end: number): number {
  let place = at;
  while (place < end && bytes[place] !== lessThan) place += 1;
  return place < end ? place : incomplete;
}

/** Behind the element whose tag is at `at`, with all that is in it, or `incomplete`. */
export function passElement(bytes: Buffer, at: number, end: number): number {
  let depth = 0;
  let place = at;
  for (;;) {
    place = nextTag(bytes, place, end);
    if (place < 0 || place + 1 >= end) return incomplete;
    if (isMarkup(bytes, place)) {
      place = passMarkup(bytes, place, end);
      if (place < 0) return incomplete;
      continue;
    }
    const isClose = bytes[place + 1] === slash;
    place = passTag(bytes, place, end);
    if (place < 0) return incomplete;
    if (isClose) depth -= 1;
    else if (bytes[place - 2] !== slash) depth += 1;
    if (depth <= 0) return place;
  }
}
