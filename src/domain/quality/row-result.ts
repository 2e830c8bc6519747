import type { AttributeName, AttributeValue } from '../attributes/types';
import { type CellProblem, type Conversion, type ExtraValue, cellProblems } from './conversion';
import type { CleansedRow, CleansingChange, RowFinding } from './types';

/** A value that a cell offers for an attribute of another column. */
interface Offer {
  readonly column: string;
  readonly cell: string;
  readonly extra: ExtraValue;
}

/** A value that several columns made together. */
interface CombinedValue {
  readonly names: readonly string[];
  readonly raw: readonly string[];
  readonly value: AttributeValue | null;
  readonly rule: string;
}

/** Collects values, changes and findings of one row. */
export class RowResult {
  private readonly values: { [name in AttributeName]?: AttributeValue } = {};
  private readonly changes: CleansingChange[] = [];
  private readonly findings: RowFinding[] = [];
  private offers: Offer[] | null = null;

  constructor(private readonly rowNumber: number) {}

  setFromCell(attribute: AttributeName, column: string, cell: string, conversion: Conversion): void {
    const { value, rule } = conversion;
    if (value !== null) {
      this.values[attribute] = value;
    }
    if (cell !== '' && !saysTheSame(cell, value)) {
      this.changes.push({
        rowNumber: this.rowNumber,
        attribute,
        sourceColumn: column,
        from: cell,
        to: value,
        rule,
      });
    }
  }

  setFromCells(attribute: AttributeName, combined: CombinedValue): void {
    const { names, raw, value, rule } = combined;
    if (value !== null) {
      this.values[attribute] = value;
    }
    for (let index = 0; index < raw.length; index += 1) {
      const cell = raw[index] ?? '';
      if (cell !== '' && !saysTheSame(cell, value)) {
        this.changes.push({
          rowNumber: this.rowNumber,
          attribute,
          sourceColumn: names[index] ?? '',
          from: cell,
          to: value,
          rule,
        });
      }
    }
  }

  /** Keeps values for attributes that no column may have given; the first offer wins. */
  offer(column: string, cell: string, extras: readonly ExtraValue[]): void {
    this.offers ??= [];
    for (const extra of extras) {
      this.offers.push({ column, cell, extra });
    }
  }

  report(attribute: AttributeName, column: string, value: string, problem: CellProblem): void {
    const { severity, text } = cellProblems[problem];
    const message = `Row ${this.rowNumber}: "${column}" ${text}`;
    this.findings.push({
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
    for (const { column, cell, extra } of this.offers ?? []) {
      if (this.values[extra.attribute] === undefined) {
        this.values[extra.attribute] = extra.value;
        const { attribute, value, rule } = extra;
        this.changes.push({
          rowNumber: this.rowNumber,
          attribute,
          sourceColumn: column,
          from: cell,
          to: value,
          rule,
        });
      }
    }
    this.compareStorage();
    return { values: this.values, changes: this.changes, findings: this.findings, skippedFor };
  }

  private compareStorage(): void {
    const { storage_gb: total, storage_used_gb: used } = this.values;
    if (typeof total === 'number' && typeof used === 'number' && used > total) {
      this.report('storage_used_gb', 'storage_used_gb', String(used), 'used_exceeds_total');
    }
  }
}

/** Whether a value reads exactly as its cell, so that there is no change to record. */
function saysTheSame(cell: string, value: AttributeValue | null): boolean {
  if (typeof value === 'string') {
    return value === cell;
  }
  if (value === null || typeof value === 'boolean') {
    return value !== null && String(value) === cell;
  }
  return typeof value === 'number' ? String(value) === cell : value.length === 1 && value[0] === cell;
}
