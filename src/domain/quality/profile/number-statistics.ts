import type { DecimalMark, DecimalEvidence, NumeralEvidence } from '../values/numbers';
import type { NumberStatistics } from '../types';

const sampleSize = 2048;

/** Count, range, mean and median of numbers in bounded memory; the median is exact up to 2,048 additions. */
export class RunningNumbers {
  private count = 0;
  private integers = 0;
  private minimum = Number.POSITIVE_INFINITY;
  private maximum = Number.NEGATIVE_INFINITY;
  private sum = 0;
  private stride = 1;
  private seen = 0;
  private sample: [value: number, weight: number][] = [];

  add(value: number, rows: number): void {
    this.count += rows;
    this.integers += Number.isInteger(value) ? rows : 0;
    this.minimum = Math.min(this.minimum, value);
    this.maximum = Math.max(this.maximum, value);
    this.sum += value * rows;
    if (this.seen % this.stride === 0) {
      this.remember(value, rows);
    }
    this.seen += 1;
  }

  /** Keeps every n-th value, doubling n whenever the sample is full. */
  private remember(value: number, rows: number): void {
    if (this.sample.length >= sampleSize) {
      this.sample = this.sample.filter((_, index) => index % 2 === 0);
      this.stride *= 2;
      if (this.seen % this.stride !== 0) {
        return;
      }
    }
    this.sample.push([value, rows]);
  }

  finish(): NumberStatistics | null {
    if (this.count === 0) {
      return null;
    }
    return {
      count: this.count,
      integers: this.integers,
      minimum: this.minimum,
      maximum: this.maximum,
      mean: this.sum / this.count,
      median: weightedMedian(this.sample),
    };
  }
}

function weightedMedian(sample: readonly (readonly [number, number])[]): number {
  const sorted = [...sample].sort((a, b) => a[0] - b[0]);
  const half = sorted.reduce((total, [, weight]) => total + weight, 0) / 2;
  let passed = 0;
  for (const [index, [value, weight]] of sorted.entries()) {
    passed += weight;
    if (passed > half) {
      return value;
    }
    if (passed === half) {
      return (value + (sorted[index + 1]?.[0] ?? value)) / 2;
    }
  }
  return sorted.at(-1)?.[0] ?? 0;
}

/** Both readings of a column's numbers until all its rows have said which mark separates fractions. */
export class ColumnNumbers {
  private readonly dot = new RunningNumbers();
  private readonly comma = new RunningNumbers();
  readonly evidence: DecimalEvidence = { dot: 0, comma: 0, ambiguousDot: 0, ambiguousComma: 0 };

  add(dot: number, comma: number, rows: number): void {
    if (Number.isFinite(dot) && Number.isFinite(comma)) {
      this.dot.add(dot, rows);
      this.comma.add(comma, rows);
    }
  }

  addEvidence(evidence: NumeralEvidence, rows: number): void {
    if (evidence === 'dot') {
      this.evidence.dot += rows;
    } else if (evidence === 'comma') {
      this.evidence.comma += rows;
    } else if (evidence === 'ambiguous_dot') {
      this.evidence.ambiguousDot += rows;
    } else if (evidence === 'ambiguous_comma') {
      this.evidence.ambiguousComma += rows;
    }
  }

  finish(mark: DecimalMark): NumberStatistics | null {
    return mark === '.' ? this.dot.finish() : this.comma.finish();
  }
}
