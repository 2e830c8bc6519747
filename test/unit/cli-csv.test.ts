import { cellText, toCsv } from '../../src/cli/csv';

const bom = '\uFEFF';

test('the columns are all keys of all rows in the order in which they appear', () => {
  const text = toCsv([
    { name: 'a', type: 'server' },
    { name: 'b', environment: 'test' },
  ]);

  expect(text).toBe(`${bom}name,type,environment\r\na,server,\r\nb,,test\r\n`);
});

test('commas, quotes and line ends are quoted', () => {
  const text = toCsv([{ note: 'a,b', quote: 'the "old" one', lines: 'one\r\ntwo' }]);

  expect(text).toBe(`${bom}note,quote,lines\r\n"a,b","the ""old"" one","one\r\ntwo"\r\n`);
});

test.each(['=1+1', '+cmd', '-2+3+cmd|x', '@sum(a1)', '\tx', '＝1'])(
  'a cell %j can not be run as a formula',
  (cell) => {
    const [, line = ''] = toCsv([{ cell }]).split('\r\n');

    expect(line.replaceAll('"', '').startsWith("'")).toBe(true);
  },
);

test.each(['-12.5', '+49 30 123456', '-1,000'])('the number %s stays as it is', (cell) => {
  const text = toCsv([{ cell }]);

  expect(text).toContain(cell);
  expect(text).not.toContain("'");
});

test('lists, objects and absent values have a text', () => {
  const texts = [['10.0.0.1', '10.0.0.2'], { a: 1 }, null, undefined, 5, true].map(cellText);

  expect(texts).toEqual(['10.0.0.1; 10.0.0.2', '{"a":1}', '', '', '5', 'true']);
});
