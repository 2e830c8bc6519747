import { headerStyle, sheetHead, textStyle } from './written-parts';
import { columnLetters, escapeCellText } from './written-xml';

/** A text stays a text whatever it looks like; a number becomes a number. */
export type WrittenCell = string | number | null;

export interface WrittenColumn {
  readonly name: string;
  /** In characters; default: as wide as the name, within reason. */
  readonly width?: number;
}

export interface WrittenSheet {
  /** Made fit for spreadsheets: at most 31 characters, none of `[]:*?/\`, no two alike. */
  readonly name: string;
  readonly columns: readonly WrittenColumn[];
  readonly rows: Iterable<readonly WrittenCell[]> | AsyncIterable<readonly WrittenCell[]>;
}

/** Rows of a sheet in spreadsheet programs. */
const maxSheetRows = 1_048_576;
const chunkCharacters = 64 * 1024;
const leastWidth = 10;
const mostWidth = 60;

function cellXml(value: WrittenCell | undefined, reference: string, style: number): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'number' && Number.isFinite(value)) return `<c r="${reference}"><v>${value}</v></c>`;
  const text = escapeCellText(String(value));
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

function columnsXml(columns: readonly WrittenColumn[]): string {
  if (columns.length === 0) return '';
  const inside = columns.map(({ name, width }, index) => {
    const wanted = width ?? Math.min(mostWidth, Math.max(leastWidth, name.length + 2));
    return `<col min="${index + 1}" max="${index + 1}" width="${wanted}" customWidth="1"/>`;
  });
  return `<cols>${inside.join('')}</cols>`;
}

const frozenHeader =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" ' +
  'state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews>';

/** The part of a sheet as XML in chunks of some ten thousand characters. */
export async function* sheetXml({ columns, rows }: WrittenSheet): AsyncGenerator<Buffer> {
  const letters = columns.map((_, column) => columnLetters(column));
  const rowXml = (cells: readonly WrittenCell[], line: number, style: number): string => {
    let inside = '';
    for (let column = 0; column < letters.length; column += 1) {
      inside += cellXml(cells[column], `${letters[column] ?? ''}${line}`, style);
    }
    return `<row r="${line}">${inside}</row>`;
  };
  const names = columns.map(({ name }) => name);
  let text = `${sheetHead}${frozenHeader}${columnsXml(columns)}<sheetData>${rowXml(names, 1, headerStyle)}`;
  let line = 1;
  for await (const cells of rows) {
    line += 1;
    if (line > maxSheetRows) throw new RangeError(`A sheet holds at most ${maxSheetRows - 1} records`);
    text += rowXml(cells, line, textStyle);
    if (text.length < chunkCharacters) continue;
    yield Buffer.from(text);
    text = '';
  }
  const range = columns.length === 0 ? '' : `A1:${letters.at(-1) ?? 'A'}${line}`;
  yield Buffer.from(`${text}</sheetData>${range === '' ? '' : `<autoFilter ref="${range}"/>`}</worksheet>`);
}
