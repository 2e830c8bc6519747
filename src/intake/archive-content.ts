import { DomainError } from '../domain/errors';
import { detectContent, detectionBytes } from './detection/detect';
import type { DetectionHint } from './detection/detection-hint';
import { refuseNested } from './detection/detect-archive';
import { firstBytes } from './detection/first-bytes';
import { zipContent } from './detection/magic-bytes';
import { choicesFor } from './table-choices';
import type { IntakeLimits, TablePlace, UploadContent, UploadTable } from './types';
import { listSheets } from './workbook';
import type { OpenZip } from './zip/open-zip';
import type { ZipEntry } from './zip/zip-entry';
import { entryBytes } from './zip/temporary-bytes';

type Ignored = UploadContent['ignored'][number];

interface FoundTables {
  readonly tables: readonly UploadTable[];
  readonly ignored: readonly Ignored[];
  readonly warnings: readonly string[];
}

interface Archive {
  readonly zip: OpenZip;
  readonly hint: DetectionHint;
  readonly limits: IntakeLimits;
}

/** Refusals that are listed when no table is found at all. */
const maxListed = 20;

const systemPattern = /(?:^|[/\\])(?:__MACOSX[/\\].*|\._[^/\\]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/iu;
const hiddenPattern = /(?:^|[/\\])\.[^/\\]+$/u;
const notePattern =
  /(?:^|[/\\])(?:read.?me|licen[cs]e|copying|notice|changelog|release.?notes|liesmich|lisez.?moi|leeme|leggimi)[^/\\]*$/iu;
const tableName = /\.(?:csv|tsv|tab|json|ndjson|jsonl|xlsx|xlsm)$/iu;
const otherName =
  /\.(?:md|markdown|html?|css|js|ts|xml|xsd|sql|ya?ml|ini|cfg|conf|properties|sh|ps1|bat|py|log|sha\d*|md5|asc|sig|pem)$/iu;

/** Why an entry cannot be a table, by its name and size; null when its bytes must tell. */
function whyNotRead({ name, isFolder, size }: ZipEntry): string | null {
  if (isFolder) return 'It is a folder';
  if (systemPattern.test(name)) return 'The operating system made it';
  if (hiddenPattern.test(name)) return 'It is a hidden file';
  if (notePattern.test(name) && !tableName.test(name)) return 'It is a note and no table';
  if (otherName.test(name)) return 'Files of this name hold no table';
  return size === 0 ? 'It is empty' : null;
}

/** Lines of words in a file whose name promises no table. */
function isProse(
  head: Buffer,
  { name }: ZipEntry,
  { delimiter, container }: UploadTable['detection'],
): boolean {
  if (container !== 'csv' || tableName.test(name)) return false;
  const lines = head.toString('latin1').split(/[\r\n]+/u);
  const filled = lines.filter((line) => line.trim() !== '');
  const cells = filled.filter((line) => delimiter !== null && line.includes(delimiter)).length;
  const wordy = filled.filter((line) => line.trim().split(/\s+/u).length >= 4).length;
  return wordy * 2 > filled.length && cells * 10 < filled.length * 9;
}

const placeOf = ({ name }: ZipEntry, sheet: string | null = null): TablePlace => ({ entry: name, sheet });

async function readWorkbook({ zip, limits }: Archive, entry: ZipEntry): Promise<FoundTables> {
  const { bytes, release } = await entryBytes(zip, entry);
  try {
    const { tables, ignored, warnings } = await listSheets(bytes, limits);
    return {
      tables: tables.map((table) => ({ ...table, place: placeOf(entry, table.place.sheet) })),
      ignored: ignored.map((sheet) => ({ ...sheet, place: placeOf(entry, sheet.place.sheet) })),
      warnings: warnings.map((warning) => `${entry.name}: ${warning}`),
    };
  } finally {
    await release();
  }
}

async function readEntry(archive: Archive, entry: ZipEntry): Promise<FoundTables> {
  const { hint, limits, zip } = archive;
  const head = await firstBytes(zip.read(entry), detectionBytes);
  const content = zipContent(head);
  if (content === 'xlsx') return readWorkbook(archive, entry);
  if (content === null || content === 'zip') refuseNested(head);
  const isWhole = entry.size <= head.length;
  const named = {
    ...choicesFor(hint, placeOf(entry)),
    filename: entry.name,
    maxColumns: limits.maxColumns,
    isWhole,
  };
  const detection = detectContent(head, named);
  const place = placeOf(entry);
  if (isProse(head, entry, detection)) {
    return { tables: [], ignored: [{ place, reason: 'It is a note and no table' }], warnings: [] };
  }
  return { tables: [{ place, detection }], ignored: [], warnings: [] };
}

/** What is said of a file of the archive that cannot be read as a table; the others still can. */
function reasonOf(error: DomainError): string {
  const { hint } = error.details;
  return `${error.message}; ${typeof hint === 'string' ? hint : error.suggestion}`;
}

const isOfEntry = (error: unknown): error is DomainError =>
  error instanceof DomainError && !error.code.startsWith('STORAGE_');

function refuseEmpty(ignored: readonly Ignored[], faults: readonly DomainError[]): never {
  const [only] = faults;
  if (only !== undefined && faults.length === 1) throw only;
  throw new DomainError('UPLOAD_001', {
    detected: 'zip',
    hint: 'Pack CSV, JSON or XLSX files that hold a table',
    ignored: ignored.slice(0, maxListed).map(({ place, reason }) => ({ entry: place.entry, reason })),
  });
}

/**
 * Lists the tables of an archive in the order of the entries' names. Throws UPLOAD_006 for archives in it and for
 * entries that are not safe, UPLOAD_001 (or the fault of the only file) when it holds no table.
 */
export async function readArchive(archive: Archive): Promise<UploadContent> {
  const entries = [...archive.zip.entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  const skipped = new Map(entries.map((entry) => [entry, whyNotRead(entry)]));
  const tables: UploadTable[] = [];
  const ignored: Ignored[] = [];
  const warnings: string[] = [];
  const faults: DomainError[] = [];
  for (const entry of entries) {
    const reason = skipped.get(entry) ?? null;
    if (reason !== null) {
      ignored.push({ place: placeOf(entry), reason });
      continue;
    }
    try {
      const found = await readEntry(archive, entry);
      tables.push(...found.tables);
      ignored.push(...found.ignored);
      warnings.push(...found.warnings);
    } catch (error) {
      if (!isOfEntry(error)) throw error;
      const fault = new DomainError(error.code, { ...error.details, entry: entry.name }, { cause: error });
      if (error.code === 'UPLOAD_006') throw fault;
      faults.push(fault);
      ignored.push({ place: placeOf(entry), reason: reasonOf(error) });
    }
  }
  if (tables.length === 0) refuseEmpty(ignored, faults);
  return { tables, ignored, warnings };
}
