import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';

import { detectContent, detectionBytes } from '../src/intake/detection/detect';
import { openTable } from '../src/intake/read-table';
import { measureUse } from './memory';

export const encodingModes = ['ours', 'csv_parse', 'json_parse'] as const;
export type EncodingMode = (typeof encodingModes)[number];

export interface EncodingInput {
  readonly mode: EncodingMode;
  readonly file: string;
  /** As TextDecoder calls it. */
  readonly encoding: string;
}

export interface EncodingMeasurement {
  readonly rows: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

const readBytes = 256 * 1024;

async function ours(file: string): Promise<number> {
  const handle = await open(file);
  const head = await handle.read(Buffer.alloc(detectionBytes), 0, detectionBytes, 0);
  await handle.close();
  const detection = detectContent(head.buffer.subarray(0, head.bytesRead));
  const table = await openTable(() => createReadStream(file, { highWaterMark: readBytes }), detection);
  let rows = 0;
  for await (const batch of table.batches()) rows += batch.accepted;
  return rows;
}

async function* decoded(file: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(file, { highWaterMark: readBytes })) {
    yield decoder.decode(chunk as Buffer, { stream: true }); // opened without an encoding
  }
  yield decoder.decode();
}

async function withCsvParse(file: string, encoding: string): Promise<number> {
  let rows = -1;
  const records = Readable.from(decoded(file, encoding)).pipe(parse());
  for await (const _record of records) rows += 1;
  return rows;
}

/** Keys of all lines together, as a table needs them, and the texts of the cells. */
async function withJsonParse(file: string): Promise<number> {
  let rows = 0;
  const columns = new Map<string, number>();
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const cells: string[] = [];
    for (const [key, value] of Object.entries(JSON.parse(line) as Record<string, unknown>)) {
      if (!columns.has(key)) columns.set(key, columns.size);
      cells[columns.get(key) ?? 0] = String(value);
    }
    rows += cells.length > 0 ? 1 : 0;
  }
  return rows;
}

function rowsRead({ mode, file, encoding }: EncodingInput): Promise<number> {
  if (mode === 'ours') return ours(file);
  return mode === 'csv_parse' ? withCsvParse(file, encoding) : withJsonParse(file);
}

async function main(): Promise<void> {
  const input = JSON.parse(process.argv[2] ?? '') as EncodingInput; // written by `intake-encodings`
  const { result: rows, use } = await measureUse(() => rowsRead(input));
  const { seconds, cpuSeconds, peakMegabytes } = use;
  process.send?.({ rows, seconds, cpuSeconds, peakMegabytes } satisfies EncodingMeasurement, () =>
    process.exit(0),
  );
}

void main();
