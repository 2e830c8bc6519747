import type { DetailRules } from '../../inventory/types';
import { allFormats } from './all-formats';

const byFormat: ReadonlyMap<string, DetailRules> = new Map(
  allFormats.flatMap(({ id, details }) => (details === undefined ? [] : [[id, details]])),
);

/** How the rows of a recognised table make the values of one asset; undefined when a row is a whole asset. */
export function detailRulesOf(formatId: string | null): DetailRules | undefined {
  return formatId === null ? undefined : byFormat.get(formatId);
}

const productOf = (formatId: string): string => formatId.split('.', 1)[0] ?? formatId;
const inParts: ReadonlySet<string> = new Set([...byFormat.keys()].map(productOf));

/** Whether the product of a recognised table writes the parts of its assets as tables of their own. */
export function isInParts(formatId: string): boolean {
  return inParts.has(productOf(formatId));
}
