import type { AttributeValue } from '../../attributes/types';
import type { MappingCombination } from '../../lists';
import type { CellProblem, Conversion } from './conversion';
import { roundTo } from '../values/text';

/** The conversions of the columns that feed one attribute, in the order of their rules. */
export type Parts = readonly Conversion[];

/** One value out of several columns; the winner is the position of its column, or -1 when all took part. */
export interface Combined {
  readonly value: AttributeValue | null;
  readonly rule: string;
  readonly winner: number;
  readonly problem: CellProblem | null;
}

const none: Combined = { value: null, rule: 'empty', winner: -1, problem: null };
const decimals = 6;

/** The first column that says something. */
function first(parts: Parts): Combined {
  const winner = parts.findIndex((part) => part.value !== null);
  const part = parts[winner];
  return part === undefined ? none : { value: part.value, rule: part.rule, winner, problem: null };
}

/** Every value once, in the order of the columns; a single text attribute gets them joined. */
function list(parts: Parts, multiple: boolean): Combined {
  const values = new Set<string>();
  for (const { value } of parts) {
    for (const one of asTexts(value)) {
      values.add(one);
    }
  }
  if (values.size === 0) {
    return none;
  }
  const value = multiple ? [...values] : [...values].join('; ');
  return { value, rule: 'list_of_columns', winner: -1, problem: null };
}

function asTexts(value: AttributeValue | null): readonly string[] {
  if (value === null) {
    return [];
  }
  return typeof value === 'object' ? value : [String(value)];
}

/** The sum of what is there; a part that can't be read makes the sum unknown, an empty one does not. */
function sum(parts: Parts): Combined {
  const numbers = numbersOf(parts);
  if (parts.some(isUnreadable)) {
    return numbers.length === 0 ? none : { ...none, problem: 'incomplete_sum' };
  }
  if (numbers.length === 0) {
    return none;
  }
  const total = numbers.reduce((left, right) => left + right, 0);
  return { value: roundTo(total, decimals), rule: 'sum_of_columns', winner: -1, problem: null };
}

/** The product of all factors; without one of them it is unknown. */
function product(parts: Parts): Combined {
  const numbers = numbersOf(parts);
  if (numbers.length === 0) {
    return none;
  }
  if (numbers.length < parts.length) {
    return { ...none, problem: 'incomplete_product' };
  }
  const total = numbers.reduce((left, right) => left * right, 1);
  return { value: roundTo(total, decimals), rule: 'product_of_columns', winner: -1, problem: null };
}

function numbersOf(parts: Parts): readonly number[] {
  return parts.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
}

function isUnreadable(part: Conversion): boolean {
  return part.value === null && part.problem !== null;
}

/** Applies the rule by which several columns feed one attribute. */
export function combine(combination: MappingCombination, parts: Parts, multiple: boolean): Combined {
  switch (combination) {
    case 'first':
      return first(parts);
    case 'list':
      return list(parts, multiple);
    case 'sum':
      return sum(parts);
    case 'product':
      return product(parts);
  }
}
