import { fc } from '../support/property';
import { guardCell, unguardCell } from '../../src/domain/quality/values/spreadsheet-text';

test.each(['=1+1', '+cmd', '-2+3+cmd|x', '@sum(a1)', '\tx', '\rx', '＝1', '＋a', '－a', '＠a'])(
  'a spreadsheet program does not run %j',
  (text) => {
    expect(guardCell(text)).toBe(`'${text}`);
  },
);

test.each([
  '-12.5',
  '+49 (0)30 123456',
  '-1,000',
  '-1.5e-3',
  '+12,5 %',
  '-',
  "it's",
  "'quoted'",
  '',
  'a=b',
  '10.0.0.1',
])('%j stays as it is', (text) => {
  expect(guardCell(text)).toBe(text);
  expect(unguardCell(text)).toBe(text);
});

test('guarding is undone exactly, whatever the text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '＝', '1', ' ', 'a'),
      maxLength: 6,
    }),
  );

  fc.assert(
    fc.property(text, (one) => {
      const cell = guardCell(one);
      expect(unguardCell(cell)).toBe(one);
      expect(cell === one || !/^[=+\-@\t\r＝＋－＠]/.test(cell)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
