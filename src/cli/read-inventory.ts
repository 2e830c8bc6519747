import { classifyAsset } from '../domain/inventory/classification/classify';
import { flagColumns, recordKind, rowContext } from '../domain/inventory/classification/record-kind';
import type { SourceRecord } from '../domain/inventory/types';
import { detailRulesOf, formatIdOf } from '../domain/mapping/formats/detail-rules';
import type { ApprovedMapping, MappingProposal } from '../domain/mapping/types';
import { compileCleansing } from '../domain/quality/cleansing/cleanse';
import { recordsOfBatch } from '../intake/csv/copy-format';
import type { IntakeLimits } from '../intake/types';
import { type InspectedTable, inspectFile } from './inspect-file';

/** The asset records of one export, read as a flow would read them with automatic approval. */
export interface InventoryFile {
  readonly file: string;
  readonly vendor: string | null;
  /** Why the rows are no assets; null for an inventory. */
  readonly reason: string | null;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  /** Rows that were read but speak of no asset: templates, total lines, relations and the like. */
  readonly rowsSkipped: number;
  readonly columnsMapped: number;
  /** Headers whose suggested target is below the wanted confidence, so that they were left out. */
  readonly columnsUnsure: readonly string[];
  readonly records: readonly SourceRecord[];
}

export interface ReadingOptions {
  readonly limits: IntakeLimits;
  /** 0 to 1: suggestions below it are not used. */
  readonly minConfidence: number;
}

/**
 * Reads the assets of an export without a server. All files have equal rank, so every difference between them shows.
 *
 * @throws CommandError for a file that cannot be opened, DomainError for one that cannot be read as a table.
 */
export async function readInventory(file: string, options: ReadingOptions): Promise<InventoryFile> {
  const { tables } = await inspectFile(file, { limits: options.limits });
  const files: InventoryFile[] = [];
  for (const table of tables) files.push(await readTable(file, table, options.minConfidence));
  return files.reduce(joinTables);
}

async function readTable(
  file: string,
  inspected: InspectedTable,
  minConfidence: number,
): Promise<InventoryFile> {
  const { table, proposal, rowsRead, rowsAccepted } = inspected;
  const approved = approvedMappings(proposal, minConfidence);
  const records = proposal.inventory ? await readRecords(file, inspected, approved) : [];
  return {
    file,
    vendor: proposal.format?.vendor ?? null,
    reason: proposal.inventory ? null : (proposal.reason ?? `not_inventory_${proposal.kind}`),
    rowsRead,
    rowsRejected: rowsRead - rowsAccepted,
    rowsSkipped: rowsAccepted - records.length,
    columnsMapped: approved.length,
    columnsUnsure: proposal.suggestions
      .filter(({ target, position }) => target !== null && !approved.some((one) => one.position === position))
      .map(({ position }) => table.header.columns[position] ?? ''),
    records,
  };
}

function approvedMappings(proposal: MappingProposal, minConfidence: number): ApprovedMapping[] {
  return proposal.suggestions.flatMap(({ sourceColumn, position, target, confidence, rule }) =>
    target === null || confidence < minConfidence ? [] : [{ sourceColumn, position, target, rule }],
  );
}

async function readRecords(
  file: string,
  inspected: InspectedTable,
  approved: readonly ApprovedMapping[],
): Promise<SourceRecord[]> {
  const { table, proposal } = inspected;
  const { columns } = table.header;
  const flags = flagColumns(columns, new Set(approved.map(({ position }) => position)));
  const context = { tableKind: proposal.kind, formatId: formatIdOf(proposal) };
  const source = sourceOf(file, inspected);
  const cleanser = compileCleansing(columns, approved);
  const records: SourceRecord[] = [];
  for await (const batch of table.batches()) {
    for (const { rowNumber, cells } of recordsOfBatch(batch)) {
      const { values } = cleanser.cleanse(rowNumber, cells);
      const ofRow = rowContext(context, flags, cells);
      if (recordKind(values, ofRow).kind !== 'inventory') continue;
      records.push({ ...source, rowNumber, values, classification: classifyAsset(values, ofRow) });
    }
  }
  return records;
}

/** What the records of one table have in common; the tables of a file are one source. */
function sourceOf(file: string, { place, proposal }: InspectedTable) {
  const { vendor = null } = proposal.format ?? {};
  const name = [place.entry, place.sheet].filter((part) => part !== null).join('/');
  return {
    importId: name === '' ? file : `${file}#${name}`,
    sourceId: file,
    uploadId: file,
    details: detailRulesOf(formatIdOf(proposal)),
    product: vendor,
    rank: 1,
    asOf: '',
  };
}

/** A file with several tables counts as one source. */
function joinTables(one: InventoryFile, two: InventoryFile): InventoryFile {
  return {
    file: one.file,
    vendor: one.vendor ?? two.vendor,
    reason: one.reason === null || two.reason === null ? null : one.reason,
    rowsRead: one.rowsRead + two.rowsRead,
    rowsRejected: one.rowsRejected + two.rowsRejected,
    rowsSkipped: one.rowsSkipped + two.rowsSkipped,
    columnsMapped: one.columnsMapped + two.columnsMapped,
    columnsUnsure: [...one.columnsUnsure, ...two.columnsUnsure],
    records: [...one.records, ...two.records],
  };
}
