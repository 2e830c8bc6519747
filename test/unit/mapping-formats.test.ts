import { recogniseFormat } from '../../src/domain/mapping/formats/recognise';
import { productTables } from '../fixtures/mapping/products';
import { propose, targetsOf } from '../fixtures/mapping/tables';

const cases = Object.entries(productTables);

test.each(cases)('%s is recognised by its headers', (id, { mapped, unmapped }) => {
  const headers = [...Object.keys(mapped), ...unmapped];

  expect(recogniseFormat(headers)?.id).toBe(id);
});

test.each(cases)('every column of %s gets its target', (_, { mapped, unmapped }) => {
  const headers = [...Object.keys(mapped), ...unmapped];
  const nothing = Object.fromEntries(unmapped.map((header) => [header, null]));

  expect(targetsOf(propose({ headers, rows: [] }))).toEqual({ ...mapped, ...nothing });
});

test.each(cases)(
  '%s is recognised whatever the case and order of its headers, with foreign columns',
  (id, table) => {
    const headers = [...Object.keys(table.mapped), ...table.unmapped, 'Extra one', 'u_special'];
    const changed = headers
      .map((header, index) => (index % 2 === 0 ? header.toUpperCase() : header))
      .reverse();

    expect(recogniseFormat(changed)?.id).toBe(id);
  },
);

test.each([
  [['Name', 'IP', 'OS', 'CPU', 'RAM']],
  [['Server', 'Owner', 'Location', 'Serial number', 'Manufacturer', 'Model']],
  [['Application', 'Business Owner', 'Criticality', 'Vendor', 'Version']],
  [[]],
])('headers %j are of no known product', (headers) => {
  expect(recogniseFormat(headers)).toBeNull();
});

test('a foreign column of a recognised export is mapped by evidence', () => {
  const table = productTables['rvtools.vInfo'];
  const headers = [...Object.keys(table?.mapped ?? {}), 'Cost Center', 'Application', 'Qwertz'];

  const targets = targetsOf(propose({ headers, rows: [] }));

  expect(targets).toMatchObject({
    'Cost Center': 'cost_center',
    Application: 'application_name',
    Qwertz: null,
  });
});

test('units follow the product, not the word in the header', () => {
  const { suggestions } = propose({
    headers: ['ResourceID', 'Netbios_Name0', 'TotalPhysicalMemory0', 'Size0', 'Caption0', 'LastHWScan'],
    rows: [['1', 'pc1', '8388608', '476937', 'Microsoft Windows 10', '2026-01-01']],
  });
  const unit = (header: string) => suggestions.find((one) => one.sourceColumn === header)?.rule.unit;

  expect(unit('TotalPhysicalMemory0')).toBe('kb');
  expect(unit('Size0')).toBe('mb');
});
