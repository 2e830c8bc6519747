import { DomainError } from '../domain/errors';
import { BatchBuilder } from './batch-builder';
import { copyOptionsFor } from './copy-format';
import { CsvScanner, type Fallback } from './csv-scanner';
import { type TextRecord, readTextRecords } from './csv-text';
import { decodeSample } from './encoding';
import { type FoundHeader, findHeader, headerOnLine } from './find-header';
import { checkHeader, nameColumns } from './header';
import { readSeparatorLine } from './sniff-delimiter';
import type { TableOptions } from './table-options';
import type { Delimiter, Detection, IntakeBatch, IntakeLimits, OpenTable } from './types';
import { type ByteSource, readHead, utf8Chunks } from './utf8-chunks';

/** So much of a file is looked at to find its header row. */
export const headBytes = 1024 * 1024;
const headRecords = 200;

/** The first records of a text, a `sep=` line passed over; a record that the cut leaves unfinished is left out. */
export function headRecordsOf(text: string, delimiter: Delimiter, isWhole: boolean): readonly TextRecord[] {
  const separator = readSeparatorLine(text);
  const body = separator?.rest ?? text;
  const records = readTextRecords(body, delimiter, headRecords);
  const whole = isWhole || records.length === 1 ? records : records.filter((record) => record.complete);
  return separator === null ? whole : whole.map((record) => ({ ...record, line: record.line + 1 }));
}

function bannerWarnings(header: FoundHeader): string[] {
  if (header.bannerLines === 0) return [];
  return [`The header row was found on line ${header.line}; the lines above it are no data`];
}

function fallbackOf(detection: Detection): Fallback {
  if (detection.encoding === 'windows-1252') return 'always';
  return detection.encoding === 'utf-8' ? 'when_plausible' : 'never';
}

async function readHeader(
  source: ByteSource,
  detection: Detection,
  options: TableOptions,
): Promise<FoundHeader | undefined> {
  const { head, isWhole } = await readHead(source, detection, headBytes);
  const encoding = detection.encoding === 'windows-1252' ? detection.encoding : 'utf-8';
  const text = decodeSample(head, { encoding });
  const records = headRecordsOf(text, detection.delimiter ?? ',', isWhole);
  return options.headerLine === undefined ? findHeader(records) : headerOnLine(records, options.headerLine);
}

/** Opens a CSV file. Throws IMP_005 when it has no usable header row, UPLOAD_008 when it has too many columns. */
export async function openCsvTable(
  source: ByteSource,
  detection: Detection,
  limits: IntakeLimits,
  options: TableOptions = {},
): Promise<OpenTable> {
  if (detection.delimiter === null) throw new DomainError('UPLOAD_001');
  const found = await readHeader(source, detection, options);
  // A row that a person chose is believed.
  const isChosen = options.headerLine !== undefined && found !== undefined;
  const header = checkHeader(isChosen ? { ...found, isChosen } : found, limits, 'IMP_005');
  const { columns, warnings } = nameColumns(header.cells);
  const copyOptions = copyOptionsFor(detection.delimiter, columns.length);
  const fallback = fallbackOf(detection);
  const scan = { copyOptions, width: columns.length, headerLine: header.line, fallback, limits };

  async function* batches(skipRows = options.skipRows ?? 0): AsyncGenerator<IntakeBatch> {
    const builder = new BatchBuilder({ copyOptions, limits, skipRows });
    const scanner = new CsvScanner(scan, builder);
    for await (const chunk of utf8Chunks(source, detection)) {
      scanner.push(chunk);
      yield* builder.take();
    }
    scanner.finish();
    builder.finish();
    yield* builder.take();
  }

  return {
    header: { name: null, headerLine: header.line, columns },
    copyOptions,
    warnings: [...detection.warnings, ...bannerWarnings(header), ...warnings],
    batches,
  };
}
