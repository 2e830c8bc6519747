import { foldText, group } from './text';

export type DateOrder = 'dmy' | 'mdy' | 'unknown';
export type DatePrecision = 'day' | 'month' | 'year';

/** A date in a cell. `ambiguous` ones can be read day first and month first, and the column did not say which. */
export interface DateReading {
  /** YYYY-MM-DD, the first day of the period when the precision is coarser; null when ambiguous. */
  readonly date: string | null;
  /** The last day of the period. */
  readonly lastDay: string | null;
  readonly precision: DatePrecision;
  readonly ambiguous: boolean;
  /** What the cell says about its column: the first number can only be a day, or only a month. */
  readonly evidence: DateOrder;
}

const monthWords: readonly string[] = [
  'jan january januar janvier janv enero ene janeiro janner',
  'feb february februar fevrier fevr fev febrero fevereiro',
  'mar march marz mrz mars marzo marco maerz',
  'apr april avril avr abril abr',
  'may mai mayo maio',
  'jun june juni juin junio junho',
  'jul july juli juillet juil julio julho',
  'aug august aout agosto ago',
  'sep sept september septembre septiembre setembro set',
  'oct october oktober okt octobre octubre outubro out',
  'nov november novembre noviembre novembro',
  'dec december dezember dez decembre diciembre dic dezembro',
];
const months: ReadonlyMap<string, number> = new Map(
  monthWords.flatMap((words, index) => words.split(' ').map((word) => [word, index + 1] as const)),
);

const time =
  '(?:[T\\s,]+\\d{1,2}[:.h]\\d{2}(?:[:.]\\d{2}(?:[.,]\\d+)?)?\\s*(?:[ap]\\.?m\\.?)?\\s*(?:Z|UTC|GMT|CES?T|[-+]\\d{2}:?\\d{2})?)?';
const yearFirst = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${time}$`, 'i');
const yearLast = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${time}$`, 'i');
const monthYear = /^(\d{1,2})[-/.](\d{4})$/;
const yearMonth = /^(\d{4})[-/.](\d{1,2})$/;
const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6}(?:\.\d+(?:[-+]\d{1,3})?)?|T\d{4,6}Z?)?$/;
const named = new RegExp(
  `^(?:\\p{L}{2,10}\\.?,?\\s+)?(\\d{1,2})(?:st|nd|rd|th|er|º|\\.)?[-\\s/]*(?:de\\s+)?(\\p{L}{3,10})\\.?[-\\s/,]*(?:de\\s+)?(\\d{4}|\\d{2})${time}$`,
  'iu',
);
const namedMonthFirst = new RegExp(
  `^(?:\\p{L}{2,10}\\.?,?\\s+)?(\\p{L}{3,10})\\.?[-\\s/]+(\\d{1,2})(?:st|nd|rd|th)?,?[-\\s/]+(\\d{4})${time}$`,
  'iu',
);
const namedMonth = /^(\p{L}{3,10})\.?[-\s/,]*(?:de\s+)?(\d{4})$/iu;
/** What an ASCII text must hold to name a month or a quarter: months begin alike in several languages. */
const namesPeriod = new RegExp(
  `${[...new Set([...months.keys()].map((word) => word.slice(0, 3)))].join('|')}|[qt][1-4]`,
  'i',
);
const onlyAscii = /^[\0-\x7F]*$/;
const quarter = /^(?:q|t)([1-4])[-\s/]*(\d{4})$|^(\d{4})[-\s/]*(?:q|t)([1-4])$/i;

const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether the day exists; the Gregorian calendar's leap years. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  const length = month === 2 && !isLeapYear(year) ? 28 : monthLengths[month - 1];
  return length !== undefined && year >= 1 && year <= 9999 && day >= 1 && day <= length;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** YYYY-MM-DD, or null when there is no such day. */
export function toIsoDate(year: number, month: number, day: number): string | null {
  if (!isCalendarDay(year, month, day)) {
    return null;
  }
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function dayOf(
  year: number,
  month: number,
  day: number,
  evidence: DateOrder = 'unknown',
): DateReading | null {
  const date = toIsoDate(year, month, day);
  return date === null ? null : { date, lastDay: date, precision: 'day', ambiguous: false, evidence };
}

function periodOf(year: number, firstMonth: number, lastMonth: number): DateReading | null {
  const date = toIsoDate(year, firstMonth, 1);
  const length = lastMonth === 2 && !isLeapYear(year) ? 28 : (monthLengths[lastMonth - 1] ?? 0);
  const lastDay = toIsoDate(year, lastMonth, length);
  const precision = firstMonth === 1 && lastMonth === 12 ? 'year' : 'month';
  return date === null ? null : { date, lastDay, precision, ambiguous: false, evidence: 'unknown' };
}

/** Two digits mean 1969 to 2068, the pivot of POSIX `%y`. */
function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 69 ? 2000 : 1900);
}

