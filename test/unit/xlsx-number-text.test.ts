import { fc } from '../support/property';

import { decimalOfCell } from '../../src/intake/xlsx/decimal-text';
import { builtinFormat, formatOfCode, generalFormat, numberText } from '../../src/intake/xlsx/number-format';

const general = (stored: string): string => numberText(stored, generalFormat, false);
const withCode = (stored: string, code: string): string => numberText(stored, formatOfCode(code), false);

test.each([
  ['1234.5', '1234.5'],
  ['1.0', '1'],
  ['100', '100'],
  ['0.30000000000000004', '0.3'],
  ['12345.678900000001', '12345.6789'],
  ['1E+21', '1000000000000000000000'],
  ['1.5e-7', '0.00000015'],
  ['-2.50', '-2.5'],
  ['-0', '0'],
  ['.5', '0.5'],
  ['007', '7'],
  ['1.2345678901234568E+17', '123456789012346000'],
  ['123456789012345678', '123456789012345678'],
  [' 42 ', '42'],
  ['1e999', '1e999'],
  ['not a number', 'not a number'],
])('a stored number %s is written as %s', (stored, text) => {
  expect(general(stored)).toBe(text);
});

test('the text of a number is the number again to 15 digits, without exponent', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e308, max: 1e308 }), (value) => {
      const text = decimalOfCell(String(value)) ?? '';

      expect(text).toMatch(/^-?\d+(?:\.\d*[1-9])?$/u);
      // Whole numbers that are written out keep all their digits.
      const kept = /^-?\d+$/u.test(String(value)) ? value : Number(value.toPrecision(15));
      expect(Number(text)).toBe(kept + 0);
    }),
  );
});

test.each([
  ['45352', 'yyyy-mm-dd', '2024-03-01'],
  ['45352.572916666664', 'yyyy\\-mm\\-dd\\ hh:mm', '2024-03-01T13:45:00'],
  ['45352', 'dd/mm/yyyy hh:mm', '2024-03-01T00:00:00'],
  ['45352.5', 'd.m.yy', '2024-03-01T12:00:00'],
  ['45352', '[$-407]d. mmmm yyyy;@', '2024-03-01'],
  ['45352', 'yyyy"年"m"月"d"日"', '2024-03-01'],
  ['45352', 'mmm', '2024-03-01'],
  ['0.572916666666667', 'h:mm AM/PM', '13:45:00'],
  ['0.572921875', 'mm:ss.000', '13:45:00.450'],
  ['1.14583333333333', '[h]:mm', '27:30:00'],
  ['0.000416666666666667', '[mm]:ss', '00:00:36'],
  ['-0.5', '[h]:mm:ss', '-12:00:00'],
  ['60', 'yyyy-mm-dd', '1900-02-29'],
  ['59', 'yyyy-mm-dd', '1900-02-28'],
  ['61', 'yyyy-mm-dd', '1900-03-01'],
  ['1', 'yyyy-mm-dd', '1900-01-01'],
  ['2958465', 'yyyy-mm-dd', '9999-12-31'],
  ['2958466', 'yyyy-mm-dd', '2958466'],
  ['-3', 'yyyy-mm-dd', '-3'],
  ['45351.9999999', 'yyyy-mm-dd hh:mm:ss', '2024-03-01T00:00:00'],
])('the serial number %s under %s is the moment %s', (stored, code, text) => {
  expect(withCode(stored, code)).toBe(text);
});

test.each([
  ['0.85', '0%', '85%'],
  ['0.07', '0%', '7%'],
  ['0.8512', '0%', '85.12%'],
  ['85', '0.0"%"', '85%'],
  ['16', '0" GB"', '16 GB'],
  ['1024', '#,##0\\ "MB"', '1024 MB'],
  ['1500000', '#,##0.0,,"M"', '1500000'],
  ['42', '00000', '00042'],
  ['42', '"SRV-"0000', 'SRV-0042'],
  ['42.5', '00000', '42.5'],
  ['1234.5', '#,##0.00', '1234.5'],
  ['1234.5', '_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-', '1234.5'],
  ['1234.5', '[$$-409]#,##0.00', '1234.5'],
  ['1234.5', '0.00E+00', '1234.5'],
  ['12', '# ?/?', '12'],
  ['900', '[<1000]0" MB";0.0," GB"', '900'],
  ['5', 'General', '5'],
  ['5', '@', '5'],
  ['5', '[Red]0', '5'],
])('the number %s under %s reads %s as people see it', (stored, code, text) => {
  expect(withCode(stored, code)).toBe(text);
});

test.each([
  [14, '45352', '2024-03-01'],
  [22, '45352.75', '2024-03-01T18:00:00'],
  [20, '0.75', '18:00:00'],
  [46, '1.5', '36:00:00'],
  [10, '0.125', '12.5%'],
  [2, '1.5', '1.5'],
  [49, '1.5', '1.5'],
  [57, '45352', '2024-03-01'],
])('the format number %i is known without a code', (id, stored, text) => {
  expect(numberText(stored, builtinFormat(id), false)).toBe(text);
});

test('the 1904 system counts from another day', () => {
  const format = formatOfCode('yyyy-mm-dd');

  expect(['0', '43890', '2957003', '2957004'].map((stored) => numberText(stored, format, true))).toEqual([
    '1904-01-01',
    '2024-03-01',
    '9999-12-31',
    '2957004',
  ]);
});
