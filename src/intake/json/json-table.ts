import { DomainError } from '../../domain/errors';
import { BatchBuilder } from '../batch-builder';
import { type JsonTableSummary, chooseJsonTable } from './choose-json-table';
import { copyOptionsFor } from '../csv/copy-format';
import { nameColumns } from '../detection/header';
import { JsonDocumentScanner } from './json-document';
import type { JsonElement, JsonElementScanner } from './json-element';
import { JsonLinesScanner } from './json-lines';
import { InnerListFinder } from './inner-list';
import { type JsonReading, columnOfPath, parseElement, readJsonRecord } from './json-record';
import { rawText, rejectionMessage } from '../rejection';
import type { TableOptions } from '../table-options';
import type { Detection, IntakeBatch, IntakeLimits, OpenTable } from '../types';
import { type ByteSource, utf8Chunks } from '../csv/utf8-chunks';

interface CollectedTable extends JsonTableSummary {
  /** Paths of all records in the order of their first use. */
  readonly paths: Set<string>;
  readonly innerLists: InnerListFinder;
}

/** What the second pass reads. */
interface JsonPlan {
  readonly table: CollectedTable;
  /** The document itself when it is the only record. */
  readonly only: JsonElement | null;
  readonly reading: JsonReading;
  readonly warnings: readonly string[];
}

interface JsonInput {
  readonly source: ByteSource;
  readonly detection: Detection;
  readonly limits: IntakeLimits;
  readonly reading: JsonReading;
}

function scannerFor({ detection, limits }: JsonInput): JsonElementScanner {
  const { maxJsonDepth } = limits;
  return detection.container === 'ndjson'
    ? new JsonLinesScanner(maxJsonDepth)
    : new JsonDocumentScanner(maxJsonDepth);
}

async function* elementsOf(input: JsonInput, scanner: JsonElementScanner): AsyncGenerator<JsonElement> {
  for await (const chunk of utf8Chunks(input.source, input.detection)) {
    scanner.push(chunk);
    yield* scanner.take();
  }
  scanner.finish();
  yield* scanner.take();
}

function collect(table: CollectedTable, element: JsonElement, input: JsonInput): void {
  const { limits, detection, reading } = input;
  table.elements += 1;
  const record = readJsonRecord(element, reading);
  if (record.kind === 'fault') {
    const isDocument = detection.container === 'json';
    if (isDocument && record.code === 'invalid_json')
      throw new DomainError('UPLOAD_009', { line: element.line });
    return;
  }
  table.objects += 1;
  if (!table.innerLists.isDone) table.innerLists.add(parseElement(element)?.value);
  for (const cells of record.records) {
    for (const path of cells.keys()) {
      // One more than allowed is enough to refuse the table.
      if (table.paths.size <= limits.maxColumns) table.paths.add(path);
    }
  }
}

const emptyTable = (path: string | null): CollectedTable => ({
  path,
  elements: 0,
  objects: 0,
  paths: new Set(),
  innerLists: new InnerListFinder(),
});

async function collectTables(input: JsonInput, scanner: JsonElementScanner): Promise<CollectedTable[]> {
  const tables = new Map<string | null, CollectedTable>();
  for await (const element of elementsOf(input, scanner)) {
    const table = tables.get(element.table) ?? emptyTable(element.table);
    tables.set(element.table, table);
    collect(table, element, input);
  }
  return [...tables.values()];
}

function planDocument(bytes: Buffer | null, input: JsonInput): JsonPlan {
  if (bytes === null)
    throw new DomainError('UPLOAD_009', { reason: 'the document holds no array of objects' });
  const only = { table: null, bytes, line: 1, pairs: 0, hasOddNumbers: true, isTooLarge: false };
  const table = emptyTable(null);
  collect(table, only, input);
  return { table, only, reading: input.reading, warnings: ['The document was read as one record'] };
}

function planTable(table: CollectedTable, tables: readonly CollectedTable[], reading: JsonReading): JsonPlan {
  const others = tables.filter((other) => other !== table && other.objects > 0);
  const warnings = others.map(
    (other) => `The array "${other.path}" was not read; upload it as a file of its own`,
  );
  if (reading.innerList !== null) warnings.push(`Each entry of "${reading.innerList}" was read as a record`);
  return { table, only: null, reading, warnings };
}

