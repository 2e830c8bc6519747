/** A type of file that is told by its first bytes and is no table we read. */
export interface BinaryType {
  readonly name: string;
  readonly hint: string;
}

const exportHint = 'Export the data as CSV or JSON';
const unpackHint = 'Unpack it and upload the files in it';

interface Signature extends BinaryType {
  readonly bytes: Buffer;
}

const signature = (name: string, bytes: string, hint = exportHint): Signature => ({
  name,
  hint,
  bytes: Buffer.from(bytes, 'latin1'),
});

/** First bytes as the makers of the formats define them. */
const signatures: readonly Signature[] = [
  signature('pdf', '%PDF-'),
  signature('png', '\x89PNG\r\n\x1a\n'),
  signature('jpeg', '\xff\xd8\xff'),
  signature('gif', 'GIF87a'),
  signature('gif', 'GIF89a'),
  signature('tiff', 'II*\0'),
  signature('tiff', 'MM\0*'),
  signature(
    'xls',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    'Open it in a spreadsheet without password and save it as CSV',
  ),
  signature('gzip', '\x1f\x8b', unpackHint),
  signature('bzip2', 'BZh', unpackHint),
  signature('xz', '\xfd7zXZ\0', unpackHint),
  signature('zstd', '\x28\xb5\x2f\xfd', unpackHint),
  signature('7z', '7z\xbc\xaf\x27\x1c', unpackHint),
  signature('rar', 'Rar!\x1a\x07', unpackHint),
  signature('rtf', '{\\rtf'),
  signature('sqlite', 'SQLite format 3\0'),
  signature('parquet', 'PAR1'),
  signature('elf', '\x7fELF'),
  signature('java class', '\xca\xfe\xba\xbe'),
];

const isBzip = (head: Buffer): boolean => /^BZh[1-9]1AY&SY/u.test(head.toString('latin1', 0, 10));

const zipEntry = Buffer.from('PK\x03\x04', 'latin1');
const emptyZip = Buffer.from('PK\x05\x06', 'latin1');

/** What a ZIP container holds, by the names of its first entries. */
export function zipContent(head: Buffer): 'xlsx' | 'ods' | 'zip' | null {
  const start = head.subarray(0, 4);
  if (!start.equals(zipEntry) && !start.equals(emptyZip)) return null;
  const names = head.toString('latin1');
  if (names.includes('application/vnd.oasis.opendocument.spreadsheet')) return 'ods';
  return /\[Content_Types\]\.xml|xl\/(?:workbook|worksheets|sharedStrings|_rels)/u.test(names)
    ? 'xlsx'
    : 'zip';
}

const markupPattern = /^\s*(?:<!doctype\s+html|<html|<head|<body|<table|<meta|<style|<div)/iu;
const xmlPattern = /^\s*<(?:\?xml|workbook|rss|svg|!--)/iu;

/** Markup that is no table we read; HTML saved with a spreadsheet's name is the usual case. */
export function markupType(text: string): BinaryType | null {
  const head = text.slice(0, 2048);
  if (markupPattern.test(head)) return { name: 'html', hint: exportHint };
  return xmlPattern.test(head) ? { name: 'xml', hint: exportHint } : null;
}

/** The binary type that the first bytes give away. */
export function binaryType(head: Buffer): BinaryType | null {
  const found = signatures.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes));
  if (found === undefined || (found.name === 'bzip2' && !isBzip(head))) return null;
  return { name: found.name, hint: found.hint };
}
