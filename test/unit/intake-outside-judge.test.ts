import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';

import { DomainError } from '../../src/domain/errors';
import { readUploadContent } from '../../src/intake/upload-content';
import { uploadOf, zipOf } from '../fixtures/intake/archives';
import { aWorkbook } from '../fixtures/intake/small-workbook';

const city = 'Name,City\nweb,Zürich\napp,Köln\n';

/** What `file` (libmagic) says of bytes; null where it is not installed. */
function judge(bytes: Buffer): string | null {
  const { status, stdout } = spawnSync('file', ['--brief', '--mime', '-'], { input: bytes });
  return status === 0 ? stdout.toString().trim() : null;
}

async function ours(bytes: Buffer): Promise<string> {
  try {
    const { tables } = await readUploadContent(uploadOf(bytes));
    const [first] = tables;
    const { container, encoding, archive } = first?.detection ?? {};
    return [container, encoding, archive].filter((part) => part !== undefined).join(' ');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { detected } = error.details;
    return typeof detected === 'string' ? detected : error.code;
  }
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

test.each<[string, () => Buffer | Promise<Buffer>, string, RegExp]>([
  ['UTF-8', () => Buffer.from(city), 'csv utf-8', /text\/.*charset=utf-8/u],
  ['UTF-16LE', () => Buffer.from(`\u{feff}${city}`, 'utf16le'), 'csv utf-16le', /charset=utf-16le/u],
  ['UTF-16BE', () => Buffer.from(`\u{feff}${city}`, 'utf16le').swap16(), 'csv utf-16be', /charset=utf-16be/u],
  ['Latin letters', () => latin(city), 'csv windows-1252', /text\/.*charset=iso-8859-1/u],
  ['JSON', () => Buffer.from('[{"a":1}]'), 'json utf-8', /application\/json/u],
  ['a compressed file', () => gzipSync(city), 'csv utf-8 gzip', /application\/(?:x-)?gzip/u],
  ['an archive', () => zipOf([{ name: 'a.csv', content: city }]), 'csv utf-8', /application\/zip/u],
  [
    'a workbook',
    () =>
      aWorkbook({
        A: [
          ['Name', 'IP'],
          ['web', '1'],
        ],
      }),
    'xlsx utf-8',
    /spreadsheetml|application\/zip|octet-stream/u,
  ],
  ['a PDF', () => Buffer.from('%PDF-1.7\n1 0 obj\n'), 'pdf', /application\/pdf/u],
  [
    'a PNG',
    () => latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0'),
    'png',
    /image\/png/u,
  ],
  [
    'an executable',
    () => latin(`\x7fELF\x02\x01\x01${'\0'.repeat(60)}`),
    'elf',
    /application\/x-|octet-stream/u,
  ],
  ['HTML', () => Buffer.from('<!DOCTYPE html>\n<html><body>a</body></html>'), 'html', /text\/html/u],
  ['a 7z archive', () => latin("7z\xbc\xaf'\x1c\0\x04"), '7z', /x-7z-compressed/u],
])('%s is what an outside judge says it is', async (_, content, expected, verdict) => {
  const bytes = await content();

  expect(await ours(bytes)).toBe(expected);
  expect(judge(bytes) ?? verdict.source).toEqual(
    expect.stringMatching(judge(bytes) === null ? /./u : verdict),
  );
});