async function planOnce(input: JsonInput): Promise<JsonPlan> {
  const scanner = scannerFor(input);
  const tables = await collectTables(input, scanner);
  const isDocument = scanner instanceof JsonDocumentScanner;
  const chosen = chooseJsonTable(tables, isDocument ? scanner.rootScalars : []);
  if (chosen === undefined) throw new DomainError('UPLOAD_009', { reason: 'the records are no objects' });
  const table = tables.find((candidate) => candidate === chosen);
  return table === undefined
    ? planDocument(isDocument ? scanner.document : null, input)
    : planTable(table, tables, input.reading);
}

/** Finds the records; what turns out on the way to need another reading is read once more. */
async function makePlan(input: JsonInput): Promise<JsonPlan> {
  const { reading, limits } = input;
  const plan = await planOnce(input);
  const innerList = plan.table.innerLists.find();
  if (reading.innerList === null && innerList !== null) {
    return makePlan({ ...input, reading: { ...reading, innerList } });
  }
  const isTooWide = plan.table.paths.size > limits.maxColumns;
  if (isTooWide && reading.hasTagColumns) {
    return makePlan({ ...input, reading: { ...reading, hasTagColumns: false } });
  }
  return plan;
}

interface RowShape {
  readonly paths: readonly string[];
  readonly reading: JsonReading;
}

/** Writes the records of one element as rows, or the element as a rejected record. */
function emit(builder: BatchBuilder, element: JsonElement, { paths, reading }: RowShape): void {
  const { line } = element;
  const record = readJsonRecord(element, reading);
  if (record.kind === 'fault') {
    const { code } = record;
    const message = rejectionMessage({ code, line, column: null, maxCellBytes: reading.maxCellBytes });
    builder.reject({ line, column: null, code, message, raw: rawText(element.bytes) });
    return;
  }
  for (const cellsByPath of record.records) {
    const cells = paths.map((path) => cellsByPath.get(path) ?? '');
    if (cells.every((cell) => cell === '')) {
      builder.countBlankLine();
      continue;
    }
    if (record.isTranscoded) builder.countTranscoded();
    if (record.hasDuplicateKeys) builder.countDuplicateKeys();
    builder.acceptCells(cells, line);
  }
}

async function* plannedElements(input: JsonInput, plan: JsonPlan): AsyncGenerator<JsonElement> {
  if (plan.only !== null) {
    yield plan.only;
    return;
  }
  for await (const element of elementsOf(input, scannerFor(input))) {
    if (element.table === plan.table.path) yield element;
  }
}

/**
 * Opens JSON or NDJSON: a first pass finds the records and the union of their keys, each later one writes rows.
 * Throws UPLOAD_009 for what is not JSON, UPLOAD_010 for deep nesting, UPLOAD_008 and IMP_004.
 */
export async function openJsonTable(
  source: ByteSource,
  detection: Detection,
  limits: IntakeLimits,
  options: TableOptions = {},
): Promise<OpenTable> {
  const reading = { maxCellBytes: limits.maxCellBytes, innerList: null, hasTagColumns: true };
  const input: JsonInput = { source, detection, limits, reading };
  const plan = await makePlan(input);
  const paths = [...plan.table.paths];
  if (paths.length > limits.maxColumns)
    throw new DomainError('UPLOAD_008', { max_columns: limits.maxColumns });
  if (paths.length === 0) throw new DomainError('IMP_004');
  const { columns, warnings } = nameColumns(paths.map(columnOfPath));
  const copyOptions = copyOptionsFor(',', columns.length);

  async function* batches(skipRows = options.skipRows ?? 0): AsyncGenerator<IntakeBatch> {
    const builder = new BatchBuilder({ copyOptions, limits, skipRows, hasFooters: false });
    for await (const element of plannedElements(input, plan)) {
      emit(builder, element, { paths, reading: plan.reading });
      yield* builder.take();
    }
    builder.finish();
    yield* builder.take();
  }

  return {
    header: { name: plan.table.path, headerLine: 1, columns },
    copyOptions,
    warnings: [...detection.warnings, ...plan.warnings, ...warnings],
    batches,
  };
}
