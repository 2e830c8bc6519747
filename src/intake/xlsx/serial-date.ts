const dayMs = 86_400_000;
const secondMs = 1000;
/** Serial number of 1970-01-01 behind the day that never was, 1900-02-29. */
const epochSerial1900 = 25_569;
const epochSerial1904 = 24_107;
/** 9999-12-31 in the 1900 system, the last day that spreadsheets know. */
const lastSerial = 2_958_465;
/** Lotus 1-2-3 took 1900 for a leap year, and spreadsheets kept its numbers. */
const leapBugSerial = 60;

const two = (value: number): string => String(value).padStart(2, '0');

/** What a format shows of a moment. */
export type MomentKind = 'date' | 'date_time' | 'time' | 'duration';

export interface MomentFormat {
  readonly kind: MomentKind;
  /** Fractions of a second are shown. */
  readonly hasFraction: boolean;
}

function dateText(day: number, is1904: boolean): string {
  if (!is1904 && day === leapBugSerial) return '1900-02-29';
  if (!is1904 && day === 0) return '1900-01-00';
  const shift = !is1904 && day < leapBugSerial ? 1 : 0;
  const days = day - (is1904 ? epochSerial1904 : epochSerial1900) + shift;
  return new Date(days * dayMs).toISOString().slice(0, 10);
}

function clockText(ms: number): string {
  const seconds = Math.floor(ms / secondMs);
  const rest = ms - seconds * secondMs;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`;
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`;
}

function isInRange(serial: number, kind: MomentKind, is1904: boolean): boolean {
  if (kind === 'duration') return Math.abs(serial) <= lastSerial;
  return serial >= 0 && serial < lastSerial + 1 - (is1904 ? 1462 : 0);
}

/**
 * A serial date of a spreadsheet as ISO text: `2024-03-01`, `2024-03-01T13:45:00`, `13:45:00`; durations count
 * hours on, `27:30:00`. Null where a spreadsheet has no date either: before its first and behind its last day.
 */
export function momentText(
  serial: number,
  { kind, hasFraction }: MomentFormat,
  is1904: boolean,
): string | null {
  if (!isInRange(serial, kind, is1904)) return null;
  const unit = hasFraction ? 1 : secondMs;
  const ms = Math.round((Math.abs(serial) * dayMs) / unit) * unit;
  if (kind === 'duration') return (serial < 0 ? '-' : '') + clockText(ms);
  return textOfMoment(ms, kind, is1904);
}

function textOfMoment(ms: number, kind: MomentKind, is1904: boolean): string {
  const day = Math.floor(ms / dayMs);
  const clock = ms - day * dayMs;
  // A clock that a date-only format hides is kept, and so is the date that a clock-only format hides.
  const isClock = kind === 'time' ? day === 0 : day === 0 && clock > 0 && !is1904;
  if (isClock) return clockText(clock);
  const date = dateText(day, is1904);
  const hasClock = clock > 0 || kind !== 'date';
  return hasClock ? `${date}T${clockText(clock)}` : date;
}
