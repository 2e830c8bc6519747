import type { DecimalMark } from '../types';

/** Numbers whose broken part cannot be a group of thousands. */
const withComma = /^[-+]?(?:\d{1,3}(?:[.' \u00a0]\d{3})+|\d+),(?:\d{1,2}|\d{4,})\s?%?$/u;
const withPoint = /^[-+]?(?:\d{1,3}(?:[,' \u00a0]\d{3})+|\d+)\.(?:\d{1,2}|\d{4,})\s?%?$/u;

/** How the numbers of some records are written; undefined when none of them tells. */
export function decimalMarkOf(rows: readonly (readonly string[])[]): DecimalMark | undefined {
  const commas = new Map<number, number>();
  const points = new Map<number, number>();
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      const text = cell.trim();
      if (withComma.test(text)) commas.set(column, (commas.get(column) ?? 0) + 1);
      else if (withPoint.test(text)) points.set(column, (points.get(column) ?? 0) + 1);
    }
  }
  // Versions such as 7.9 stand in columns of their own and speak for nothing beside real decimal commas.
  const isComma = [...commas].some(([column, count]) => count > (points.get(column) ?? 0));
  if (isComma) return ',';
  return points.size > 0 ? '.' : undefined;
}
