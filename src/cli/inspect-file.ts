import { stat } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '../domain/errors';
import { suggestMappings } from '../domain/mapping/suggest-mappings';
import type { MappingProposal } from '../domain/mapping/types';
import { createTableProfiler } from '../domain/quality/profile/profile';
import type { TableProfile } from '../domain/quality/types';
import { rowsOfBatch } from '../intake/csv/copy-format';
import type { DetectionHint } from '../intake/detection/detection-hint';
import { fileBytes } from '../intake/file-bytes';
import { isCalled, openOptionsFor } from '../intake/table-choices';
import {
  defaultIntakeLimits,
  type IntakeLimits,
  type OpenTable,
  type RejectedRecord,
  type UploadBytes,
  type UploadContent,
  type UploadTable,
} from '../intake/types';
import { openUploadTable, readUploadContent } from '../intake/upload-content';
import { CommandError } from './exit-codes';
import { readOutlook, type RowOutlook } from './row-outlook';
import { type RejectionReason, RejectionTally } from './rejection-tally';

/** What a dry run found in one table of a file. */
export interface InspectedTable extends UploadTable {
  readonly table: OpenTable;
  readonly rowsRead: number;
  readonly rowsAccepted: number;
  readonly rejected: readonly RejectedRecord[];
  /** All rejected records by reason. */
  readonly reasons: readonly RejectionReason[];
  readonly profile: TableProfile;
  readonly proposal: MappingProposal;
  /** What would become of the rows; absent when nobody asked. */
  readonly outlook?: RowOutlook;
  /** Why the table cannot be read to its end; null when it can. */
  readonly fault: DomainError | null;
}

export interface Inspection {
  readonly file: string;
  readonly tables: readonly InspectedTable[];
  /** Sheets and files in an archive that are left out. */
  readonly ignored: UploadContent['ignored'];
  readonly warnings: readonly string[];
}

export interface InspectOptions {
  readonly limits?: IntakeLimits;
  /** What a person says of how the file is to be read. */
  readonly hint?: DetectionHint;
  /** Only these sheets, or files of an archive. */
  readonly sheets?: readonly string[];
  /** Also tell what would become of the rows, for which the file is read again. */
  readonly tellsOutlook?: boolean;
}

/** Most rejected records that a dry run lists; all of them are counted. */
const mostListed = 1_000;

/**
 * Reads a file as a flow would, without storing anything: detection, rejected rows, profile, suggested mapping of
 * each of its tables.
 *
 * @throws CommandError for a file that cannot be opened, DomainError for one that holds no table.
 */
export async function inspectFile(file: string, options: InspectOptions = {}): Promise<Inspection> {
  const { limits = defaultIntakeLimits, hint = {}, sheets, tellsOutlook = false } = options;
  const bytes = await openFile(file);
  const told = { filename: path.basename(file), maxColumns: limits.maxColumns, ...hint };
  const content = await readUploadContent(bytes, told, limits);
  const wanted = content.tables.filter((table) => isWanted(table, sheets));
  if (wanted.length === 0 && sheets !== undefined) throw notThere(file, sheets, content);
  const others = content.tables.filter((table) => !wanted.includes(table));
  const ignored = [
    ...content.ignored,
    ...others.map(({ place }) => ({ place, reason: 'It was not chosen' })),
  ];
  const reading = { limits, hint, tellsOutlook, onlyTable: content.tables.length === 1 };
  const tables: InspectedTable[] = [];
  for (const table of wanted) {
    const found = await inspectUnlessBroken(bytes, table, reading);
    if (found instanceof DomainError) {
      ignored.push({ place: table.place, reason: `${found.code}: ${found.message}` });
    } else tables.push(found);
  }
  if (tables.length === 0) throw new DomainError('IMP_004', { ignored });
  return { file, tables, ignored, warnings: content.warnings };
}

/** The table, or why it cannot be opened when the file has others. */
async function inspectUnlessBroken(
  bytes: UploadBytes,
  table: UploadTable,
  reading: TableReading,
): Promise<InspectedTable | DomainError> {
  try {
    return await inspectTable(bytes, table, reading);
  } catch (error) {
    if (!reading.onlyTable && error instanceof DomainError) return error;
    throw error;
  }
}

/** The table that people mean by the file: its first inventory, else its first table. */
export function mainTable({ tables }: Inspection): InspectedTable {
  // An inspection holds a table.
  return tables.find(({ proposal }) => proposal.inventory) ?? (tables[0] as InspectedTable);
}

function notThere(file: string, sheets: readonly string[], { tables }: UploadContent): CommandError {
  const known = tables.map(({ place }) => place.sheet ?? place.entry ?? 'one table without a name');
  return new CommandError(`${file} has no table ${sheets.join(', ')}; it has ${known.join(', ')}`);
}

function isWanted({ place }: UploadTable, sheets: readonly string[] | undefined): boolean {
  return sheets === undefined || sheets.some((name) => isCalled(place, name));
}

async function openFile(file: string): Promise<UploadBytes> {
  const unreadable = (): CommandError => new CommandError(`${file} cannot be read`);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile()) throw unreadable();
  // What goes wrong inside the file is told as what it is; here only the file system can fail.
  const translate = (error: unknown): unknown => (error instanceof DomainError ? error : unreadable());
  return fileBytes(file, found.size, { translate });
}

interface TableReading {
  readonly limits: IntakeLimits;
  readonly hint: DetectionHint;
  readonly onlyTable: boolean;
  readonly tellsOutlook: boolean;
}

async function inspectTable(
  bytes: UploadBytes,
  upload: UploadTable,
  { limits, hint, onlyTable, tellsOutlook }: TableReading,
): Promise<InspectedTable> {
  const table = await openUploadTable(bytes, upload, limits, openOptionsFor(hint, upload.place));
  const { columns, name } = table.header;
  const profiler = createTableProfiler(columns);
  const rejected: RejectedRecord[] = [];
  const tally = new RejectionTally();
  const counts = { rowsRead: 0, rowsAccepted: 0 };
  let fault: DomainError | null = null;
  try {
    for await (const batch of table.batches()) {
      profiler.addBatch(rowsOfBatch(batch, columns));
      rejected.push(...batch.rejected.slice(0, Math.max(0, mostListed - rejected.length)));
      tally.add(batch.rejected);
      counts.rowsRead = batch.rowsRead;
      counts.rowsAccepted += batch.accepted;
    }
  } catch (error) {
    if (onlyTable || !(error instanceof DomainError)) throw error;
    fault = error;
  }
  const profile = profiler.finish();
  const proposal = suggestMappings({ tableName: name, columns: profile.columns, learned: [] });
  const outlook = tellsOutlook && fault === null ? { outlook: await readOutlook(table, proposal) } : {};
  return {
    ...upload,
    table,
    ...counts,
    rejected,
    reasons: tally.finish(),
    profile,
    proposal,
    fault,
    ...outlook,
  };
}
