import { table } from '../../src/cli/output';

test('columns are as wide as their widest cell and lines end without blanks', () => {
  const lines = table(
    ['name', 'type'],
    [
      ['database-01', 'database'],
      ['web', null],
    ],
  );

  expect(lines).toEqual(['name         type', '-----------  --------', 'database-01  database', 'web']);
});

test('a long cell is cut with an ellipsis', () => {
  const [, , line] = table(['note'], [['a very long note']], 8);

  expect(line).toBe('a very …');
});

test('control and direction characters of a file never reach the terminal', () => {
  const [, , line = ''] = table(['name'], [['a\u001B[31mred\u202Etxt\nnext']]);

  expect(line).toBe('a [31mred txt next');
});

test('a table without rows still shows its headers', () => {
  const lines = table(['name', 'type'], []);

  expect(lines).toEqual(['name  type', '----  ----']);
});
