import { isUtf8 } from 'node:buffer';

import { withoutCutSequence } from './encoding';

/** A type of file that is told by its first bytes and is no table we read. */
export interface BinaryType {
  readonly name: string;
  readonly hint: string;
  /** Something that is packed, so that a table may be in it. */
  readonly isArchive?: boolean;
}

const exportHint = 'Export the data as CSV or JSON';
const unpackHint = 'Unpack it and upload the files in it, or pack them as ZIP';

interface Signature extends BinaryType {
  readonly bytes: Buffer;
  readonly offset: number;
  /** The bytes are letters alone, so a text may begin with them as well. */
  readonly isWord: boolean;
}

interface SignatureOptions {
  readonly hint?: string;
  readonly offset?: number;
  readonly isWord?: boolean;
  readonly isArchive?: boolean;
}

const signature = (name: string, bytes: string, options: SignatureOptions = {}): Signature => ({
  name,
  hint: options.hint ?? (options.isArchive === true ? unpackHint : exportHint),
  bytes: Buffer.from(bytes, 'latin1'),
  offset: options.offset ?? 0,
  isWord: options.isWord ?? false,
  isArchive: options.isArchive ?? false,
});

/** First bytes as the makers of the formats define them. */
const signatures: readonly Signature[] = [
  signature('pdf', '%PDF-'),
  signature('png', '\x89PNG\r\n\x1a\n'),
  signature('jpeg', '\xff\xd8\xff'),
  signature('gif', 'GIF87a', { isWord: true }),
  signature('gif', 'GIF89a', { isWord: true }),
  signature('tiff', 'II*\0'),
  signature('tiff', 'MM\0*'),
  signature('riff media', 'RIFF', { isWord: true }),
  signature('xls', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', {
    hint: 'Open it in a spreadsheet without password and save it as XLSX or CSV',
  }),
  signature('gzip', '\x1f\x8b', { isArchive: true }),
  signature('compress', '\x1f\x9d', { isArchive: true }),
  signature('bzip2', 'BZh', { isWord: true, isArchive: true }),
  signature('xz', '\xfd7zXZ\0', { isArchive: true }),
  signature('zstd', '\x28\xb5\x2f\xfd', { isArchive: true }),
  signature('lz4', '\x04\x22\x4d\x18', { isArchive: true }),
  signature('7z', '7z\xbc\xaf\x27\x1c', { isArchive: true }),
  signature('rar', 'Rar!\x1a\x07', { isArchive: true }),
  signature('cab', 'MSCF\0\0\0\0', { isArchive: true }),
  signature('tar', 'ustar', { offset: 257, isWord: true, isArchive: true }),
  signature('rtf', '{\\rtf'),
  signature('sqlite', 'SQLite format 3\0'),
  signature('parquet', 'PAR1', { isWord: true }),
  signature('avro', 'Obj\x01'),
  signature('orc', 'ORC', { isWord: true }),
  signature('arrow', 'ARROW1\0\0'),
  signature('elf', '\x7fELF'),
  signature('executable', 'MZ', { isWord: true }),
  signature('java class', '\xca\xfe\xba\xbe'),
  signature('webassembly', '\0asm'),
];

const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const controlPattern = /[\u0000-\u0008\u000e-\u001f]/u;

/** Lines of printable UTF-8. */
function isPlainText(head: Buffer): boolean {
  const text = withoutCutSequence(head);
  return (
    isUtf8(text) && /[\r\n]/u.test(text.toString('latin1')) && !controlPattern.test(text.toString('latin1'))
  );
}

const hasBytes = (head: Buffer, { bytes, offset }: Signature): boolean =>
  head.subarray(offset, offset + bytes.length).equals(bytes);

/** The binary type that the first bytes give away; a text that begins with the same letters is none. */
export function binaryType(head: Buffer): BinaryType | null {
  const found = signatures.find((candidate) => hasBytes(head, candidate));
  if (found === undefined || (found.isWord && isPlainText(head))) return null;
  if (found.name === 'xls' && head.includes(encryptedPackage)) {
    return { name: 'encrypted workbook', hint: 'Save the workbook without a password' };
  }
  return found;
}

const zipEntry = Buffer.from('PK\x03\x04', 'latin1');
const emptyZip = Buffer.from('PK\x05\x06', 'latin1');
const spannedZip = Buffer.from('PK\x07\x08', 'latin1');

/** What a ZIP container holds, by the names of its first entries; null when it is none. */
export function zipContent(head: Buffer): 'xlsx' | 'xlsb' | 'ods' | 'document' | 'zip' | null {
  const start = head.subarray(0, 4);
  if (![zipEntry, emptyZip, spannedZip].some((mark) => start.equals(mark))) return null;
  const names = head.toString('latin1');
  if (names.includes('application/vnd.oasis.opendocument.spreadsheet')) return 'ods';
  if (/application\/vnd\.oasis\.opendocument|(?:word\/document|ppt\/presentation)\.xml/u.test(names))
    return 'document';
  if (names.includes('xl/workbook.bin')) return 'xlsb';
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
