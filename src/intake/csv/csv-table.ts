import { DomainError } from '../../domain/errors';
import { BatchBuilder } from '../batch-builder';
import { copyOptionsFor } from './copy-format';
import { CsvScanner } from './csv-scanner';
import { decodeSample } from '../detection/encoding';
import type { TextRecord } from './csv-text';
import type { Fallback } from '../detection/fallback';
import type { FoundHeader } from '../detection/find-header';
import { headBytes, headRecordsOf, headerOf } from '../detection/head-records';
import { checkHeader, nameColumns } from '../detection/header';
import { beforeGap, columnGap, gapWarnings } from './neighbour-table';
import { requoted, requotedText } from './requote';
import type { TableOptions } from '../table-options';
import type { Detection, IntakeBatch, IntakeLimits, OpenTable } from '../types';
import { type ByteSource, readHead, utf8Chunks } from './utf8-chunks';

function bannerWarnings(header: FoundHeader): string[] {
  if (header.bannerLines === 0) return [];
  return [`The header row was found on line ${header.line}; the lines above it are no data`];
}

function fallbackOf(detection: Detection): Fallback {
  if (detection.encoding === 'windows-1252') return 'always';
  return detection.encoding === 'utf-8' ? 'when_plausible' : 'never';
}

interface HeaderWithRecords {
  readonly found: FoundHeader | undefined;
  readonly records: readonly TextRecord[];
}

async function readHeader(
  source: ByteSource,
  detection: Detection,
  options: TableOptions,
): Promise<HeaderWithRecords> {
  const { head, isWhole } = await readHead(source, detection, headBytes);
  const encoding = detection.encoding === 'windows-1252' ? detection.encoding : 'utf-8';
  const delimiter = detection.delimiter ?? ',';
  const text = decodeSample(head, { encoding });
  const body = requotedText(text, detection.quote, delimiter);
  const chosen = detection.header?.isChosen === true ? detection.header.line : undefined;
  const records = headRecordsOf(body, delimiter, isWhole);
  return { found: headerOf(records, options.headerLine ?? chosen), records };
}

/** Opens a CSV file. Throws IMP_005 when it has no usable header row, UPLOAD_008 when it has too many columns. */
export async function openCsvTable(
  source: ByteSource,
  detection: Detection,
  limits: IntakeLimits,
  options: TableOptions = {},
): Promise<OpenTable> {
  const { delimiter, quote } = detection;
  if (delimiter === null) throw new DomainError('UPLOAD_001');
  const { found, records } = await readHeader(source, detection, options);
  const header = checkHeader(found, limits, 'IMP_005');
  const below = records.filter(({ line }) => line > header.line).map(({ cells }) => cells);
  const gap = columnGap(header.cells, below);
  const isParted = gap?.isBorder === true;
  const { columns, warnings } = nameColumns(header.cells);
  const copyOptions = copyOptionsFor(delimiter, columns.length);
  const fallback = fallbackOf(detection);
  const scan = { copyOptions, width: columns.length, headerLine: header.line, fallback, limits };

  async function* batches(skipRows = options.skipRows ?? 0): AsyncGenerator<IntakeBatch> {
    const builder = new BatchBuilder({ copyOptions, limits, skipRows });
    const scanner = new CsvScanner(scan, builder);
    for await (const chunk of requoted(utf8Chunks(source, detection), quote, copyOptions.delimiter)) {
      scanner.push(chunk);
      yield* builder.take();
    }
    scanner.finish();
    builder.finish();
    yield* builder.take();
  }

  const table: OpenTable = {
    header: { name: null, headerLine: header.line, columns },
    copyOptions,
    warnings: [
      ...detection.warnings,
      ...bannerWarnings(header),
      ...gapWarnings(gap),
      ...(isParted ? [] : warnings),
    ],
    batches,
  };
  return isParted ? beforeGap(table, header.cells, gap) : table;
}
