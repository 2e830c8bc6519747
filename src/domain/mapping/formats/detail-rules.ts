import type { DetailRules } from '../../inventory/types';
import { allFormats } from './all-formats';

const byFormat: ReadonlyMap<string, DetailRules> = new Map(
  allFormats.flatMap(({ id, details }) => (details === undefined ? [] : [[id, details]])),
);

/** How the rows of a recognised table make the values of one asset; undefined when a row is a whole asset. */
export function detailRulesOf(formatId: string | null): DetailRules | undefined {
  return formatId === null ? undefined : byFormat.get(formatId);
}
