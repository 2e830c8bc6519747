import type { AttributeName } from '../../attributes/types';
import type { CleansingRule } from '../types';

/** In place of the number of a rule: the value reads as its cell. */
export const unchanged = -1;

/** The rules that changed cells of a table, numbered from 0 as they were first needed. */
export class RuleNumbers {
  private readonly rules: CleansingRule[] = [];
  private readonly numbers = new Map<string, number>();
  private taken: number;

  /** `known` are rules that have their numbers already, in order. */
  constructor(known: readonly CleansingRule[]) {
    for (const rule of known) this.add(rule);
    this.taken = known.length;
  }

  add(rule: CleansingRule): number {
    const { attribute, position, rule: name, isUnusable } = rule;
    const key = `${position} ${attribute} ${isUnusable} ${name}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.rules.length);
    return this.rules.push(rule) - 1;
  }

  get(number: number): CleansingRule | undefined {
    return this.rules[number];
  }

  /** The rules that are new since the last time, with the number of the first. */
  take(): NumberedRules {
    const first = this.taken;
    this.taken = this.rules.length;
    return { first, rules: this.rules.slice(first) };
  }
}

/** Rules with consecutive numbers. */
export interface NumberedRules {
  readonly first: number;
  readonly rules: readonly CleansingRule[];
}

/** The rules of one column, found without making a key for every cell. */
export class ColumnRules {
  private readonly usable = new Map<AttributeName, Map<string, number>>();
  private readonly unusable = new Map<AttributeName, Map<string, number>>();

  constructor(
    private readonly numbers: RuleNumbers,
    private readonly sourceColumn: string,
    private readonly position: number,
  ) {}

  numberOf(attribute: AttributeName, rule: string, isUnusable: boolean): number {
    const byAttribute = isUnusable ? this.unusable : this.usable;
    const byRule = byAttribute.get(attribute) ?? new Map<string, number>();
    const known = byRule.get(rule);
    if (known !== undefined) return known;
    const { sourceColumn, position } = this;
    const number = this.numbers.add({ attribute, sourceColumn, position, rule, isUnusable });
    byAttribute.set(attribute, byRule.set(rule, number));
    return number;
  }
}
