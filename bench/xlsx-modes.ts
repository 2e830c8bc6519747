import { createReadStream, statSync } from 'node:fs';
import { stream } from 'exceljs';
import { fileBytes } from '../src/intake/file-bytes';
import { defaultIntakeLimits } from '../src/intake/types';
import { openSheet } from '../src/intake/workbook';
import { measureUse } from './memory';

export const xlsxModes = ['surveyor', 'exceljs'] as const;
export type XlsxMode = (typeof xlsxModes)[number];

export interface XlsxModeInput {
  readonly mode: XlsxMode;
  readonly file: string;
  /** A small workbook of the same shape, read first: a worker is seldom new. */
  readonly warmUpFile: string;
  readonly sheet: string;
}

export interface XlsxMeasurement {
  readonly mode: XlsxMode;
  readonly rows: number;
  readonly cpuSeconds: number;
  /** Peak of the resident set above that before anything was read. */
  readonly growthMegabytes: number;
}

/** The way of an import: the sheet is opened and all of its records are written for COPY. */
async function readWithSurveyor(file: string, sheet: string): Promise<number> {
  const table = await openSheet(fileBytes(file, statSync(file).size), sheet, defaultIntakeLimits);
  let rows = 0;
  for await (const { accepted } of table.batches()) rows += accepted;
  return rows;
}

/** Every cell's value is looked at, and nothing is written. */
async function readWithExceljs(file: string): Promise<number> {
  const reader = new stream.xlsx.WorkbookReader(createReadStream(file), {
    sharedStrings: 'cache',
    styles: 'cache',
    worksheets: 'emit',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  let rows = 0;
  for await (const worksheet of reader) {
    for await (const row of worksheet) if (Array.isArray(row.values)) rows += 1;
  }
  return rows - 1;
}

const megabyte = 1024 * 1024;

const readers: Readonly<Record<XlsxMode, (file: string, sheet: string) => Promise<number>>> = {
  surveyor: readWithSurveyor,
  exceljs: readWithExceljs,
};

async function main(): Promise<void> {
  // Written by `measureInChild` in xlsx.ts.
  const input = JSON.parse(process.argv[2] ?? '') as XlsxModeInput;
  const { file, warmUpFile, sheet } = input;
  const idleMegabytes = process.memoryUsage.rss() / megabyte;
  await readers[input.mode](warmUpFile, sheet);
  const { result, use } = await measureUse(() => readers[input.mode](file, sheet));
  const growthMegabytes = use.peakMegabytes - idleMegabytes;
  const measurement: XlsxMeasurement = {
    mode: input.mode,
    rows: result,
    cpuSeconds: use.cpuSeconds,
    growthMegabytes,
  };
  process.send?.(measurement, () => process.exit(0));
}

if (require.main === module) void main();
