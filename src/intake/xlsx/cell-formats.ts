import { type NumberFormat, builtinFormat, formatOfCode } from './number-format';
import { xmlTags } from './xml-tags';

/** How the number of a cell is meant, by the index of its style. */
export interface CellFormats {
  readonly formats: readonly NumberFormat[];
  readonly is1904: boolean;
}

const sections: ReadonlySet<string> = new Set(['numFmts', 'cellXfs']);

/** Reads the number formats of the cell styles (`cellXfs`) of a styles part. */
export function readCellFormats(styles: string, part: string): NumberFormat[] {
  const codes = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  let section = '';
  for (const { name, kind, attributes } of xmlTags(styles, part)) {
    if (sections.has(name)) section = kind === 'open' ? name : '';
    const place = kind === 'close' ? '' : `${section}/${name}`;
    const id = Number(attributes.get('numFmtId') ?? 0);
    if (place === 'numFmts/numFmt') codes.set(id, formatOfCode(attributes.get('formatCode') ?? ''));
    else if (place === 'cellXfs/xf') formats.push(codes.get(id) ?? builtinFormat(id));
  }
  return formats;
}
