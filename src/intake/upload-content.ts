import path from 'node:path';
import type { Readable } from 'node:stream';

import { DomainError } from '../domain/errors';
import { readArchive } from './archive-content';
import { detectContent, detectionBytes } from './detection/detect';
import type { DetectionHint } from './detection/detection-hint';
import { gunzipped, isGzip } from './gzip';
import { firstBytes } from './detection/first-bytes';
import { zipContent } from './detection/magic-bytes';
import { openTable } from './read-table';
import type { TableOptions } from './table-options';
import {
  type Detection,
  type IntakeBatch,
  type IntakeLimits,
  type OpenTable,
  type TablePlace,
  type UploadBytes,
  type UploadContent,
  type UploadTable,
  defaultIntakeLimits,
} from './types';
import type { ByteSource } from './csv/utf8-chunks';
import { listSheets, openSheet } from './workbook';
import { archiveRefusal } from './zip/archive-refusal';
import { type OpenZip, openZip } from './zip/open-zip';
import { type TemporaryBytes, entryBytes } from './zip/temporary-bytes';

/** So much is unpacked to see that an archive is whole; what lies behind it is checked while it is imported. */
const verifiedBytes = 512 * 1024 * 1024;

const wholeUpload: TablePlace = { entry: null, sheet: null };

/** A workbook, or another document that is packed the same way and must be refused as what it is. */
function isDocument(zip: OpenZip): boolean {
  const names = zip.entries.map(({ name }) => name.toLowerCase());
  return (
    names.includes('[content_types].xml') || (names.includes('mimetype') && names.includes('content.xml'))
  );
}

async function readWorkbook(bytes: UploadBytes, limits: IntakeLimits): Promise<UploadContent> {
  const { tables, ignored, warnings } = await listSheets(bytes, limits);
  if (tables.length === 0) {
    const sheets = ignored.map(({ place, reason }) => ({ sheet: place.sheet, reason }));
    throw new DomainError('IMP_004', { sheets });
  }
  return { tables, ignored, warnings };
}

async function drain(stream: Readable, most: number): Promise<number> {
  let length = 0;
  for await (const chunk of stream) {
    // Byte streams without an encoding give out buffers.
    length += (chunk as Buffer).length;
    if (length > most) break;
  }
  return length;
}

/** Unpacks the tables without reading them, so that damage and lies are known before a flow begins. */
async function verifyArchive(zip: OpenZip, tables: readonly UploadTable[]): Promise<void> {
  let rest = verifiedBytes;
  for (const name of new Set(tables.map(({ place }) => place.entry))) {
    const entry = name === null ? undefined : zip.find(name);
    if (entry !== undefined && rest > 0) rest -= await drain(zip.read(entry), rest);
  }
}

async function readZip(
  bytes: UploadBytes,
  hint: DetectionHint,
  limits: IntakeLimits,
): Promise<UploadContent> {
  const zip = await openZip(bytes, limits.archive);
  if (isDocument(zip)) return readWorkbook(bytes, limits);
  const content = await readArchive({ zip, hint, limits });
  await verifyArchive(zip, content.tables);
  return content;
}

function plainSource(bytes: UploadBytes, head: Buffer, limits: IntakeLimits): ByteSource {
  return isGzip(head) ? () => gunzipped(bytes, limits.archive) : () => bytes.read();
}

/** Reads up to the first record of a small file, so that what holds none or is no JSON is refused at once. */
async function checkRecords(source: ByteSource, detection: Detection, limits: IntakeLimits): Promise<void> {
  const table = await openTable(source, detection, limits);
  for await (const batch of table.batches()) {
    if (batch.rowsRead > 0) return;
  }
  throw new DomainError('IMP_004');
}

async function readPlain(
  bytes: UploadBytes,
  head: Buffer,
  options: { hint: DetectionHint; limits: IntakeLimits },
): Promise<UploadContent> {
  const { hint, limits } = options;
  const isWhole = bytes.size <= head.length;
  const detection = detectContent(head, { maxColumns: limits.maxColumns, ...hint, isWhole });
  const source = plainSource(bytes, head, limits);
  if (isWhole) await checkRecords(source, detection, limits);
  if (isGzip(head)) await drain(source(), verifiedBytes);
  return { tables: [{ place: wholeUpload, detection }], ignored: [], warnings: [] };
}

/**
 * Says what a stored upload holds: one table, the tables of an archive, or the sheets of a workbook. Throws the codes
 * of `detectContent`; UPLOAD_006 for an archive that is damaged, encrypted, nested, too large or built to mislead;
 * UPLOAD_009, UPLOAD_010 and IMP_004 for small files that hold no records.
 */
export async function readUploadContent(
  bytes: UploadBytes,
  hint: DetectionHint = {},
  limits: IntakeLimits = defaultIntakeLimits,
): Promise<UploadContent> {
  const head = await firstBytes(bytes.read({ start: 0, end: detectionBytes }), detectionBytes);
  return zipContent(head) === null ? readPlain(bytes, head, { hint, limits }) : readZip(bytes, hint, limits);
}

const named = (table: OpenTable, entry: string): OpenTable => {
  const { name } = path.parse(entry.replaceAll('\\', '/'));
  return { ...table, header: { ...table.header, name: table.header.name ?? name } };
};

/** Opens a sheet of a workbook inside an archive; it is unpacked again for each pass, as nobody says when it ends. */
async function openPackedSheet(
  unpack: () => Promise<TemporaryBytes>,
  open: (bytes: UploadBytes) => Promise<OpenTable>,
): Promise<OpenTable> {
  async function* batches(skipRows?: number): AsyncGenerator<IntakeBatch> {
    const { bytes, release } = await unpack();
    try {
      yield* (await open(bytes)).batches(skipRows);
    } finally {
      await release();
    }
  }

  const { bytes, release } = await unpack();
  try {
    return { ...(await open(bytes)), batches };
  } finally {
    await release();
  }
}

interface OpenOptions {
  readonly limits: IntakeLimits;
  readonly options: TableOptions;
}

async function openEntry(
  bytes: UploadBytes,
  { place: { entry: name, sheet }, detection }: UploadTable,
  { limits, options }: OpenOptions,
): Promise<OpenTable> {
  const zip = await openZip(bytes, limits.archive);
  const entry = zip.find(name ?? '');
  if (entry === undefined) throw archiveRefusal('damaged', { entry: name });
  if (sheet === null)
    return named(await openTable(() => zip.read(entry), detection, limits, options), entry.name);
  return openPackedSheet(
    () => entryBytes(zip, entry),
    (unpacked) => openSheet(unpacked, sheet, limits, options),
  );
}

/**
 * Opens one of the tables that `readUploadContent` has listed. Throws what `openTable` and `openSheet` throw, and
 * UPLOAD_006 where an archive turns out to be damaged.
 */
export async function openUploadTable(
  bytes: UploadBytes,
  table: UploadTable,
  limits: IntakeLimits = defaultIntakeLimits,
  options: TableOptions = {},
): Promise<OpenTable> {
  const { place, detection } = table;
  if (place.entry !== null) return openEntry(bytes, table, { limits, options });
  if (place.sheet !== null) return openSheet(bytes, place.sheet, limits, options);
  const head = await firstBytes(bytes.read({ start: 0, end: 2 }), 2);
  return openTable(plainSource(bytes, head, limits), detection, limits, options);
}
