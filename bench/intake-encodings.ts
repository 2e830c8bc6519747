import { fork } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';

import { writeExport } from './generate';
import type { EncodingInput, EncodingMeasurement, EncodingMode } from './intake-encoding-modes';
import { type BenchRow, median } from './rows';
import type { BenchServers } from './servers';

export interface EncodingOptions {
  readonly rows: number;
  readonly rounds: number;
}

interface Kind {
  readonly row: string;
  readonly encoding: string;
  readonly anchor: EncodingMode;
  readonly words: string;
  readonly write: (source: string, target: string) => Promise<void>;
}

async function transcode(source: string, target: string, encode: (text: string) => Buffer): Promise<void> {
  async function* encoded(): AsyncGenerator<Buffer> {
    for await (const text of createReadStream(source, 'utf8')) yield encode(String(text));
  }
  await pipeline(Readable.from(encoded()), createWriteStream(target));
}

async function writeLines(source: string, target: string): Promise<void> {
  async function* lines(): AsyncGenerator<string> {
    for await (const record of createReadStream(source).pipe(parse({ columns: true }))) {
      yield `${JSON.stringify(record)}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(target));
}

const kinds: readonly Kind[] = [
  {
    row: 'csv-utf16',
    encoding: 'utf-16le',
    anchor: 'csv_parse',
    words: 'TextDecoder and csv-parse',
    write: (source, target) => transcode(source, target, (text) => Buffer.from(text, 'utf16le')),
  },
  {
    row: 'csv-1252',
    encoding: 'windows-1252',
    anchor: 'csv_parse',
    words: 'TextDecoder and csv-parse',
    write: (source, target) =>
      transcode(source, target, (text) => Buffer.from(text.replaceAll('rack', 'Gerät'), 'latin1')),
  },
  {
    row: 'ndjson-100k',
    encoding: 'utf-8',
    anchor: 'json_parse',
    words: 'readline and JSON.parse, one pass',
    write: writeLines,
  },
];

/** Reads exports in other encodings and NDJSON, one process a measurement, in alternated rounds. */
export async function benchEncodings(
  servers: BenchServers,
  options: EncodingOptions = { rows: 100_000, rounds: 3 },
): Promise<BenchRow[]> {
  const source = path.join(servers.folder, 'encodings.csv');
  await writeExport(source, options.rows, 1);
  const rows: BenchRow[] = [];
  for (const kind of kinds) rows.push(await measureKind(kind, source, options.rounds));
  return rows;
}

async function measureKind(kind: Kind, source: string, rounds: number): Promise<BenchRow> {
  const file = `${source}.${kind.row}`;
  await kind.write(source, file);
  const own: EncodingMeasurement[] = [];
  const anchors: EncodingMeasurement[] = [];
  for (let round = 0; round < rounds; round += 1) {
    own.push(await measureInChild({ mode: 'ours', file, encoding: kind.encoding }));
    anchors.push(await measureInChild({ mode: kind.anchor, file, encoding: kind.encoding }));
  }
  // Ratios are taken inside each round, since the machine changes its speed between rounds.
  const ratio = median(own.map((one, round) => speed(one) / speed(anchors[round])));
  return {
    row: kind.row,
    ours: rowsPerSecond(median(own.map(speed))),
    anchor: `${rowsPerSecond(median(anchors.map(speed)))} (${kind.words})`,
    ratio,
    bar: '',
    passed: null,
    cpuSeconds: median(own.map(({ cpuSeconds }) => cpuSeconds)),
    peakMegabytes: median(own.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

function measureInChild(input: EncodingInput): Promise<EncodingMeasurement> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(__dirname, 'intake-encoding-modes.ts'), [JSON.stringify(input)]);
    child.once('message', (message) => resolve(message as EncodingMeasurement)); // sent by the end of the modes
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The measurement ${input.mode} ended with ${code}`)));
  });
}

const speed = (measured: EncodingMeasurement | undefined): number =>
  measured === undefined ? Number.NaN : measured.rows / measured.seconds;
const rowsPerSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en')} rows/s`;
