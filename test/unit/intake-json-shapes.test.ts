import { Readable } from 'node:stream';

import { openTable } from '../../src/intake/read-table';
import { defaultIntakeLimits } from '../../src/intake/types';
import { detectContent } from '../../src/intake/detection/detect';
import { faultsOf, readUpload } from '../fixtures/intake/read-upload';

const instance = (id: string, name: string) => ({
  InstanceId: id,
  InstanceType: 't3.large',
  PrivateIpAddress: '10.0.0.1',
  State: { Code: 16, Name: 'running' },
  Placement: { AvailabilityZone: 'eu-1a' },
  Tags: [
    { Key: 'Name', Value: name },
    { Key: 'Environment', Value: 'prod' },
  ],
});

const cellOf = (
  upload: { columns: readonly string[]; rows: readonly (readonly string[])[] },
  row: number,
  column: string,
) => upload.rows[row]?.[upload.columns.indexOf(column)];

test.each([
  ['an array', [{ name: 'a' }, { name: 'b' }]],
  ['records', { records: [{ name: 'a' }, { name: 'b' }] }],
  ['a ServiceNow answer', { result: [{ name: 'a' }, { name: 'b' }] }],
  ['an Azure answer', { value: [{ name: 'a' }, { name: 'b' }], nextLink: 'x' }],
  ['items in data', { data: { items: [{ name: 'a' }, { name: 'b' }] }, count: 2 }],
  ['rows in a result', { status: 'ok', result: { total: 2, rows: [{ name: 'a' }, { name: 'b' }] } }],
  ['lists of lists', [[{ name: 'a' }], [{ name: 'b' }]]],
])('the records of %s are found', async (_, document) => {
  const upload = await readUpload(JSON.stringify(document, null, 1), { chunkBytes: 5 });

  expect(upload.columns).toEqual(['name']);
  expect(upload.rows).toEqual([['a'], ['b']]);
});

test('instances inside reservations are the records, their tags are columns', async () => {
  const document = {
    Reservations: [
      {
        ReservationId: 'r-1',
        OwnerId: '42',
        Groups: [],
        Instances: [instance('i-1', 'web'), instance('i-2', 'app')],
      },
      { ReservationId: 'r-2', OwnerId: '42', Groups: [], Instances: [instance('i-3', 'db')] },
    ],
  };

  const upload = await readUpload(JSON.stringify(document));

  expect(upload.rows).toHaveLength(3);
  expect(cellOf(upload, 1, 'InstanceId')).toBe('i-2');
  expect(cellOf(upload, 1, 'Tags.Name')).toBe('app');
  expect(cellOf(upload, 2, 'State.Name')).toBe('running');
  expect(cellOf(upload, 2, 'parent.ReservationId')).toBe('r-2');
  expect(upload.table.warnings).toContainEqual(expect.stringContaining('"Instances"'));
});

test('lists that belong to a record do not split it', async () => {
  const servers = [1, 2, 3].map((id) => ({
    id,
    name: `web-${id}`,
    os: 'Linux',
    disks: [
      { name: 'sda', size: 100, type: 'ssd' },
      { name: 'sdb', size: 200, type: 'ssd' },
    ],
  }));

  const upload = await readUpload(JSON.stringify(servers));

  expect(upload.rows).toHaveLength(3);
  expect(cellOf(upload, 0, 'disks')).toContain('sdb');
});

test('tags that would make too many columns stay one text', async () => {
  const records = Array.from({ length: 30 }, (_, id) => ({ id, tags: [{ key: `k${id}`, value: 'x' }] }));

  const upload = await readUpload(JSON.stringify(records), { limits: { maxColumns: 20 } });

  expect(upload.columns).toEqual(['id', 'tags']);
  expect(cellOf(upload, 29, 'tags')).toBe('[{"key":"k29","value":"x"}]');
});

