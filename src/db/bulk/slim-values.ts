import type { AttributeName, AttributeValue, AttributeValues } from '../../domain/attributes/types';

/** The columns of a query that answers some attributes of a JSON column only, `null` where a record has none. */
export function slimColumns(column: string, names: readonly AttributeName[]): string {
  return names.map((name) => `${column} -> '${name}'`).join(', ');
}

/** The values in such columns, which begin at `offset` of a decoded row. */
export function slimValues(
  names: readonly AttributeName[],
  row: readonly (string | null)[],
  offset: number,
): AttributeValues {
  const values: { [name in AttributeName]?: AttributeValue } = {};
  for (let at = 0; at < names.length; at += 1) {
    const text = row[offset + at] ?? null;
    const name = names[at];
    if (text !== null && name !== undefined) values[name] = valueOf(text);
  }
  return values;
}

/** Most values are plain texts, whose quotes are all there is to parse. */
function valueOf(text: string): AttributeValue {
  if (text.startsWith('"') && !text.includes('\\')) return text.slice(1, -1);
  return JSON.parse(text) as AttributeValue; // cleansing wrote attribute values
}
