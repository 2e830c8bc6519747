import type { AttributeValue } from '../../attributes/types';
import { type Conversion, type ConversionContext, type Converter, empty } from './conversion';
import { type ColumnRules, unchanged } from './rule-numbers';
import { jsonMember } from './value-json';

/** Distinct cells remembered per column, and the longest of them. */
const rememberedCells = 20_000;
const longestRemembered = 120;
/** Look-ups after which a column where fewer than 1 cell in 10 came before stops remembering. */
const trial = 4096;

/** A cell with what is written of it. */
export interface ConvertedCell {
  readonly conversion: Conversion;
  /** The value as a member of a JSON object, behind a comma; empty without a value. */
  readonly member: string;
  /** Number of the rule that changed the cell, or `unchanged`. */
  readonly rule: number;
}

const emptyCell: ConvertedCell = { conversion: empty, member: '', rule: unchanged };

/** Converts the cells of one column; where cells repeat, each distinct one once. */
export class CellConverter {
  private readonly known = new Map<string, ConvertedCell>();
  private asked = 0;
  private found = 0;
  private remembers = true;

  constructor(
    readonly position: number,
    readonly context: ConversionContext,
    readonly rules: ColumnRules,
    private readonly converter: Converter,
  ) {}

  convert(cell: string): ConvertedCell {
    if (cell === '') {
      return emptyCell;
    }
    return this.remembers ? this.recall(cell) : this.make(cell);
  }

  private recall(cell: string): ConvertedCell {
    this.asked += 1;
    const known = this.known.get(cell);
    if (known !== undefined) {
      this.found += 1;
      return known;
    }
    const made = this.make(cell);
    if (this.known.size < rememberedCells && cell.length <= longestRemembered) {
      this.known.set(cell, made);
    }
    if (this.asked >= trial) {
      this.judge();
    }
    return made;
  }

  private make(cell: string): ConvertedCell {
    const { attribute } = this.context;
    const conversion = this.converter(cell, this.context);
    const { value, rule } = conversion;
    return {
      conversion,
      member: value === null ? '' : jsonMember(attribute, value),
      rule: saysTheSame(cell, value) ? unchanged : this.rules.numberOf(attribute, rule, value === null),
    };
  }

  private judge(): void {
    if (this.found * 10 < this.asked) {
      this.remembers = false;
      this.known.clear();
    }
    this.asked = 0;
    this.found = 0;
  }
}

/** Whether a value reads exactly as its cell, so that there is no change to record. */
export function saysTheSame(cell: string, value: AttributeValue | null): boolean {
  if (typeof value === 'string') {
    return value === cell;
  }
  if (value === null || typeof value === 'boolean') {
    return value !== null && String(value) === cell;
  }
  return typeof value === 'number' ? String(value) === cell : value.length === 1 && value[0] === cell;
}
