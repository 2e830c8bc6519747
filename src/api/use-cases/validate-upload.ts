import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DomainError } from '../../domain/errors';
import { suggestMappingsInSteps } from '../../domain/mapping/suggest-mappings';
import { profileFindings } from '../../domain/quality/profile/findings';
import { createTableProfiler } from '../../domain/quality/profile/profile';
import { takeSteps } from '../../domain/steps';
import { rowsOfBatch } from '../../intake/csv/copy-format';
import type { OpenTable, UploadTable } from '../../intake/types';
import { openOptionsFor } from '../../intake/table-choices';
import type { TableOptions } from '../../intake/table-options';
import { openUploadTable } from '../../intake/upload-content';
import { ok, type RouteAnswer, type RouteInput } from '../route';
import { presentVerdict } from '../presenters/upload-verdict';
import { readingChoices } from '../schemas/reading-choices';
import type { ApiServices } from '../services';
import { createSpool, type Spooled } from '../spool';
import { type ReceivedUpload, receiveUpload } from '../uploads';
import { choicesOf } from './chosen-settings';
import { readContent } from './read-content';
import type { Inspection, TableInspection } from './upload-inspection';

/** Rows that a dry run looks at, of one table and of all together. */
const mostRows = 20_000;
const mostRowsOfAll = 100_000;

/** Reads a file the way an import would, and says what would become of it. Nothing is stored. */
export async function validateUpload(services: ApiServices, input: RouteInput): Promise<RouteAnswer> {
  const spool = createSpool();
  try {
    const place = { ...input.tenant, objectId: randomUUID() };
    const { objects } = spool;
    const target = { place, objects, limits: services.settings.upload, announce: async () => undefined };
    const given = input.ctx.query['filename'];
    const filename = typeof given === 'string' ? given : undefined;
    const upload = await receiveUpload(input.ctx.req, target, filename);
    return ok(presentVerdict(await inspect(services, upload, spool.content())));
  } finally {
    await spool.remove();
  }
}

async function inspect(services: ApiServices, upload: ReceivedUpload, spooled: Spooled): Promise<Inspection> {
  const choices = readingChoices(choicesOf(upload.fields));
  const { tables, ignored, warnings } = await readContent(services, spooled.bytes, upload, choices);
  const inspected: TableInspection[] = [];
  let rest = mostRowsOfAll;
  for (const table of tables) {
    const notes = inspected.length === 0 ? warnings : [];
    const bounds = {
      notes,
      rows: Math.min(mostRows, rest),
      options: openOptionsFor(choices.hint, table.place),
    };
    const found = await inspectTable(services, spooled, table, bounds);
    rest = Math.max(1, rest - found.rowsRead);
    inspected.push(found);
  }
  const [first, ...others] = inspected;
  if (first === undefined) throw new DomainError('IMP_004');
  return { upload, tables: [first, ...others], ignored };
}

interface TableBounds {
  readonly notes: readonly string[];
  readonly rows: number;
  readonly options: TableOptions;
}

async function inspectTable(
  services: ApiServices,
  { bytes, isWhole }: Spooled,
  { place, detection }: UploadTable,
  { notes, rows, options }: TableBounds,
): Promise<TableInspection> {
  const limits = { ...services.settings.intake, batchRows: Math.min(5_000, rows) };
  const table = await openUploadTable(bytes, { place, detection }, limits, options);
  const read = await readRows(table, rows);
  // The end of a cut document is no fault of the file.
  const fault = isWhole ? read.fault : null;
  const evidence = { tableName: table.header.name, columns: read.profile.columns, learned: [] };
  return {
    place,
    detection,
    name: table.header.name,
    headerLine: table.header.headerLine,
    isWhole: isWhole && read.rowsRead < rows,
    rowsRead: read.rowsRead,
    rowsRejected: read.rowsRejected,
    profile: read.profile,
    findings: profileFindings(read.profile),
    proposal: await takeSteps(suggestMappingsInSteps(evidence), nextTurn),
    warnings: [...notes, ...detection.warnings, ...table.warnings],
    fault,
  };
}

async function readRows(table: OpenTable, most: number) {
  const { columns } = table.header;
  const profiler = createTableProfiler(columns);
  const counts = { rowsRead: 0, rowsRejected: 0 };
  let fault: DomainError | null = null;
  try {
    for await (const batch of table.batches()) {
      profiler.addBatch(rowsOfBatch(batch, columns));
      counts.rowsRead = batch.rowsRead;
      counts.rowsRejected += batch.rejected.length;
      if (batch.rowsRead >= most) break;
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    fault = error;
  }
  return { ...counts, fault, profile: await takeSteps(profiler.finishInSteps(), nextTurn) };
}