test('the number of the record goes on over records that share an element', async () => {
  const groups = [1, 2].map((id) => ({ id, hosts: [instance(`a${id}`, 'x'), instance(`b${id}`, 'y')] }));
  const bytes = Buffer.from(JSON.stringify(groups));

  const table = await openTable(() => Readable.from([bytes]), detectContent(bytes), {
    ...defaultIntakeLimits,
    batchRows: 3,
  });
  const read: number[] = [];
  for await (const batch of table.batches(1)) read.push(batch.accepted, batch.rowsRead);

  expect(read).toEqual([3, 4]);
});

test('numbers, keys and texts are kept exactly', async () => {
  const upload = await readUpload(
    '[{"id": 12345678901234567890, "n": 1.10, "e": 1e400, "__proto__": "p", "constructor": "c", "z": -0}]',
  );

  expect(upload.columns).toEqual(['id', 'n', 'e', '__proto__', 'constructor', 'z']);
  expect(upload.rows[0]?.slice(0, 5)).toEqual(['12345678901234567890', '1.10', '1e400', 'p', 'c']);
  expect(({} as Record<string, unknown>)['p']).toBeUndefined();
});

test('a key that stands twice is counted, the last value is taken', async () => {
  const upload = await readUpload('[{"a": 1, "b": {"c": 1, "c": 2}}, {"a": 3, "b": {"c": 4}}]');

  expect(upload.duplicateKeys).toBe(1);
  expect(upload.rows).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
});

test('a broken line of NDJSON is one rejected record', async () => {
  const upload = await readUpload('{"a":1}\n{"a":\n[1]\n{"a":NaN}\n{"a":2,}\n{"a":3}\n');

  expect(upload.rows).toEqual([['1'], ['3']]);
  expect(faultsOf(upload)).toEqual(['invalid_json@2', 'not_an_object@3', 'invalid_json@4', 'invalid_json@5']);
});

test.each([
  ['a comma too many', '[{"a":1},]', 'UPLOAD_009'],
  ['a comma too many in an object', '[{"a":1,}]', 'UPLOAD_009'],
  ['NaN', '[{"a":NaN}]', 'UPLOAD_009'],
  ['a document that ends early', '[{"a":1}', 'UPLOAD_009'],
  ['text behind the document', '[{"a":1}] x', 'UPLOAD_009'],
  ['values that are no objects', '[1,2]', 'UPLOAD_009'],
  ['a depth of 100,000', `[${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}]`, 'UPLOAD_010'],
  ['arrays 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 'UPLOAD_010'],
])('%s is refused', async (_, content, code) => {
  await expect(readUpload(content, { hint: { filename: 'a.json' } })).rejects.toThrow(
    expect.objectContaining({ code }),
  );
});

test('a string of 50 MB costs its own record and little memory', async () => {
  const upload = await readUpload(`[{"a":"${'x'.repeat(50_000_000)}"},{"a":"b"}]`);

  expect(upload.rows).toEqual([['b']]);
  expect(faultsOf(upload)).toEqual(['cell_too_large@1']);
  expect(upload.rejected[0]?.raw.length).toBeLessThanOrEqual(65_536);
});

test('a long document is read in little memory', async () => {
  const piece = Buffer.from(`${JSON.stringify({ name: 'web', note: 'x'.repeat(1000) })},\n`.repeat(1000));
  const pieces = 50;
  const source = (): Readable =>
    Readable.from(
      (function* document(): Generator<Buffer> {
        yield Buffer.from('{"records": [');
        for (let at = 0; at < pieces; at += 1) yield piece;
        yield Buffer.from('{"name":"last"}]}');
      })(),
    );
  const detection = detectContent(Buffer.from('{"records": [{"a":1}]}'));
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;

  const table = await openTable(source, detection);
  let rows = 0;
  for await (const batch of table.batches()) {
    rows += batch.accepted;
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }

  expect(rows).toBe(pieces * 1000 + 1);
  expect(most / 1e6).toBeLessThan(100);
});
