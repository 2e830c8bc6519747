import { isTotal } from '../../src/intake/detection/footer';
import { faultsOf, readUpload } from '../fixtures/intake/read-upload';

const table = 'Name;OS;RAM\nweb-1;Linux;16\nweb-2;Windows;32\n';
const rows = [
  ['web-1', 'Linux', '16'],
  ['web-2', 'Windows', '32'],
];

test.each([
  ['a total', 'Total;;48\n', ['footer_total@4']],
  ['a German total', 'Gesamt;;48,00\n', ['footer_total@4']],
  ['a total in quotes', '"Total";"";"48 GB"\n', ['footer_total@4']],
  ['a total in another column', ';Summe;48\n', ['footer_total@4']],
  [
    'several totals',
    'Subtotal;;48\nTotal:;;48\nAverage;;24\n',
    ['footer_total@4', 'footer_total@5', 'footer_total@6'],
  ],
  ['a total below a blank line', '\nTotal;;48\n\n', ['footer_total@5']],
  ['a short total', 'Total: 48\n', ['too_few_cells@4']],
  ['a total and a note below it', 'Total;;48\nExported by me\n', ['footer_total@4', 'too_few_cells@5']],
])('%s at the end is set aside', async (_, footer, faults) => {
  const upload = await readUpload(table + footer, { chunkBytes: 5 });

  expect(upload.rows).toEqual(rows);
  expect(faultsOf(upload)).toEqual(faults);
});

test('a total keeps its text, its line and its number', async () => {
  const upload = await readUpload(`${table}Total;;48\n`);

  expect(upload.rejected).toEqual([
    expect.objectContaining({ code: 'footer_total', line: 4, rowNumber: 3, raw: 'Total;;48' }),
  ]);
  expect(upload.rowsRead).toBe(3);
});

test('a total that begins a batch, or ends a full one, is set aside as well', async () => {
  for (const batchRows of [1, 2, 3]) {
    const upload = await readUpload(`${table}Total;;48\n\n`, { limits: { batchRows } });

    expect(upload.rows).toEqual(rows);
    expect(faultsOf(upload)).toEqual(['footer_total@4']);
    expect(upload.blankLines).toBe(1);
  }
});

test.each([
  ['a server that has the name of a total', 'Total;Linux;48\n'],
  ['a total that is not the last record', 'Total;;48\nweb-3;Linux;8\n'],
  ['an ordinary last record', 'web-3;;8\n'],
  ['a line in a cell that reads like a total', 'web-3;"a\nTotal;;48";8\n'],
])('%s is a record', async (_, more) => {
  const upload = await readUpload(table + more);

  expect(upload.rejected).toEqual([]);
  expect(upload.rows.length).toBeGreaterThan(2);
});

test('totals of wide tables are set aside', async () => {
  const header = Array.from({ length: 300 }, (_, column) => `c${column}`);
  const line = (first: string): string => [first, ...header.slice(1).map(() => '1')].join(',');

  const upload = await readUpload([header.join(','), line('web'), line('Total')].join('\n'));

  expect(upload.rows).toHaveLength(1);
  expect(faultsOf(upload)).toEqual(['footer_total@3']);
});

test.each([
  'Total',
  'TOTAL:',
  'Grand total',
  'Total servers',
  'Total général',
  'Итого',
  '合計',
  'Total (12)',
  'Sum',
])('%s is a word for a total', (word) => {
  expect(isTotal([word, '', '1.234,50 €'])).toBe(true);
});

test.each(['Total Commander', 'totalizer-01', 'sum01', 'countess', 'Average Joe', ''])(
  '%s is none',
  (word) => {
    expect(isTotal([word, '', '12'])).toBe(false);
  },
);

test('the header again is set aside, as often as it comes', async () => {
  const upload = await readUpload(`${table}\n${table}${table}`, { chunkBytes: 7 });

  expect(upload.rows).toEqual([...rows, ...rows, ...rows]);
  expect(faultsOf(upload)).toEqual(['repeated_header@5', 'repeated_header@8']);
});

test.each([
  ['of another width', 'App;Owner\nShop;Ann\nMail;Bob\n', [5, 6, 7]],
  ['of the same width that shares a name', 'Name;Port;Protocol\nweb-1;80;tcp\n', [5, 6]],
])('a second table %s below a blank line is set aside', async (_, second, lines) => {
  for (const chunkBytes of [1, 7, 65536]) {
    const upload = await readUpload(`${table}\n${second}`, { chunkBytes });

    expect(upload.rows).toEqual(rows);
    expect(faultsOf(upload)).toEqual(lines.map((line) => `second_table@${line}`));
  }
});

test('records below blank lines are records of the table', async () => {
  const upload = await readUpload(`${table}\nweb-3;Linux;8\n\n;;\n\nlinux;Name server;9\n`);

  expect(upload.rows).toHaveLength(4);
  expect(upload.rejected).toEqual([]);
});

test('the first table goes on behind the second one when its header comes again', async () => {
  const upload = await readUpload(`${table}\nApp;Owner\nShop;Ann\n\n${table}`);

  expect(upload.rows).toEqual([...rows, ...rows]);
  expect(faultsOf(upload)).toEqual(['second_table@5', 'second_table@6', 'repeated_header@8']);
});

test('a second table is named in a warning when it begins near', async () => {
  const upload = await readUpload(`${table}\nApp;Owner\nShop;Ann\n`);

  expect(upload.detection.warnings).toEqual([expect.stringContaining('line 5')]);
});

test('a file without header row is read when a person says so', async () => {
  const upload = await readUpload('web-1,10.0.0.1\nweb-2,10.0.0.2,\n', {
    hint: { headerLine: 0 },
    chunkBytes: 4,
  });

  expect(upload.columns).toEqual(['column_1', 'column_2']);
  expect(upload.rows).toEqual([
    ['web-1', '10.0.0.1'],
    ['web-2', '10.0.0.2'],
  ]);
  expect((await readUpload('sep=;\na;1\nb;2\n', { hint: { headerLine: 0 } })).rows).toHaveLength(2);
});

test('a chosen header row is used, and what stands above it is no data', async () => {
  const upload = await readUpload('a,b\nc,d\nName,IP\nweb,1\n', { hint: { headerLine: 3 } });

  expect(upload.columns).toEqual(['Name', 'IP']);
  expect(upload.rows).toEqual([['web', '1']]);
});

test.each([1, 3, 65536])('cells in single quotes are read in chunks of %i bytes', async (chunkBytes) => {
  const lines = [
    `'Name','Note','Owner'`,
    `'web','a, b','O''Neil'`,
    `'app','say "hi"',''`,
    `'db','two\nlines','x'`,
    `'last',"plain" text,'y'`,
  ];

  const upload = await readUpload(lines.join('\r\n'), { chunkBytes });

  expect(upload.columns).toEqual(['Name', 'Note', 'Owner']);
  expect(upload.rows).toEqual([
    ['web', 'a, b', "O'Neil"],
    ['app', 'say "hi"', ''],
    ['db', 'two\nlines', 'x'],
    ['last', '"plain" text', 'y'],
  ]);
});
