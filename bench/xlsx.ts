import { fork } from 'node:child_process';
import path from 'node:path';
import { stream } from 'exceljs';
import { readTextRecords } from '../src/intake/csv/csv-text';
import { generateExport, generatedColumns } from './generate';
import { type BenchRow, median } from './rows';
import type { BenchServers } from './servers';
import { type XlsxMeasurement, type XlsxMode, type XlsxModeInput, xlsxModes } from './xlsx-modes';

export interface XlsxOptions {
  readonly rows: number;
  readonly rounds: number;
  readonly seed: number;
}

const sheet = 'Servers';
const leastRatio = 5;
const mostGrowthMegabytes = 150;
const dateColumns: ReadonlySet<number> = new Set([21, 22]);
const numberPattern = /^\d+(?:\.\d+)?$/u;

/** Numbers and dates as a spreadsheet holds them; the rest is text. */
function valueOf(cell: string, column: number): string | number | Date {
  if (dateColumns.has(column)) return new Date(`${cell.replace(' ', 'T')}Z`);
  return numberPattern.test(cell) ? Number(cell) : cell;
}

/** Writes a generated export as a workbook with shared texts and date formats, as spreadsheet programs do. */
async function writeSample(file: string, rows: number, seed: number): Promise<void> {
  const workbook = new stream.xlsx.WorkbookWriter({
    filename: file,
    useSharedStrings: true,
    useStyles: true,
  });
  const worksheet = workbook.addWorksheet(sheet);
  worksheet.columns = generatedColumns.map((header, column) => ({
    header,
    ...(dateColumns.has(column) ? { style: { numFmt: 'yyyy-mm-dd hh:mm' } } : {}),
  }));
  let isHeader = true;
  for (const chunk of generateExport(rows, seed)) {
    for (const { cells } of readTextRecords(chunk.toString('utf8'), ',', Number.POSITIVE_INFINITY)) {
      if (!isHeader) worksheet.addRow(cells.map(valueOf)).commit();
      isHeader = false;
    }
  }
  worksheet.commit();
  await workbook.commit();
}

/** Reads a workbook with our reader and with the streaming reader of exceljs, one process a measurement. */
export async function benchXlsx(
  servers: BenchServers,
  options: XlsxOptions = { rows: 50_000, rounds: 5, seed: 1 },
): Promise<BenchRow[]> {
  const file = path.join(servers.folder, 'servers.xlsx');
  await writeSample(file, options.rows, options.seed);
  const rounds: XlsxMeasurement[][] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const results: XlsxMeasurement[] = [];
    for (const mode of xlsxModes) results.push(await measureInChild({ mode, file, sheet }));
    rounds.push(results);
  }
  return rowsOf(rounds, options);
}

function measureInChild(input: XlsxModeInput): Promise<XlsxMeasurement> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(__dirname, 'xlsx-modes.ts'), [JSON.stringify(input)]);
    child.once('message', (message) => resolve(message as XlsxMeasurement)); // sent by the end of `xlsx-modes`
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The measurement ${input.mode} ended with ${code}`)));
  });
}

function rowsOf(rounds: readonly XlsxMeasurement[][], { rows }: XlsxOptions): BenchRow[] {
  const all = rounds.flat();
  if (all.some((one) => one.rows !== rows)) throw new Error('A reader lost records');
  const name = `xlsx-${rows / 1000}k`;
  const grown = median(valuesOf(all, 'surveyor', 'growthMegabytes'));
  const grownByAnchor = median(valuesOf(all, 'exceljs', 'growthMegabytes'));
  const cpuSeconds = median(valuesOf(all, 'surveyor', 'firstCpuSeconds'));
  return [
    cpuRow(rounds, 'firstCpuSeconds', { row: name, least: leastRatio }),
    cpuRow(rounds, 'cpuSeconds', { row: `${name}, second reading of a process`, least: null }),
    {
      row: `${name}, memory`,
      ours: `+${grown.toFixed(0)} MB`,
      anchor: `+${grownByAnchor.toFixed(0)} MB (exceljs streaming)`,
      ratio: null,
      bar: `≤ +${mostGrowthMegabytes} MB`,
      passed: grown <= mostGrowthMegabytes,
      cpuSeconds,
      peakMegabytes: grown,
    },
  ];
}

type Figure = 'cpuSeconds' | 'firstCpuSeconds' | 'growthMegabytes';

const valuesOf = (all: readonly XlsxMeasurement[], mode: XlsxMode, figure: Figure): number[] =>
  all.filter((one) => one.mode === mode).map((one) => one[figure]);

function cpuRow(
  rounds: readonly XlsxMeasurement[][],
  figure: Figure,
  { row, least }: { readonly row: string; readonly least: number | null },
): BenchRow {
  // Ratios are taken inside each round, since the machine changes its speed between rounds.
  const ratios = rounds.map(
    (round) => median(valuesOf(round, 'exceljs', figure)) / median(valuesOf(round, 'surveyor', figure)),
  );
  const all = rounds.flat();
  const cpuSeconds = median(valuesOf(all, 'surveyor', figure));
  const anchor = median(valuesOf(all, 'exceljs', figure));
  return {
    row,
    ours: `${cpuSeconds.toFixed(2)} CPU s`,
    anchor: `${anchor.toFixed(2)} CPU s (exceljs streaming)`,
    ratio: median(ratios),
    bar: least === null ? '' : `≥ ${least}`,
    passed: least === null ? null : median(ratios) >= least,
    cpuSeconds,
    peakMegabytes: median(valuesOf(all, 'surveyor', 'growthMegabytes')),
  };
}
