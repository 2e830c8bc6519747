import { CellScanner } from './cell-scanner';
import { type DateOrder, readDate } from '../values/dates';
import { DistinctValues } from './distinct-values';
import { cellFormatOf } from '../words/formats';
import {
  type CellKinds,
  type KindSet,
  detectKinds,
  foldedWord,
  hasKind,
  kindBit,
  mayHoldPii,
  saysNothing,
} from '../words/kinds';
import { countParts } from '../values/lists';
import { ColumnNumbers } from './number-statistics';
import { type CellNumber, decideDecimalMark } from '../values/numbers';
import { findPii } from './pii';
import { isPlaceholder } from '../values/placeholders';
import type { Steps } from '../../steps';
import { shorten } from '../values/text';
import {
  type CellFormat,
  type ColumnProfile,
  type PiiKind,
  type ValueKind,
  piiKinds,
  valueKinds,
} from '../types';

export interface ColumnLimits {
  /** Distinct values that are counted exactly. */
  readonly distinct: number;
  /** Words of 32 bits behind the lower bound above that. */
  readonly bitWords: number;
}

const emailOnly: readonly PiiKind[] = ['email'];
const topSize = 50;
const sampleCount = 5;
const sampleLength = 200;
const multiValueParts = 3;
/** Distinct values that are looked at in about a millisecond. */
const valuesInStep = 500;
const scanner = new CellScanner();

function hashOf(text: string): number {
  scanner.scan(text);
  return scanner.hash;
}

/** Adds up what all cells of one column look like; each distinct value is looked at once. */
export class ColumnProfiler {
  private readonly values: DistinctValues;
  private readonly numbers = new ColumnNumbers();
  private readonly kindRows = new Float64Array(valueKinds.length);
  private readonly formats: Partial<Record<CellFormat, number>> = {};
  private readonly units = new Map<string, number>();
  private readonly pii = new Map<PiiKind, number>();
  private readonly samples: string[] = [];
  private rows = 0;
  private empty = 0;
  private placeholders = 0;
  private lengths = 0;
  private maxLength = 0;
  private multiValue = 0;
  private dayFirst = 0;
  private monthFirst = 0;

  constructor(
    private readonly column: string,
    private readonly position: number,
    limits: ColumnLimits,
  ) {
    this.values = new DistinctValues(limits.distinct, limits.bitWords, hashOf);
  }

  /** Adds one cell; equal cells of the column give equal numbers, to compare whole rows. */
  add(cell: string): number {
    this.rows += 1;
    if (cell === '') {
      this.empty += 1;
      return -1;
    }
    const known = this.values.countKnown(cell);
    if (known >= 0) {
      return known;
    }
    const text = cell.trim();
    if (text === '') {
      this.empty += 1;
      return -1;
    }
    const trimmed = text.length === cell.length ? -1 : this.values.countKnown(text);
    return trimmed >= 0 ? trimmed : this.addNew(text);
  }

  private addNew(text: string): number {
    if (this.samples.length < sampleCount) {
      this.addSample(text);
    }
    const position = this.values.remember(text);
    if (position >= 0) {
      return position;
    }
    const hash = this.values.mark(text);
    this.look(text, 1);
    return hash;
  }

  private addSample(text: string): void {
    const sample = shorten(text, sampleLength);
    if (!this.samples.includes(sample) && !isPlaceholder(text)) {
      this.samples.push(sample);
    }
  }

  /** Adds the facts of one text for a number of rows; the scanner has scanned the text. */
  private look(text: string, rows: number): void {
    this.lengths += text.length * rows;
    this.maxLength = Math.max(this.maxLength, text.length);
    const folded = foldedWord(text, scanner);
    if (saysNothing(text, folded, scanner)) {
      this.placeholders += rows;
      return;
    }
    const found = detectKinds(text, folded, scanner);
    this.addKinds(found, rows);
    if (found.number !== null) {
      this.addNumber(found.number, rows);
    } else if (scanner.listMarks >= 2 && countParts(text) >= multiValueParts) {
      this.multiValue += rows;
    }
    this.addDateEvidence(text, found, rows);
    if (mayHoldPii(found.kinds, scanner)) {
      this.addPii(text, found.kinds, rows);
    }
  }

