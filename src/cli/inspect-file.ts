import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '../domain/errors';
import { suggestMappings } from '../domain/mapping/suggest-mappings';
import type { MappingProposal, MappingSuggestion } from '../domain/mapping/types';
import { createTableProfiler } from '../domain/quality/profile';
import type { TableProfile } from '../domain/quality/types';
import { rowsOfBatch } from '../intake/copy-format';
import { detectContent, detectionBytes } from '../intake/detect';
import { openTable } from '../intake/read-table';
import {
  type Detection,
  defaultIntakeLimits,
  type IntakeLimits,
  type OpenTable,
  type RejectedRecord,
} from '../intake/types';
import { CommandError } from './exit-codes';

/** What a dry run found in one table of a file. */
export interface InspectedTable {
  readonly table: OpenTable;
  readonly rowsRead: number;
  readonly rowsAccepted: number;
  readonly rejected: readonly RejectedRecord[];
  readonly profile: TableProfile;
  readonly proposal: MappingProposal;
}

export interface Inspection {
  readonly file: string;
  readonly detection: Detection;
  readonly tables: readonly InspectedTable[];
}

/** Most rejected records that a dry run lists; all of them are counted. */
const mostListed = 1_000;

/**
 * Reads a file as a flow would, without storing anything: detection, rejected rows, profile, suggested mapping.
 *
 * @throws CommandError for a file that cannot be opened, DomainError for one that cannot be read as a table.
 */
export async function inspectFile(
  file: string,
  limits: IntakeLimits = defaultIntakeLimits,
): Promise<Inspection> {
  const head = await firstBytes(file);
  const detection = detectContent(head, { filename: path.basename(file), maxColumns: limits.maxColumns });
  const table = await openTable(() => createReadStream(file), detection, limits);
  return { file, detection, tables: [await inspectTable(table)] };
}

async function firstBytes(file: string): Promise<Buffer> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(detectionBytes), 0, detectionBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new CommandError(`${file} cannot be read`);
  }
}

async function inspectTable(table: OpenTable): Promise<InspectedTable> {
  const { columns, name } = table.header;
  const profiler = createTableProfiler(columns);
  const rejected: RejectedRecord[] = [];
  let rowsRead = 0;
  let rowsAccepted = 0;
  for await (const batch of table.batches()) {
    profiler.addBatch(rowsOfBatch(batch, columns));
    rejected.push(...batch.rejected.slice(0, Math.max(0, mostListed - rejected.length)));
    rowsRead = batch.rowsRead;
    rowsAccepted += batch.accepted;
  }
  const profile = profiler.finish();
  const proposal = suggestMappings({ tableName: name, columns: profile.columns, learned: [] });
  return { table, rowsRead, rowsAccepted, rejected, profile, proposal };
}

/** The document of `inspect --json`. */
export function inspectionDocument({ file, detection, tables }: Inspection): Record<string, unknown> {
  return {
    file,
    container: detection.container,
    encoding: detection.encoding,
    ...kindDocument(tables[0]?.proposal),
    inventory: tables.some((table) => table.proposal.inventory),
    warnings: [...detection.warnings, ...tables.flatMap(({ table }) => table.warnings)],
    tables: tables.map((table) => tableDocument(table, detection)),
  };
}

function kindDocument(proposal: MappingProposal | undefined): Record<string, unknown> {
  const { vendor, confidence } = proposal?.format ?? { vendor: null, confidence: 0 };
  const reason = proposal?.reason ?? null;
  return {
    format: { vendor, confidence },
    kind: proposal?.kind ?? 'unknown',
    ...(reason === null ? {} : { reason }),
  };
}

function tableDocument(inspected: InspectedTable, detection: Detection): Record<string, unknown> {
  const { table, rowsRead, rowsAccepted, rejected, profile, proposal } = inspected;
  return {
    name: table.header.name,
    header_row: table.header.headerLine,
    ...(detection.delimiter === null ? {} : { delimiter: detection.delimiter }),
    rows_read: rowsRead,
    rows_accepted: rowsAccepted,
    rows_rejected: rowsRead - rowsAccepted,
    rejected: rejected.map(({ line, code, message }) => ({ line, code, message })),
    quality: {
      completeness: profile.scores.completeness,
      consistency: profile.scores.consistency,
      constraint_compliance: profile.scores.constraintCompliance,
      overall: profile.scores.overall,
    },
    columns: proposal.suggestions.map(columnDocument),
  };
}

function columnDocument(suggestion: MappingSuggestion): Record<string, unknown> {
  const { sourceColumn, target, confidence, reasons, samples, alternatives, rule } = suggestion;
  return {
    source_column: sourceColumn,
    target,
    confidence,
    reasons,
    samples,
    alternatives,
    rule: { combine: rule.combine, order: rule.order, unit: rule.unit, factor: rule.factor },
  };
}
