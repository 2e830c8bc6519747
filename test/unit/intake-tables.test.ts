import { headerFingerprint, nameColumns } from '../../src/intake/detection/header';
import { recordsOfBatch } from '../../src/intake/csv/copy-format';
import { detectContent } from '../../src/intake/detection/detect';
import { openTable } from '../../src/intake/read-table';
import { type IntakeBatch, defaultIntakeLimits } from '../../src/intake/types';
import { readUpload, sourceOf } from '../fixtures/intake/read-upload';

async function batchesOf(text: string, batchRows: number, skipRows: number): Promise<IntakeBatch[]> {
  const bytes = Buffer.from(text);
  const limits = { ...defaultIntakeLimits, batchRows };
  const table = await openTable(sourceOf(bytes, 7), detectContent(bytes), limits, { skipRows });
  const batches: IntakeBatch[] = [];
  for await (const batch of table.batches()) batches.push(batch);
  return batches;
}

test('headers are made unique and none is lost', () => {
  const named = nameColumns([
    'Name',
    'Name',
    '',
    'name',
    'Name (2)',
    'Name',
    'column_3',
    '__proto__',
    'toString',
  ]);

  expect(named.columns).toEqual([
    'Name',
    'Name (3)',
    'column_3 (2)',
    'name',
    'Name (2)',
    'Name (4)',
    'column_3',
    '__proto__',
    'toString',
  ]);
  expect(new Set(named.columns).size).toBe(9);
  expect(named.warnings).toHaveLength(2);
});

test('an overlong header is cut with a warning', () => {
  const { columns, warnings } = nameColumns(['x'.repeat(300), 'x'.repeat(301)]);

  expect(columns[0]).toHaveLength(255);
  expect(new Set(columns).size).toBe(2);
  expect(warnings.join()).toContain('longer than 255');
});

test('the fingerprint is that of the set of headers', () => {
  const print = headerFingerprint(['DNS Name', 'VM', 'Powerstate']);

  expect(headerFingerprint([' vm', 'powerstate', 'dns  name'])).toBe(print);
  expect(headerFingerprint(['VM', 'Powerstate'])).not.toBe(print);
});

test('rows are numbered through, with their lines, and given out in batches', async () => {
  const text = 'Name,Note\na,"1\n2"\nbad\nb,x\n\nc,y\n';

  const batches = await batchesOf(text, 2, 0);

  expect(batches.map(({ accepted, rejected, rowsRead }) => [accepted, rejected.length, rowsRead])).toEqual([
    [1, 1, 2],
    [2, 0, 4],
  ]);
  expect(batches.flatMap(recordsOfBatch).map(({ rowNumber, line }) => [rowNumber, line])).toEqual([
    [1, 2],
    [3, 5],
    [4, 7],
  ]);
  expect(batches[0]?.copy.toString()).toBe('1,2,a,"1\n2"\n');
});

test('reading on behind any row gives the rest of an undisturbed run', async () => {
  const lines = Array.from({ length: 20 }, (_, index) => (index % 4 === 3 ? 'bad' : `srv${index},"x, y"`));
  const text = ['Name,Note', ...lines].join('\n');
  const whole = await batchesOf(text, 100, 0);

  for (let skip = 0; skip < 20; skip += 1) {
    const rest = await batchesOf(text, 100, skip);

    expect(recordsOfBatch(rest[0]!)).toEqual(
      recordsOfBatch(whole[0]!).filter(({ rowNumber }) => rowNumber > skip),
    );
    expect(rest[0]?.rejected).toEqual(whole[0]?.rejected.filter(({ rowNumber }) => rowNumber > skip));
    expect(rest[0]?.rowsRead).toBe(20);
  }
});

test('more rows than allowed fail the import', async () => {
  const reading = readUpload('Name,IP\na,1\nb,2\nc,3\n', { limits: { maxRows: 2 } });

  await expect(reading).rejects.toMatchObject({ code: 'IMP_002', details: { max_rows: 2 } });
});

test('a table wider than the landing table is written as one list a row', async () => {
  const columns = Array.from({ length: 300 }, (_, index) => `c${index}`);
  const cells = columns.map((name, index) => (index % 50 === 0 ? `"a ""b"" \\ {${name},\n}"` : `v${index}`));

  const upload = await readUpload(`${columns.join(',')}\n${cells.join(',')}\n`);

  expect(upload.table.copyOptions.layout).toBe('array');
  expect(upload.rows[0]?.[0]).toBe('a "b" \\ {c0,\n}');
  expect(upload.rows[0]?.[299]).toBe('v299');
  expect(upload.rows[0]).toHaveLength(300);
});

test('a person may choose the header row', async () => {
  const bytes = Buffer.from('Server,Cores,Disk\n1,2,3\na,1,2\n');

  const table = await openTable(sourceOf(bytes), detectContent(bytes), defaultIntakeLimits, {
    headerLine: 2,
  });

  expect(table.header).toEqual({ name: null, headerLine: 2, columns: ['1', '2', '3'] });
});

test('a header row of numbers fails the import', async () => {
  const bytes = Buffer.from('1,2,3\n4,5,6\n');
  const detection = {
    container: 'csv',
    encoding: 'utf-8',
    hasBom: false,
    delimiter: ',',
    warnings: [],
  } as const;

  await expect(openTable(sourceOf(bytes), detection)).rejects.toMatchObject({ code: 'IMP_005' });
});

test('a header that stands again further down does not hide the first one', async () => {
  const upload = await readUpload('Name,IP\na,1\nName,IP\nb,2\n');

  expect(upload.table.header.headerLine).toBe(1);
});
