import type { ProfileAction } from '../../lists';
import type { ColumnRule } from '../../mapping/types';
import { type Converter, converted } from '../cleansing/conversion';
import { countParts, splitList } from '../values/lists';
import { splitNumber } from '../values/numbers';
import { cleanText } from '../values/text';

/** Longest text that a cell of a workbook holds; a longer value could not be exported whole. */
export const longestExportable = 32_767;

/** What a person decided about a column whose profile asked for it. */
export interface ProfileDecision {
  readonly column: string;
  readonly action: ProfileAction;
  /** Longest value that `truncate` leaves and `skip` lets pass, in characters. */
  readonly limit?: number;
}

/** A converter under the decision about its column; lists see to several values themselves. */
export function decidedConverter(
  convert: Converter,
  decision: ProfileDecision | undefined,
  isList: boolean,
): Converter {
  if (decision?.action === 'truncate') {
    return cutTo(decision.limit, convert);
  }
  return decision?.action === 'first_value' && !isList ? firstOf(convert) : convert;
}

/** How a column treats several values under the decision about it. */
export function decidedMultiValue(
  rule: ColumnRule,
  decision: ProfileDecision | undefined,
): ColumnRule['multiValue'] {
  switch (decision?.action) {
    case 'split':
      return 'list';
    case 'first_value':
      return 'first';
    case 'keep':
      return 'keep';
    case 'truncate':
    case 'skip':
    case undefined:
      return rule.multiValue;
  }
}

/** A converter of the first of several values; separators inside a number are none. */
function firstOf(convert: Converter): Converter {
  return (cell, context) => {
    const [first] = countParts(cell) > 1 && splitNumber(cleanText(cell)) === null ? splitList(cell) : [];
    return convert(first ?? cell, context);
  };
}

/** A converter that cuts longer cells first, as a person decided, and says so. */
function cutTo(limit: number | undefined, convert: Converter): Converter {
  const longest = limit ?? longestExportable;
  return (cell, context) => {
    const text = cleanText(cell);
    if (text.length <= longest) {
      return convert(cell, context);
    }
    const conversion = convert(text.slice(0, longest), context);
    return conversion.value === null
      ? conversion
      : converted(conversion.value, 'truncated', 'value_truncated', conversion.extras);
  };
}

/** The column whose cell is too long for a decided limit in a row, null when the row stays. */
export function skipRule(
  columns: readonly string[],
  decisions: readonly ProfileDecision[],
): (cells: readonly string[]) => string | null {
  const skips = decisions.filter((decision) => decision.action === 'skip');
  const limits = skips.map(({ column, limit }) => ({
    column,
    position: columns.indexOf(column),
    longest: limit ?? longestExportable,
  }));
  return (cells) =>
    limits.find(({ position, longest }) => (cells[position] ?? '').length > longest)?.column ?? null;
}
