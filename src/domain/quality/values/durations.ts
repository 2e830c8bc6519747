import { type DecimalMark, readNumber } from './numbers';
import { roundTo } from './text';
import { minutesIn } from './units';

/** A duration in minutes. */
export interface DurationReading {
  readonly minutes: number;
  readonly rule: 'duration' | 'duration_in_cell_unit' | 'clock_duration';
  readonly approximate: boolean;
}

const clock = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?:\s*(?:h|hrs?|hours?|std|uhr))?$/i;
const iso = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;
const longestDuration = 60;
const component = /(\d+(?:[.,]\d+)?)\s*(\p{L}+)?\.?/gu;
const compound = /^(?:\d+(?:[.,]\d+)?\s*\p{L}+\.?\s*(?:,|and|und|et|y|e)?\s*)+(?:\d+)?$/u;
const isoMinutes = [10_080, 1440, 60, 1, 1 / 60];

/**
 * The duration in a cell: with its unit (`8h`, `30 min`, `1 Tag`), compound (`1h30`), as a clock (`00:15` is a
 * quarter of an hour), ISO 8601 (`PT4H`), or a bare number times `factor` minutes. Ranges give null.
 */
export function readDuration(text: string, factor: number, mark: DecimalMark): DurationReading | null {
  if (text.length > longestDuration) {
    return null;
  }
  const asClock = clock.exec(text);
  if (asClock !== null) {
    const minutes = Number(asClock[1]) * 60 + Number(asClock[2]) + Number(asClock[3] ?? 0) / 60;
    return reading(minutes, 'clock_duration', false);
  }
  return readSingle(text, factor, mark) ?? readIso(text) ?? readCompound(text);
}

function reading(minutes: number, rule: DurationReading['rule'], approximate: boolean): DurationReading {
  return { minutes: roundTo(minutes, 4), rule, approximate };
}

function readSingle(text: string, factor: number, mark: DecimalMark): DurationReading | null {
  const number = readNumber(text, mark);
  if (number === null) {
    return null;
  }
  if (number.word === '') {
    return reading(number.value * factor, 'duration', number.approximate);
  }
  const minutes = wordMinutes(number.word);
  return minutes === null
    ? null
    : reading(number.value * minutes, 'duration_in_cell_unit', number.approximate);
}

/** In a duration `m` is a minute. */
function wordMinutes(word: string): number | null {
  const bare = word.replace(/\((?:s|en|es)\)$/, '').replace(/\.$/, '');
  return bare.toLowerCase() === 'm' ? 1 : (minutesIn(bare.toLowerCase()) ?? null);
}

function readIso(text: string): DurationReading | null {
  const match = iso.exec(text);
  if (match === null) {
    return null;
  }
  const minutes = isoMinutes.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0);
  return reading(minutes, 'duration_in_cell_unit', false);
}

function readCompound(text: string): DurationReading | null {
  if (!compound.test(text)) {
    return null;
  }
  let total = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const [, digits = '', word] of text.matchAll(component)) {
    // A number without a word after hours counts minutes: `1h30`.
    const unit = word === undefined ? nextSmaller(smallest) : wordMinutes(word);
    if (unit === null || unit >= smallest) {
      return null;
    }
    smallest = unit;
    total += Number(digits.replace(',', '.')) * unit;
  }
  return reading(total, 'duration_in_cell_unit', false);
}

function nextSmaller(unit: number): number | null {
  return unit === 60 ? 1 : null;
}
