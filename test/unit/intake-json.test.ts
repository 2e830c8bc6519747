import { fc } from '../support/property';

import { faultsOf, readUpload } from '../fixtures/intake/read-upload';

const expected = [
  ['a', '1'],
  ['b', '2'],
];

test.each([
  ['an array', '[{"name":"a","cpu":1},{"name":"b","cpu":2}]'],
  ['an array over many lines', '[\n  {"name": "a",\r\n "cpu": 1},\n  {"name": "b", "cpu": 2}\n]\n'],
  ['records', '{"count":2,"records":[{"name":"a","cpu":1},{"name":"b","cpu":2}]}'],
  ['data', '{"data":[{"name":"a","cpu":1},{"name":"b","cpu":2}],"next":null}'],
  ['a nested list', '{"data":{"servers":[{"name":"a","cpu":1},{"name":"b","cpu":2}]}}'],
  ['NDJSON', '{"name":"a","cpu":1}\r\n\n{"name":"b","cpu":2}'],
  ['a byte order mark', '\u{feff}[{"name":"a","cpu":1},{"name":"b","cpu":2}]'],
])('%s', async (_, content) => {
  const upload = await readUpload(content, { chunkBytes: 3 });

  expect(upload.columns).toEqual(['name', 'cpu']);
  expect(upload.rows).toEqual(expected);
});

test('a single object is one record', async () => {
  const upload = await readUpload('{"host":"a","os":{"name":"Linux"},"disks":[{"gb":5}]}');

  expect(upload.columns).toEqual(['host', 'os.name', 'disks']);
  expect(upload.rows).toEqual([['a', 'Linux', '[{"gb":5}]']]);
});

test('a further array beside the records is named in a warning', async () => {
  const upload = await readUpload('{"items":[{"a":1}],"relations":[{"b":1}]}');

  expect(upload.table.header.name).toBe('items');
  expect(upload.table.warnings.join()).toContain('"relations"');
});

test('columns are the union of all keys, in the order of their first use', async () => {
  const upload = await readUpload('[{"a":1},{"b":{"c":true,"d":null}},{"a":2,"e":["x","y"]}]');

  expect(upload.columns).toEqual(['a', 'b.c', 'b.d', 'e']);
  expect(upload.rows).toEqual([
    ['1', '', '', ''],
    ['', 'true', '', ''],
    ['2', '', '', 'x; y'],
  ]);
});

test('keys that flatten to the same name stay two columns', async () => {
  const upload = await readUpload('[{"a.b":1,"a":{"b":2}}]');

  expect(upload.columns).toEqual(['a.b', 'a.b (2)']);
  expect(upload.rows).toEqual([['1', '2']]);
});

test('keys of prototypes are plain data', async () => {
  const upload = await readUpload('[{"__proto__":{"polluted":1},"constructor":"c","toString":"t"}]');

  expect(upload.columns).toEqual(['__proto__.polluted', 'constructor', 'toString']);
  expect(upload.rows).toEqual([['1', 'c', 't']]);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('numbers keep their text', async () => {
  const upload = await readUpload(
    '[{"id":12345678901234567890,"version":1.10,"big":1e308,"n":-0.5,"s":"1.10"}]',
  );

  expect(upload.rows).toEqual([['12345678901234567890', '1.10', '1e308', '-0.5', '1.10']]);
});

test('a key that stands twice is counted and the last value is taken', async () => {
  const upload = await readUpload('[{"a":1,"a":2,"b":{"c":1}},{"a":3,"b":[{"c":":"}]}]');

  expect(upload.rows[0]).toEqual(['2', '1', '']);
  expect(upload.duplicateKeys).toBe(1);
});

test('records that are no objects, and cells that cannot be kept, are rejected alone', async () => {
  const huge = 'x'.repeat(70_000);
  const bad = `5,\n[1],\n{"a":"\\u0000"},\n{"a":"\\ud800"},\n{"a":"${huge}"}`;

  const upload = await readUpload(`[{"a":"ok"},\n${bad},\n{"a":"\\ud83d\\ude00"}]`);

  expect(upload.rows).toEqual([['ok'], ['😀']]);
  expect(faultsOf(upload)).toEqual([
    'not_an_object@2',
    'not_an_object@3',
    'nul_byte@4',
    'invalid_utf8@5',
    'cell_too_large@6',
  ]);
});

test('a broken line of NDJSON is rejected alone', async () => {
  const upload = await readUpload('{"a":1}\n{"a":\n{"a":2}\n"text"\n');

  expect(upload.rows).toEqual([['1'], ['2']]);
  expect(faultsOf(upload)).toEqual(['invalid_json@2', 'not_an_object@4']);
});

test.each([
  ['a trailing comma', '[{"a":1},]', 'UPLOAD_009'],
  ['a missing comma', '[{"a":1}{"a":2}]', 'UPLOAD_009'],
  ['NaN', '[{"a":NaN}]', 'UPLOAD_009'],
  ['an early end', '[{"a":1},{"a":', 'UPLOAD_009'],
  ['text behind the document', '[{"a":1}] x', 'UPLOAD_009'],
  ['numbers alone', '[1,2,3]', 'UPLOAD_009'],
  ['a deep record', `[{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`, 'UPLOAD_010'],
  ['a deep document', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, 'UPLOAD_010'],
  ['a deep line', `{"a":1}\n{"a":${'['.repeat(40)}${']'.repeat(40)}}`, 'UPLOAD_010'],
  ['no records', '[]', 'IMP_004'],
  ['an empty object', '{}', 'IMP_004'],
  ['records without keys', '[{},{}]', 'IMP_004'],
  [
    'too many keys',
    `[${Array.from({ length: 30 }, (_, index) => `{"k${index}":1}`).join(',')}]`,
    'UPLOAD_008',
  ],
])('%s is refused', async (_, content, code) => {
  await expect(readUpload(content, { limits: { maxColumns: 20 } })).rejects.toMatchObject({ code });
});

test('a scalar that its name calls JSON is refused', async () => {
  await expect(readUpload('42', { hint: { filename: 'a.json' } })).rejects.toMatchObject({
    code: 'UPLOAD_009',
  });
});

test('any objects come back, however their bytes are cut', async () => {
  const record = fc.dictionary(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }).filter((key) => key.trim() !== ''),
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer().map(String), fc.constantFrom('"', '\\', '}', ']')),
    { minKeys: 1, maxKeys: 5 },
  );

  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 40 }),
      async (records, chunkBytes) => {
        const keys = [...new Set(records.flatMap((item) => Object.keys(item)))];
        const rows = records.map((item) => keys.map((key) => (Object.hasOwn(item, key) ? item[key] : '')));
        fc.pre(rows.every((cells) => cells.some((cell) => cell !== '' && !cell?.includes('\0'))));
        fc.pre(!JSON.stringify(records).includes('\\u0000'));

        const upload = await readUpload(JSON.stringify(records, null, 1), { chunkBytes });

        expect(upload.columns).toEqual(keys);
        expect(upload.rows).toEqual(rows);
      },
    ),
    { numRuns: 300 },
  );
});
