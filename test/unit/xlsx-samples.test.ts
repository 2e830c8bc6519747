import { readFileSync } from 'node:fs';
import path from 'node:path';

import { memoryBytes } from '../../src/intake/file-bytes';
import { listSheets } from '../../src/intake/workbook';
import { readSheet } from '../fixtures/xlsx/read-sheet';

const sample = (name: string): Buffer => readFileSync(path.join(__dirname, '../fixtures/samples', name));

test('a portfolio made by hand is read below its title, with its total row', async () => {
  const { table, columns, rows, records, rejected } = await readSheet(sample('app-portfolio.xlsx'), {
    sheet: 'Portfolio 2026',
  });

  expect(columns).toEqual([
    'App ID',
    'Application',
    'Business Owner',
    'IT Contact',
    'Division',
    'Criticality (H/M/L)',
    '# Users',
    'Tech Stack',
    'DB',
    'Hosting',
    'RTO (hrs)',
    'RPO (hrs)',
    'PII?',
    'SOX/PCI',
    'Annual Run Cost (k€)',
    'EoL',
    'Disposition',
    'Comments',
  ]);
  expect(table.header.headerLine).toBe(3);
  expect(rows[1]).toEqual([
    'APP-002',
    'Payment Hub',
    'D. Okafor',
    'app.team1@corp.example',
    'Finance',
    'C',
    '1.200',
    '.NET Framework 4.6 / IIS',
    'SQL Server 2016',
    'on-prem',
    '1',
    '0.25',
    'Y',
    'PCI-DSS, SOX',
    '410.5',
    '2026-10-13',
    'Replatform',
    'see ticket',
  ]);
  expect(records.map(({ line }) => line)).toEqual([4, 5, 6, 7, 8, 9, 10]);
  expect(rejected).toMatchObject([{ line: 11, code: 'footer_total' }]);
});

test('all tabs of an RVTools workbook are listed and read whole', async () => {
  const workbook = sample('rvtools4-estate.xlsx');

  const { tables, ignored } = await listSheets(memoryBytes(workbook));
  const sizes = await Promise.all(
    tables.map(async ({ place }) => {
      const { columns, rows, rejected } = await readSheet(workbook, { sheet: place.sheet ?? '' });
      return [place.sheet, columns.length, rows.length, rejected.length];
    }),
  );

  expect(ignored).toEqual([]);
  expect(sizes).toEqual([
    ['vInfo', 90, 20, 0],
    ['vPartition', 22, 36, 0],
    ['vNetwork', 27, 20, 0],
    ['vHost', 24, 6, 0],
    ['vMetaData', 4, 1, 0],
  ]);
});

test('values of an RVTools workbook keep line breaks, numbers and times', async () => {
  const { columns, rows } = await readSheet(sample('rvtools4-estate.xlsx'), { sheet: 'vInfo' });
  const of = (column: string): string | undefined => rows[0]?.[columns.indexOf(column)];

  expect([of('VM'), of('CPUs'), of('Memory'), of('Creation date'), of('Annotation')]).toEqual([
    'ord-web-01',
    '4',
    '8192',
    '2019-02-11 10:22:31',
    'Owner: P. Lindqvist\nrole=web',
  ]);
});
