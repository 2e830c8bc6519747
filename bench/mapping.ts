import { Readable } from 'node:stream';
import { suggestMappings } from '../src/domain/mapping/suggest-mappings';
import { createTableProfiler } from '../src/domain/quality/profile/profile';
import { rowsOfBatch } from '../src/intake/csv/copy-format';
import { detectContent } from '../src/intake/detection/detect';
import { openTable } from '../src/intake/read-table';
import { generatedColumns, generateExport } from './generate';
import { benchDuplicates, benchMappingQuality } from './mapping-quality';
import { measureUse } from './memory';
import { type BenchRow, median, milliseconds } from './rows';

const headers = 60;
const rows = 2_000;
const rounds = 20;
/** A person who opens the mapping page waits for it. */
const mostMilliseconds = 250;

/** Suggestions for a table of 60 columns (the first call of a process, then the rest) and how right answers are. */
export async function benchMapping(): Promise<BenchRow[]> {
  const columns = await profileOfWideTable();
  const times: number[] = [];
  const { use } = await measureUse(async () => {
    for (let round = 0; round <= rounds; round += 1) {
      const start = process.hrtime.bigint();
      suggestMappings({ tableName: null, columns, learned: [] });
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
      await Promise.resolve();
    }
  });
  const [first = Number.NaN, ...rest] = times;
  const p50 = median(rest);
  return [
    {
      row: `mapping of ${headers} headers`,
      ours: milliseconds(p50),
      anchor: `${milliseconds(first)} (first call)`,
      ratio: null,
      bar: `≤ ${mostMilliseconds} ms`,
      passed: p50 <= mostMilliseconds,
      cpuSeconds: use.cpuSeconds,
      peakMegabytes: use.peakMegabytes,
    },
    ...benchMappingQuality(),
    ...benchDuplicates(),
  ];
}

/** The generated export with its columns repeated under other names, so that targets compete. */
async function profileOfWideTable() {
  const bytes = Buffer.concat([...generateExport(rows)]);
  const table = await openTable(() => Readable.from([bytes]), detectContent(bytes));
  const names = Array.from({ length: headers }, (_, index) => {
    const name = generatedColumns[index % generatedColumns.length] ?? '';
    return index < generatedColumns.length ? name : `Other ${name} ${index}`;
  });
  const profiler = createTableProfiler(names);
  for await (const batch of table.batches()) {
    for (const cells of rowsOfBatch(batch, generatedColumns)) {
      profiler.add(names.map((_, index) => cells[index % generatedColumns.length] ?? ''));
    }
  }
  return profiler.finish().columns;
}
