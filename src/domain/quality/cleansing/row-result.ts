import type { AttributeName, AttributeValue, AttributeValues } from '../../attributes/types';
import { type CellConverter, type ConvertedCell, saysTheSame } from './cell-cache';
import { type CellProblem, type ExtraValue, cellProblems } from './conversion';
import { type RuleNumbers, unchanged } from './rule-numbers';
import type { CleansedRow, CleansingChange, RowFinding } from '../types';
import { jsonMember } from './value-json';

/** A value that a cell offers for an attribute of another column. */
interface Offer {
  readonly column: CellConverter;
  readonly extra: ExtraValue;
}

/** A value that several columns made together. */
interface CombinedValue {
  readonly columns: readonly CellConverter[];
  readonly raw: readonly string[];
  readonly value: AttributeValue | null;
  readonly rule: string;
}

const noFindings: readonly RowFinding[] = [];

/** Values that may be taken back; an attribute without value may then stand there as undefined. */
type RowValues = { [name in AttributeName]?: AttributeValue | undefined };

/** Collects values, changes and findings of one row. */
export class RowResult implements CleansedRow {
  readonly applied: number[] = [];
  readonly members: string[] = [];
  skippedFor: string | null = null;
  private readonly taken: RowValues = {};
  private readonly filled: AttributeName[] = [];
  private readonly offers: Offer[] = [];
  private reported: RowFinding[] | null = null;
  private rowNumber = 0;
  private cells: readonly string[] = [];

  constructor(private readonly rules: RuleNumbers) {}

  /** Forgets the row before. */
  begin(rowNumber: number, cells: readonly string[]): void {
    this.rowNumber = rowNumber;
    this.cells = cells;
    for (const attribute of this.filled) this.taken[attribute] = undefined;
    this.filled.length = 0;
    this.applied.length = 0;
    this.members.length = 0;
    this.offers.length = 0;
    this.reported = null;
  }

  get values(): AttributeValues {
    return this.taken as AttributeValues; // readers ask for values by name and take undefined for none
  }

  get findings(): readonly RowFinding[] {
    return this.reported ?? noFindings;
  }

  /** Each change names its rule; what the cell said and what was made of it stand in the row. */
  get changes(): readonly CleansingChange[] {
    return this.applied.flatMap((number) => {
      const applied = this.rules.get(number);
      if (applied === undefined) return [];
      const { attribute, sourceColumn, position, rule, isUnusable } = applied;
      const from = this.cells[position] ?? '';
      const to = isUnusable ? null : (this.taken[attribute] ?? null);
      return [{ rowNumber: this.rowNumber, attribute, sourceColumn, from, to, rule }];
    });
  }

  setFromCell(attribute: AttributeName, { conversion, member, rule }: ConvertedCell): void {
    if (conversion.value !== null) this.set(attribute, conversion.value, member);
    if (rule !== unchanged) {
      this.applied.push(rule);
    }
  }

  setFromCells(attribute: AttributeName, { columns, raw, value, rule }: CombinedValue): void {
    if (value !== null) this.set(attribute, value, jsonMember(attribute, value));
    columns.forEach(({ rules }, index) => {
      const cell = raw[index] ?? '';
      if (cell !== '' && !saysTheSame(cell, value)) {
        this.applied.push(rules.numberOf(attribute, rule, value === null));
      }
    });
  }

  /** Keeps values for attributes that no column may have given; the first offer wins. */
  offer(column: CellConverter, extras: readonly ExtraValue[]): void {
    for (const extra of extras) {
      this.offers.push({ column, extra });
    }
  }

  report(attribute: AttributeName, column: string, value: string, problem: CellProblem): void {
    const { severity, text } = cellProblems[problem];
    const message = `Row ${this.rowNumber}: "${column}" ${text}`;
    this.reported ??= [];
    this.reported.push({
      rowNumber: this.rowNumber,
      code: problem,
      severity,
      attribute,
      sourceColumn: column,
      value,
      message,
    });
  }

  finish(skippedFor: string | null): CleansedRow {
    for (const { column, extra } of this.offers) {
      const { attribute, value, rule } = extra;
      if (this.taken[attribute] === undefined) {
        this.set(attribute, value, jsonMember(attribute, value));
        this.applied.push(column.rules.numberOf(attribute, rule, false));
      }
    }
    this.compareStorage();
    this.skippedFor = skippedFor;
    return this;
  }

  private set(attribute: AttributeName, value: AttributeValue, member: string): void {
    this.taken[attribute] = value;
    this.filled.push(attribute);
    this.members.push(member);
  }

  private compareStorage(): void {
    const { storage_gb: total, storage_used_gb: used } = this.taken;
    if (typeof total === 'number' && typeof used === 'number' && used > total) {
      this.report('storage_used_gb', 'storage_used_gb', String(used), 'used_exceeds_total');
    }
  }
}
