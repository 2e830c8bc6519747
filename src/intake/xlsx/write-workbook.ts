import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

import { type WrittenSheet, sheetXml } from './write-sheet';
import { describingParts, sheetPath } from './written-parts';

export type { WrittenCell, WrittenSheet } from './write-sheet';

const maxNameCharacters = 31;
const forbiddenPattern = /[[\]:*?/\\\p{Cc}]/gu;
/** Spreadsheets keep this name for themselves. */
const reservedName = 'history';

function fitName(name: string, taken: ReadonlySet<string>): string {
  const plain = name.replaceAll(forbiddenPattern, ' ').replaceAll(/^[\s']+|[\s']+$/gu, '');
  const base = plain === '' || plain.toLowerCase() === reservedName ? `${plain} sheet`.trim() : plain;
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` (${number})`;
    const candidate = base.slice(0, maxNameCharacters - suffix.length).trimEnd() + suffix;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}

/** Names that spreadsheets accept, one for each sheet. */
function fitNames(sheets: readonly WrittenSheet[]): string[] {
  const taken = new Set<string>();
  return sheets.map(({ name }) => {
    const fit = fitName(name, taken);
    taken.add(fit.toLowerCase());
    return fit;
  });
}

async function pack(
  sheets: Iterable<WrittenSheet> | AsyncIterable<WrittenSheet>,
  zip: ZipFile,
  output: PassThrough,
): Promise<void> {
  const all: WrittenSheet[] = [];
  for await (const sheet of sheets) all.push(sheet);
  if (all.length === 0) throw new RangeError('A workbook needs a sheet');
  for (const [path, text] of describingParts(fitNames(all))) zip.addBuffer(Buffer.from(text), path);
  for (const [index, sheet] of all.entries()) {
    zip.addReadStreamLazy(sheetPath(index), (give) => {
      const rows = Readable.from(sheetXml(sheet), { objectMode: false });
      rows.once('error', (error) => zip.emit('error', error));
      // Whoever stops reading the workbook lets go of the rows.
      output.once('close', () => rows.destroy());
      give(null, rows);
    });
  }
  zip.end();
}

/**
 * Writes a workbook as a stream while its rows are read. Each sheet gets a bold, frozen header row with a filter.
 * Texts are texts, never formulas; numbers are written as numbers only when they are given as numbers. An error of
 * the rows destroys the stream with it, and so does a sheet of more than 1,048,575 records.
 */
export function writeWorkbook(sheets: Iterable<WrittenSheet> | AsyncIterable<WrittenSheet>): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  const fail = (error: unknown): void => {
    output.destroy(
      error instanceof Error ? error : new Error('The workbook was not written', { cause: error }),
    );
  };
  zip.on('error', fail);
  zip.outputStream.pipe(output);
  pack(sheets, zip, output).catch(fail);
  return output;
}
