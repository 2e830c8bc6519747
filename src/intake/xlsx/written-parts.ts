import { escapeMarkup } from './written-xml';

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const packageTypes = 'http://schemas.openxmlformats.org/package/2006';
const officeTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Styles of cells by their place in the styles part. */
export const headerStyle = 1;
export const textStyle = 2;

/** Opening of every sheet part. */
export const sheetHead = `${head}<worksheet xmlns="${main}">`;

export const sheetPath = (index: number): string => `xl/worksheets/sheet${index + 1}.xml`;

function contentTypes(names: readonly string[]): string {
  const sheets = names
    .map((_, index) => `<Override PartName="/${sheetPath(index)}" ContentType="${sheetType}.worksheet+xml"/>`)
    .join('');
  return (
    `${head}<Types xmlns="${packageTypes}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/>${sheets}</Types>`
  );
}

const relationship = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${officeTypes}/${type}" Target="${target}"/>`;

const relationships = (inside: string): string =>
  `${head}<Relationships xmlns="${packageTypes}/relationships">${inside}</Relationships>`;

function workbook(names: readonly string[]): string {
  const sheets = names
    .map(
      (name, index) => `<sheet name="${escapeMarkup(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
    )
    .join('');
  return `${head}<workbook xmlns="${main}" xmlns:r="${officeTypes}"><sheets>${sheets}</sheets></workbook>`;
}

/** Plain, bold for headers, and text, so that a spreadsheet keeps `007` as it is when a cell is edited. */
const styles =
  `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

/** The parts beside the sheets, by their paths, in the order in which they are packed. */
export function describingParts(names: readonly string[]): ReadonlyMap<string, string> {
  const sheets = names.map((_, index) =>
    relationship(`rId${index + 1}`, 'worksheet', sheetPath(index).slice('xl/'.length)),
  );
  const stylesRelationship = relationship(`rId${names.length + 1}`, 'styles', 'styles.xml');
  return new Map([
    ['[Content_Types].xml', contentTypes(names)],
    ['_rels/.rels', relationships(relationship('rId1', 'officeDocument', 'xl/workbook.xml'))],
    ['xl/workbook.xml', workbook(names)],
    ['xl/_rels/workbook.xml.rels', relationships(sheets.join('') + stylesRelationship)],
    ['xl/styles.xml', styles],
  ]);
}