/**
 * The date in a cell, whatever time follows it; null when it is none or there is no such day (`2030-02-30`).
 * `order` decides `03/04/2020`; dots always mean day first.
 */
export function readDate(text: string, order: DateOrder = 'unknown'): DateReading | null {
  if (text.length > longestDate) {
    return null;
  }
  const first = text.charCodeAt(0);
  const digitFirst = first >= 48 && first <= 57;
  return digitFirst ? readNumericDate(text, order) : readNamedDate(text);
}

function readNumericDate(text: string, order: DateOrder): DateReading | null {
  const iso = yearFirst.exec(text);
  if (iso !== null) {
    return dayOf(Number(iso[1]), Number(iso[3]), Number(iso[4]));
  }
  const last = yearLast.exec(text);
  if (last !== null) {
    return readOrdered(last, order);
  }
  const packed = compact.exec(text);
  if (packed !== null) {
    return dayOf(Number(packed[1]), Number(packed[2]), Number(packed[3]));
  }
  return readPeriod(text) ?? readNamedDate(text);
}

function readOrdered(match: RegExpExecArray, order: DateOrder): DateReading | null {
  const [a, b, year] = [Number(match[1]), Number(match[3]), fullYear(group(match, 4))];
  if (match[2] === '.' || a > 12) {
    return dayOf(year, b, a, a > 12 ? 'dmy' : 'unknown');
  }
  if (b > 12) {
    return dayOf(year, a, b, 'mdy');
  }
  if (a === b || order !== 'unknown') {
    return order === 'mdy' ? dayOf(year, a, b) : dayOf(year, b, a);
  }
  const impossible = toIsoDate(year, a, b) === null && toIsoDate(year, b, a) === null;
  return impossible ? null : ambiguousDay;
}

const ambiguousDay: DateReading = {
  date: null,
  lastDay: null,
  precision: 'day',
  ambiguous: true,
  evidence: 'unknown',
};

function readPeriod(text: string): DateReading | null {
  const monthFirst = monthYear.exec(text);
  if (monthFirst !== null) {
    return periodOf(Number(monthFirst[2]), Number(monthFirst[1]), Number(monthFirst[1]));
  }
  const monthLast = yearMonth.exec(text);
  if (monthLast !== null) {
    return periodOf(Number(monthLast[1]), Number(monthLast[2]), Number(monthLast[2]));
  }
  return readQuarter(text);
}

function readQuarter(text: string): DateReading | null {
  const match = quarter.exec(text);
  if (match === null) {
    return null;
  }
  const number = Number(match[1] ?? match[4]);
  return periodOf(Number(match[2] ?? match[3]), number * 3 - 2, number * 3);
}

function readNamedDate(text: string): DateReading | null {
  if (text.length < 6 || (!namesPeriod.test(text) && onlyAscii.test(text))) {
    return null;
  }
  const dayFirst = named.exec(text);
  if (dayFirst !== null) {
    return namedDay(group(dayFirst, 3), group(dayFirst, 2), group(dayFirst, 1));
  }
  const monthFirst = namedMonthFirst.exec(text);
  if (monthFirst !== null) {
    return namedDay(group(monthFirst, 3), group(monthFirst, 1), group(monthFirst, 2));
  }
  return readNamedMonth(text) ?? readQuarter(text);
}

function readNamedMonth(text: string): DateReading | null {
  const match = namedMonth.exec(text);
  const month = match === null ? undefined : months.get(foldText(group(match, 1)));
  return match === null || month === undefined ? null : periodOf(Number(match[2]), month, month);
}

function namedDay(year: string, monthName: string, day: string): DateReading | null {
  const month = months.get(foldText(monthName));
  return month === undefined ? null : dayOf(fullYear(year), month, Number(day));
}

/** No date with time and zone is longer; bounds the work on hostile cells. */
const longestDate = 48;

const dayMilliseconds = 86_400_000;
/** Day 0 of the 1900 date system as spreadsheets count from March 1900 on. */
const spreadsheetEpoch = Date.UTC(1899, 11, 30);

/**
 * The date behind a bare number in a column of dates: a year, a spreadsheet's day number (1954 to 2064), seconds
 * or milliseconds since 1970 (from 2001 on, UTC). Null for any other number.
 */
export function readDateNumber(text: string): DateReading | null {
  if (text.length > longestDate || !/^\d{4,13}(?:\.\d+)?$/.test(text)) {
    return null;
  }
  const value = Number(text);
  if (/^(?:19|20)\d{2}$/.test(text)) {
    return periodOf(value, 1, 12);
  }
  if (value >= 20_000 && value < 60_000) {
    return fromMilliseconds(spreadsheetEpoch + Math.floor(value) * dayMilliseconds);
  }
  if (value >= 1e9 && value < 4.2e9) {
    return fromMilliseconds(value * 1000);
  }
  return value >= 1e12 && value < 4.2e12 ? fromMilliseconds(value) : null;
}

function fromMilliseconds(milliseconds: number): DateReading | null {
  const at = new Date(milliseconds);
  return dayOf(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}