  private addKinds(found: CellKinds, rows: number): void {
    const format = cellFormatOf(found.kinds, scanner);
    this.formats[format] = (this.formats[format] ?? 0) + rows;
    for (let set = found.kinds; set !== 0; set &= set - 1) {
      const position = 31 - Math.clz32(set & -set);
      this.kindRows[position] = (this.kindRows[position] ?? 0) + rows;
    }
  }

  private addNumber(number: CellNumber, rows: number): void {
    const { numeral, factor, word } = number;
    this.numbers.add(numeral.dot * factor, numeral.comma * factor, rows);
    this.numbers.addEvidence(numeral.evidence, rows);
    if (word !== '' && word.length <= 12 && (this.units.size < 50 || this.units.has(word.toLowerCase()))) {
      const unit = word.toLowerCase();
      this.units.set(unit, (this.units.get(unit) ?? 0) + rows);
    }
  }

  private addDateEvidence(text: string, found: CellKinds, rows: number): void {
    if (!hasKind(found.kinds, 'date')) {
      return;
    }
    const evidence = readDate(text)?.evidence;
    this.dayFirst += evidence === 'dmy' ? rows : 0;
    this.monthFirst += evidence === 'mdy' ? rows : 0;
  }

  private addPii(text: string, kinds: KindSet, rows: number): void {
    for (const kind of hasKind(kinds, 'email') ? emailOnly : findPii(text)) {
      this.pii.set(kind, (this.pii.get(kind) ?? 0) + rows);
    }
  }

  *finishInSteps(): Steps<ColumnProfile> {
    let looked = 0;
    for (const [text, rows] of this.values.entries()) {
      scanner.scan(text);
      this.look(text, rows);
      looked += 1;
      if (looked % valuesInStep === 0) yield;
    }
    const decimalMark = decideDecimalMark(this.numbers.evidence);
    const nonEmpty = this.rows - this.empty;
    return {
      column: this.column,
      position: this.position,
      rows: this.rows,
      empty: this.empty,
      placeholders: this.placeholders,
      distinct: this.values.distinct,
      distinctIsExact: this.values.isExact,
      maxLength: this.maxLength,
      meanLength: nonEmpty === 0 ? 0 : this.lengths / nonEmpty,
      kinds: this.kindCounts(),
      top: this.values.top(topSize),
      samples: this.samples,
      numbers: this.numbers.finish(decimalMark),
      multiValue: this.multiValue,
      unitWords: Object.fromEntries(this.units),
      decimalMark,
      dateOrder: this.dateOrder(),
      pii: this.piiFound(nonEmpty - this.placeholders),
      formats: this.formats,
    };
  }

  private kindCounts(): Readonly<Partial<Record<ValueKind, number>>> {
    const counts: Partial<Record<ValueKind, number>> = {};
    for (const [position, kind] of valueKinds.entries()) {
      const rows = this.kindRows[position] ?? 0;
      if (rows > 0 && kindBit(kind) !== 0) {
        counts[kind] = rows;
      }
    }
    return counts;
  }

  private dateOrder(): DateOrder {
    if (this.dayFirst === this.monthFirst) {
      return 'unknown';
    }
    return this.dayFirst > this.monthFirst ? 'dmy' : 'mdy';
  }

  /**
   * Names count when half of the column looks like names. Card numbers count when a third of the cells are some:
   * one in ten serial numbers passes the check digit by chance.
   */
  private piiFound(saying: number): readonly PiiKind[] {
    const people = this.kindRows[valueKinds.indexOf('person')] ?? 0;
    return piiKinds.filter((kind) => {
      if (kind === 'person_name') {
        return people > 0 && people * 2 >= saying;
      }
      const rows = this.pii.get(kind) ?? 0;
      return kind === 'credit_card' ? rows > 0 && rows * 3 >= saying : rows > 0;
    });
  }
}
