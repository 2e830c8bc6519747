import { z } from 'zod';
import { DomainError } from '../../domain/errors';
import type { DataImport } from '../../db/imports/imports';
import { openOptionsFor, type TableChoices, type UploadChoices } from '../../intake/table-choices';
import {
  type Detection,
  delimiters,
  encodings,
  type IntakeLimits,
  type OpenTable,
  type TablePlace,
  type UploadBytes,
  type UploadTable,
} from '../../intake/types';
import { openUploadTable, readUploadContent } from '../../intake/upload-content';

/** The members without which a table cannot be opened. */
const StoredDetection = z.looseObject({
  container: z.enum(['csv', 'xlsx', 'json', 'ndjson']),
  encoding: z.enum(encodings),
  hasBom: z.boolean(),
  delimiter: z.enum(delimiters).nullable(),
  warnings: z.array(z.string()),
});

/** The header rows that the sender chose: for all tables, and by the name of a table. */
const ChosenLines = z.looseObject({
  header_line: z.number().optional(),
  tables: z.record(z.string(), z.looseObject({ header_line: z.number().optional() })).optional(),
});

function chosenLines(settings: StoredImport['processingConfig']): UploadChoices {
  const { data } = ChosenLines.safeParse(settings);
  if (data === undefined) return {};
  const lineOf = ({ header_line: headerLine }: { header_line?: number | undefined }): TableChoices =>
    headerLine === undefined ? {} : { headerLine };
  const tables = Object.entries(data.tables ?? {}).map(([name, own]) => [name, lineOf(own)]);
  return { ...lineOf(data), tables: Object.fromEntries(tables) };
}

type StoredImport = Pick<
  DataImport,
  'id' | 'archiveEntry' | 'sheetName' | 'detection' | 'filename' | 'processingConfig'
>;

/** Opens the table of an import in its upload, as it was detected when it was received, or by its bytes. */
export async function openImport(
  bytes: UploadBytes,
  entry: StoredImport,
  limits: IntakeLimits,
): Promise<{ readonly table: OpenTable; readonly detection: Detection }> {
  const { archiveEntry, sheetName: sheet } = entry;
  const place = { entry: archiveEntry, sheet };
  const stored = StoredDetection.safeParse(entry.detection);
  const found: UploadTable = stored.success
    ? { place, detection: stored.data }
    : await detectTable(bytes, entry, limits);
  const options = openOptionsFor(chosenLines(entry.processingConfig), place);
  return { table: await openUploadTable(bytes, found, limits, options), detection: found.detection };
}

async function detectTable(
  bytes: UploadBytes,
  { id, filename, archiveEntry, sheetName }: StoredImport,
  limits: IntakeLimits,
): Promise<UploadTable> {
  const hint = filename === null ? {} : { filename };
  const { tables } = await readUploadContent(bytes, { ...hint, maxColumns: limits.maxColumns }, limits);
  const isOwn = ({ entry, sheet }: TablePlace): boolean => entry === archiveEntry && sheet === sheetName;
  const isNamed = archiveEntry !== null || sheetName !== null;
  const table = isNamed ? tables.find(({ place }) => isOwn(place)) : tables[0];
  if (table === undefined) throw new DomainError('IMP_004', { import_id: id, sheet: sheetName });
  return table;
}
