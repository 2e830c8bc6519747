import { DomainError } from '../../src/domain/errors';
import { detectContent } from '../../src/intake/detection/detect';
import type { DetectionHint } from '../../src/intake/detection/detection-hint';

function codeOf(content: Buffer | string, hint: DetectionHint = {}): string {
  try {
    const { container, delimiter } = detectContent(Buffer.from(content), hint);
    return delimiter === null ? container : `${container} ${delimiter}`;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const zip = (names: string): Buffer => latin(`PK\x03\x04\x14\0\0\0\x08\0${'\0'.repeat(16)}${names}`);

test.each<[string, Buffer | string, string]>([
  ['no bytes', '', 'UPLOAD_004'],
  ['only blank lines', ' \r\n\n', 'UPLOAD_004'],
  ['only a byte order mark', '\u{feff}', 'UPLOAD_004'],
  ['a PDF', '%PDF-1.7\n', 'UPLOAD_001'],
  ['a PNG', latin('\x89PNG\r\n\x1a\n\0\0'), 'UPLOAD_001'],
  ['a JPEG', latin('\xff\xd8\xff\xe0\0'), 'UPLOAD_001'],
  ['a GIF', 'GIF89a...', 'UPLOAD_001'],
  ['an old Excel file', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0'), 'UPLOAD_001'],
  ['an ODS', zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), 'UPLOAD_001'],
  ['a cut gzip', latin('\x1f\x8b\x08\0'), 'UPLOAD_006'],
  ['HTML', ' \n<html><table><tr><td>a</td></tr></table>', 'UPLOAD_001'],
  ['XML', '<?xml version="1.0"?><Workbook/>', 'UPLOAD_001'],
  ['a flood of NUL bytes', Buffer.alloc(4096), 'UPLOAD_003'],
  ['NUL bytes in a short text', latin(`a,b\n${'x\0\x01\x02\0'.repeat(50)}`), 'UPLOAD_003'],
  ['UTF-32', latin('\xff\xfe\0\0a\0\0\0'), 'UPLOAD_003'],
  ['rows without a header', 'srv1,10.0.0.1,4,16\nsrv2,10.0.0.2,8,32\n', 'UPLOAD_007'],
  ['rows of words without a header', 'Linux,Prod,Bonn\nWindows,Prod,Bonn\nLinux,Prod,Rome\n', 'UPLOAD_007'],
  ['numbers alone', '1,2,3\n4,5,6\n', 'UPLOAD_007'],
  [
    'too many columns',
    `${Array.from({ length: 1001 }, (_, index) => `c${index}`).join(',')}\n`,
    'UPLOAD_008',
  ],
  ['commas', 'Name,IP\na,10.0.0.1\n', 'csv ,'],
  ['semicolons with decimal commas', 'Name;RAM;CPU\na;16,5;2,5\nb;8,0;1,5\n', 'csv ;'],
  ['semicolons with thousands', 'name;price\na;1,234,567\nb;2,345,678\n', 'csv ;'],
  ['tabs', 'Name\tIP, list\na\t1, 2\n', 'csv \t'],
  ['pipes', 'Name|IP|Note\na|1|x, y\nb|2|x; y\n', 'csv |'],
  ['lists inside cells', 'Name,IPs,Tags\na,1;2;3,x|y\nb,4;5;6,x|y\n', 'csv ,'],
  ['a separator line', 'sep=;\r\nName;IP,Port\r\na;b\r\n', 'csv ;'],
  ['one column', 'Hostname\nsrv1\nsrv2\n', 'csv ,'],
  ['a header only', 'Name,IP Address,OS\n', 'IMP_004'],
  ['a title and a header only', 'Servers\n\nName,IP Address,OS\n\n', 'IMP_004'],
  ['an empty array', ' [ ] ', 'IMP_004'],
  ['a table whose first cell is in brackets', '[Name],[IP]\na,b\n', 'csv ,'],
  ['an array', ' [{"a": 1}]', 'json'],
  ['a wrapped array', '{"records": []}', 'json'],
  ['a document over many lines', '{\n  "records": [\n    {"a": 1}\n  ]\n}', 'json'],
  ['objects in lines', '{"a": 1}\n{"a": 2}\n', 'ndjson'],
  ['objects in lines, the first one broken', '{"a": 1\n{"a": 2}\n', 'ndjson'],
])('%s', (_, content, expected) => {
  expect(codeOf(content)).toBe(expected);
});

test('the name and the declared type of a file are only hints', () => {
  expect(codeOf('Name,IP\na,1\n', { filename: 'x.xlsx', mimeType: 'application/pdf' })).toBe('csv ,');
  expect(codeOf('[{"a":1}]', { filename: 'x.csv' })).toBe('json');
  expect(codeOf('42', { filename: 'x.json' })).toBe('json');
  expect(codeOf('%PDF-1.7', { filename: 'x.csv', mimeType: 'text/csv' })).toBe('UPLOAD_001');
});

test('a refused spreadsheet comes with advice', () => {
  expect(() => detectContent(zip('xl/workbook.bin'))).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ hint: expect.stringContaining('XLSX') }) }),
  );
});

test('one NUL in a cell does not make a text binary', () => {
  expect(codeOf(`Name,Note\na,b\0c\n${'d,e\n'.repeat(20)}`)).toBe('csv ,');
});

test('a cut in the middle of a character changes nothing', () => {
  const whole = Buffer.from(`Name,City\n${'web,Zürich\n'.repeat(200_000)}`);

  for (const length of [1_048_576, 1_048_577, 1_048_578, 1_048_579]) {
    expect(detectContent(whole.subarray(0, length)).encoding).toBe('utf-8');
  }
});
