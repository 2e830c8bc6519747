import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';

/** Columns of the generated export, as a CMDB writes them. */
export const generatedColumns = [
  'Name',
  'Class',
  'Serial Number',
  'Asset Tag',
  'IP Address',
  'MAC Address',
  'FQDN',
  'Operating System',
  'OS Version',
  'CPU Count',
  'RAM (GB)',
  'Disk (GB)',
  'Manufacturer',
  'Model',
  'Environment',
  'Location',
  'Owner',
  'Support Group',
  'Cost Center',
  'Criticality',
  'Status',
  'Install Date',
  'Last Seen',
  'Application',
  'Comments',
] as const;

/** Share of the rows that repeat an earlier asset, spelled differently. */
const repeatedShare = 0.06;
const multiLineShare = 0.3;
const rowsPerChunk = 500;

/** A small generator of pseudo-random numbers (mulberry32), the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pick = <Value>(random: () => number, values: readonly [Value, ...Value[]]): Value =>
  values[Math.floor(random() * values.length)] ?? values[0];

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

function commentOf(random: () => number): string {
  const rack = Math.floor(random() * 40);
  if (random() < multiLineShare) return quote(`moved in 2024\nrack ${rack}`);
  return random() < 0.3 ? quote(`the "old" one, rack ${rack}`) : `rack ${rack}`;
}

function identityOf(asset: number, isRepeated: boolean): readonly string[] {
  const name = `srv-${hex(asset, 6)}`;
  const octets = [(asset >> 16) & 255, (asset >> 8) & 255, asset & 255];
  const mac = ['00', '50', '56', ...octets.map((octet) => hex(octet, 2))];
  return [
    isRepeated ? name.toUpperCase() : name,
    'cmdb_ci_server',
    `SN${hex(asset * 7919, 10)}`,
    `P${1_000_000 + asset}`,
    `10.${octets.join('.')}`,
    isRepeated ? mac.join('-').toUpperCase() : mac.join(':'),
    `${name}.corp.example`,
  ];
}

function rowOf(random: () => number, number: number): string {
  const isRepeated = number > 20 && random() < repeatedShare;
  const asset = isRepeated ? Math.floor(random() * number) : number;
  const cells = [
    ...identityOf(asset, isRepeated),
    pick(random, ['Windows Server 2016', 'RHEL 7', 'Ubuntu 20.04', 'Windows Server 2012 R2']),
    pick(random, ['7.9', '20.04', '6.3.9600']),
    pick(random, ['2', '4', '8', '16']),
    pick(random, ['8', '16', '32', quote('1,024')]),
    pick(random, ['80', '120', '500']),
    pick(random, [quote('VMware, Inc.'), 'Dell', 'HPE']),
    pick(random, ['Virtual', 'R740', 'DL380']),
    pick(random, ['Production', 'Test', 'DEV']),
    pick(random, [quote('Stockholm, DC-EAST'), 'DC-WEST']),
    pick(random, ['P. Lindqvist', 'D. Okafor', 'M. Díaz']),
    'Unix Operations Team',
    `CC${1000 + (asset % 900)}`,
    pick(random, ['High', 'Medium', 'Low']),
    'Installed',
    `20${10 + (asset % 14)}-0${1 + (asset % 9)}-12`,
    '2026-01-15 08:00',
    `app-${asset % 700}`,
    commentOf(random),
  ];
  return `${cells.join(',')}\r\n`;
}

/** A seeded CMDB export of 25 columns and about 280 bytes a row, as CSV with CRLF. */
export function* generateExport(rows: number, seed = 1): Generator<Buffer> {
  const random = randomFrom(seed);
  yield Buffer.from(`${generatedColumns.join(',')}\r\n`);
  for (let first = 0; first < rows; first += rowsPerChunk) {
    let text = '';
    for (let row = first; row < Math.min(rows, first + rowsPerChunk); row += 1) text += rowOf(random, row);
    yield Buffer.from(text);
  }
}

/** Writes a generated export to a file. */
export async function writeExport(file: string, rows: number, seed = 1): Promise<void> {
  const output = createWriteStream(file);
  Readable.from(generateExport(rows, seed)).pipe(output);
  await once(output, 'finish');
}

if (require.main === module) {
  const [file, rows, seed] = process.argv.slice(2);
  if (file === undefined) throw new Error('Usage: generate FILE [ROWS] [SEED]');
  void writeExport(file, Number(rows ?? 100_000), Number(seed ?? 1));
}
