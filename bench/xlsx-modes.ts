import { createReadStream, statSync } from 'node:fs';
import { fileBytes } from '../src/intake/file-bytes';
import { defaultIntakeLimits } from '../src/intake/types';
import { openSheet } from '../src/intake/workbook';
import { measureUse } from './memory';

export const xlsxModes = ['surveyor', 'exceljs'] as const;
export type XlsxMode = (typeof xlsxModes)[number];

export interface XlsxModeInput {
  readonly mode: XlsxMode;
  readonly file: string;
  readonly sheet: string;
}

export interface XlsxMeasurement {
  readonly mode: XlsxMode;
  readonly rows: number;
  /** Of the first reading in a process, in which the code is still being compiled. */
  readonly firstCpuSeconds: number;
  /** Of the second one, as in a worker that has run for a while. */
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
  const { stream } = await import('exceljs');
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

const readers: Readonly<Record<XlsxMode, (file: string, sheet: string) => Promise<number>>> = {
  surveyor: readWithSurveyor,
  exceljs: readWithExceljs,
};

async function main(): Promise<void> {
  // Written by `measureInChild` in xlsx.ts.
  const input = JSON.parse(process.argv[2] ?? '') as XlsxModeInput;
  // A library of the other side is no load on ours, and its loading is not measured.
  if (input.mode === 'exceljs') await import('exceljs');
  const read = (): Promise<number> => readers[input.mode](input.file, input.sheet);
  const first = await measureUse(read);
  const { result, use } = await measureUse(read);
  const growthMegabytes = Math.max(first.use.peakMegabytes, use.peakMegabytes) - first.use.idleMegabytes;
  const measurement: XlsxMeasurement = {
    mode: input.mode,
    rows: result,
    firstCpuSeconds: first.use.cpuSeconds,
    cpuSeconds: use.cpuSeconds,
    growthMegabytes,
  };
  process.send?.(measurement, () => process.exit(0));
}

if (require.main === module) void main();
