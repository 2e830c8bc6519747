import { openImport } from '../../src/activities/imports/upload-table';
import { DomainError } from '../../src/domain/errors';
import { detectContent } from '../../src/intake/detection/detect';
import type { DetectionHint } from '../../src/intake/detection/detection-hint';
import { openOptionsFor } from '../../src/intake/table-choices';
import { type TablePlace, defaultIntakeLimits } from '../../src/intake/types';
import { openUploadTable, readUploadContent } from '../../src/intake/upload-content';
import { uploadOf, zipOf } from '../fixtures/intake/archives';
import { readUpload } from '../fixtures/intake/read-upload';
import { aWorkbook } from '../fixtures/intake/small-workbook';

const servers = 'Export,of,Monday\nName,IP,OS\nweb01,10.0.0.1,Linux\n';
const owners = 'Name;Owner\nweb01;Jürgen\n';

/** The columns of every table of an upload as it is read with choices. */
async function columnsOf(content: Buffer, hint: DetectionHint): Promise<Record<string, readonly string[]>> {
  const bytes = uploadOf(content);
  const { tables } = await readUploadContent(bytes, hint);
  const found: Record<string, readonly string[]> = {};
  for (const table of tables) {
    const { place } = table;
    const opened = await openUploadTable(bytes, table, defaultIntakeLimits, openOptionsFor(hint, place));
    found[place.sheet ?? place.entry ?? ''] = opened.header.columns;
  }
  return found;
}

test('choices for one file of an archive leave the others alone', async () => {
  const latin = Buffer.from(owners, 'latin1');
  const archive = await zipOf([
    { name: 'exports/servers.csv', content: servers },
    { name: 'owners.csv', content: latin },
  ]);
  const tables = {
    'Exports/Servers.csv': { headerLine: 2 },
    'owners.csv': { encoding: 'windows-1252' },
  } as const;

  const columns = await columnsOf(archive, { tables });
  const { tables: found } = await readUploadContent(uploadOf(archive), { tables });

  expect(columns).toEqual({ 'exports/servers.csv': ['Name', 'IP', 'OS'], 'owners.csv': ['Name', 'Owner'] });
  expect(found.map(({ detection }) => detection.encoding)).toEqual(['utf-8', 'windows-1252']);
});

test('choices for one sheet go before those for all of a workbook', async () => {
  const rows = servers
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const workbook = await aWorkbook({ Servers: rows, Other: rows });

  const named = await columnsOf(workbook, { headerLine: 1, tables: { servers: { headerLine: 2 } } });

  expect(named).toEqual({ Servers: ['Name', 'IP', 'OS'], Other: ['Export', 'of', 'Monday'] });
});

test('an import is opened with what was chosen for its own table', async () => {
  const rows = servers
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const bytes = uploadOf(await aWorkbook({ Servers: rows, Other: rows }));
  const processingConfig = { header_line: 1, tables: { Servers: { header_line: 2 } } };
  const open = async ({ sheet }: Pick<TablePlace, 'sheet'>) => {
    const place = { archiveEntry: null, sheetName: sheet, filename: 'estate.xlsx' };
    const entry = { ...place, id: 'import', detection: {}, processingConfig };
    return (await openImport(bytes, entry, defaultIntakeLimits)).table.header.headerLine;
  };

  expect(await open({ sheet: 'Servers' })).toBe(2);
  expect(await open({ sheet: 'Other' })).toBe(1);
});

function refusal(bytes: Buffer, hint: DetectionHint = {}): unknown {
  try {
    return detectContent(bytes, hint);
  } catch (error) {
    return error instanceof DomainError ? { code: error.code, ...error.details } : error;
  }
}

describe('an encoding that a person chose', () => {
  test('reads UTF-16 without a mark whose letters do not give it away', async () => {
    const bytes = Buffer.from('名前,環境\nサーバー一,本番\nサーバー二,試験\n', 'utf16le');

    const { columns, rows } = await readUpload(bytes, { hint: { encoding: 'utf-16le' } });

    expect(columns).toEqual(['名前', '環境']);
    expect(rows).toHaveLength(2);
  });

  test('goes before the looks of a text with many control characters', () => {
    const noisy = `Name,Note\n${'web01,\u0001\u0002\u0003\u0004\n'.repeat(30)}`;

    expect(refusal(Buffer.from(noisy))).toMatchObject({ code: 'UPLOAD_003' });
    expect(refusal(Buffer.from(noisy), { encoding: 'utf-8' })).toMatchObject({ container: 'csv' });
  });

  test('that makes NULs of a text is refused', () => {
    const wide = Buffer.from('Name,OS\nweb01,Linux\n', 'utf16le');

    expect(refusal(wide, { encoding: 'utf-8' })).toMatchObject({ code: 'UPLOAD_003' });
  });
});

/** Code page 1047 of the characters that the test needs. */
function ebcdic(text: string): Buffer {
  const marks: Readonly<Record<string, number>> = { ' ': 0x40, ',': 0x6b, '.': 0x4b, '\n': 0x15, '-': 0x60 };
  const letter = (code: number, upper: number): number => {
    if (code < 9) return upper + 1 + code;
    return code < 18 ? upper + 0x11 + code - 9 : upper + 0x22 + code - 18;
  };
  return Buffer.from(
    text.split('').map((character) => {
      const mark = marks[character];
      if (mark !== undefined) return mark;
      if (/\d/.test(character)) return 0xf0 + Number(character);
      const isUpper = character <= 'Z';
      return letter(character.charCodeAt(0) - (isUpper ? 65 : 97), isUpper ? 0xc0 : 0x80);
    }),
  );
}

test.each([undefined, 'utf-8', 'windows-1252'] as const)(
  'EBCDIC read as %s is refused with a way out',
  (encoding) => {
    const bytes = ebcdic(`Name,Location,Cores\n${'host01,Berlin DC-1,16\n'.repeat(5)}`);

    const found = refusal(bytes, encoding === undefined ? {} : { encoding });

    expect(found).toMatchObject({
      code: 'UPLOAD_003',
      detected: 'ebcdic',
      hint: expect.stringContaining('UTF-8'),
    });
  },
);

test.each([
  ['Cyrillic', Buffer.from('cdeee2eee5,c8ecff\r\n'.replaceAll(/[^\da-f]/g, ''), 'hex')],
  ['Windows-1252', Buffer.from('Größe,Gerät\nä,ö\n', 'latin1')],
  ['UTF-8', Buffer.from('名前,環境\n一,二\n')],
])('%s is no EBCDIC', (_, bytes) => {
  expect(refusal(bytes)).not.toMatchObject({ detected: 'ebcdic' });
});
