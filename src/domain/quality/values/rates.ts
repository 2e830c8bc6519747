import { type DecimalMark, readNumber } from './numbers';
import { roundTo } from './text';
import { readUnit, type UnitDefinition } from './units';

/** Megabytes a second, the canonical unit of disk and network throughput. */
export interface RateReading {
  readonly megabytesPerSecond: number;
  readonly rule: 'rate' | 'rate_in_cell_unit';
  readonly approximate: boolean;
}

const gigabyteInMegabytes = 1024;

/** Factor from a unit to MB/s; a plain size in a column of rates is one a second. Null for other families. */
export function rateFactor(unit: UnitDefinition | null): number | null {
  if (unit === null) {
    return null;
  }
  if (unit.family === 'size') {
    return unit.factor * gigabyteInMegabytes;
  }
  return unit.family === 'byte_rate' || unit.family === 'bit_rate' ? unit.factor : null;
}

/** The throughput in a cell; `factor` turns bare numbers into MB/s. Null when it is none. */
export function readRate(text: string, factor: number, mark: DecimalMark): RateReading | null {
  const number = readNumber(text, mark);
  if (number === null) {
    return null;
  }
  const inCell = number.word === '' ? factor : rateFactor(readUnit(number.word));
  if (inCell === null) {
    return null;
  }
  return {
    megabytesPerSecond: roundTo(number.value * inCell, 6),
    rule: number.word === '' ? 'rate' : 'rate_in_cell_unit',
    approximate: number.approximate,
  };
}
