import type { IntakeLimits, UploadBytes } from '../types';
import { readRange } from '../zip/byte-reader';
import { type OpenZip, openZip } from '../zip/open-zip';
import type { ZipEntry } from '../zip/zip-entry';
import { type CellFormats, readCellFormats } from './cell-formats';
import {
  type Relationship,
  findPart,
  partChunks,
  readPart,
  readRelationships,
  requirePart,
} from './package-parts';
import { SharedTexts } from './shared-texts';
import { SharedTextsScanner } from './shared-texts-scanner';
import { typeRefusal } from './workbook-refusal';
import { xmlTags } from './xml-tags';

const contentTypes = '[Content_Types].xml';
/** First bytes of an OLE2 container: an old workbook, or a new one behind a password ([MS-CFB], 2.2). */
const oleMark = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const oleDirectoryPlace = 0x30;
const oleSectorShiftPlace = 0x1e;
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');
const defaultSharedTextBytes = 192 * 1024 * 1024;

/** A sheet as the workbook lists it. */
export interface SheetInfo {
  readonly name: string;
  readonly isHidden: boolean;
  /** Null for what holds no cells: charts, dialogs, macros. */
  readonly entry: ZipEntry | null;
}

export interface Workbook {
  readonly zip: OpenZip;
  readonly sheets: readonly SheetInfo[];
  readonly formats: CellFormats;
  /** Reads the shared texts; the first time only. */
  shared(): Promise<SharedTexts>;
}

async function refuseOle(bytes: UploadBytes): Promise<void> {
  const head = await readRange(bytes, 0, Math.min(bytes.size, 512));
  if (!head.subarray(0, oleMark.length).equals(oleMark)) return;
  if (head.length < 512) throw typeRefusal('xls_or_encrypted');
  const sector = 1 << Math.min(head.readUInt16LE(oleSectorShiftPlace), 12);
  const directory = (head.readUInt32LE(oleDirectoryPlace) + 1) * sector;
  const end = Math.min(bytes.size, directory + 4 * sector);
  const names = directory < end ? await readRange(bytes, directory, end) : Buffer.alloc(0);
  throw typeRefusal(names.includes(encryptedPackage) ? 'encrypted' : 'xls_or_encrypted');
}

async function refuseOthers(zip: OpenZip): Promise<void> {
  const mimeType = zip.find('mimetype');
  if (mimeType !== undefined && (await readPart(zip, mimeType)).includes('opendocument')) {
    throw typeRefusal('ods');
  }
  if (zip.entries.some(({ name }) => /(?:^|[/\\])vbaProject\.bin$/iu.test(name))) throw typeRefusal('xlsm');
}

/** Refuses by the content type of the main part: ISO/IEC 29500-1, 12.3.23, and [MS-XLSB] for the binary one. */
async function refuseByType(zip: OpenZip, main: string): Promise<void> {
  for (const tag of xmlTags(await readPart(zip, requirePart(zip, contentTypes)), contentTypes)) {
    const name = tag.attributes.get('PartName');
    if (name === undefined || name.replace(/^\//u, '').toLowerCase() !== main.toLowerCase()) continue;
    const type = (tag.attributes.get('ContentType') ?? '').toLowerCase();
    // The type of a binary workbook speaks of macros as well, whether it holds any or not.
    if (type.includes('sheet.binary')) throw typeRefusal('xlsb');
    if (type.includes('macroenabled')) throw typeRefusal('xlsm');
    if (/wordprocessingml|presentationml|visio/u.test(type)) throw typeRefusal('document');
  }
  if (/\.bin$/iu.test(main)) throw typeRefusal('xlsb');
}

interface SheetList {
  readonly sheets: readonly SheetInfo[];
  readonly is1904: boolean;
}

async function readSheets(
  zip: OpenZip,
  main: ZipEntry,
  relationships: readonly Relationship[],
): Promise<SheetList> {
  const byId = new Map(relationships.map((relationship) => [relationship.id, relationship]));
  const sheets: SheetInfo[] = [];
  let is1904 = false;
  for (const { name, kind, attributes } of xmlTags(await readPart(zip, main), main.name)) {
    if (kind === 'close') continue;
    const text = (key: string): string => attributes.get(key) ?? '';
    if (name === 'workbookPr') is1904 = /^(?:1|true|on)$/u.test(text('date1904'));
    if (name !== 'sheet') continue;
    const relationship = byId.get(text('id'));
    const isCells = relationship?.type === 'worksheet';
    sheets.push({
      name: text('name'),
      isHidden: /^(?:hidden|veryHidden)$/u.test(text('state')),
      entry: isCells ? requirePart(zip, relationship.target) : null,
    });
  }
  return { sheets, is1904 };
}

function partOf(zip: OpenZip, relationships: readonly Relationship[], type: string): ZipEntry | undefined {
  const relationship = relationships.find((candidate) => candidate.type === type);
  return relationship === undefined ? undefined : findPart(zip, relationship.target);
}

async function readShared(
  zip: OpenZip,
  entry: ZipEntry | undefined,
  limits: IntakeLimits,
): Promise<SharedTexts> {
  const { maxCellBytes, maxSharedTextBytes = defaultSharedTextBytes } = limits;
  const texts = new SharedTexts({ maxBytes: maxSharedTextBytes, maxCellBytes });
  if (entry === undefined) return texts;
  const scanner = new SharedTextsScanner(texts);
  for await (const chunk of partChunks(zip, entry)) scanner.push(chunk);
  scanner.finish();
  return texts;
}

/**
 * Reads what a workbook says about itself; cells are not touched. Throws UPLOAD_001 for other spreadsheets (old,
 * binary, encrypted, with macros, OpenDocument) and UPLOAD_006 for a container that is damaged or built to harm.
 */
export async function openWorkbook(bytes: UploadBytes, limits: IntakeLimits): Promise<Workbook> {
  await refuseOle(bytes);
  const zip = await openZip(bytes, limits.archive);
  await refuseOthers(zip);
  const root = await readRelationships(zip, '');
  const mainName = root.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  await refuseByType(zip, mainName);
  const main = requirePart(zip, mainName);
  const relationships = await readRelationships(zip, main.name);
  const { sheets, is1904 } = await readSheets(zip, main, relationships);
  const styles = partOf(zip, relationships, 'styles');
  const formats = styles === undefined ? [] : readCellFormats(await readPart(zip, styles), styles.name);
  let shared: Promise<SharedTexts> | null = null;
  return {
    zip,
    sheets,
    formats: { formats, is1904 },
    shared: () => (shared ??= readShared(zip, partOf(zip, relationships, 'sharedStrings'), limits)),
  };
}
