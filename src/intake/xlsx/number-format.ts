import { decimalOfCell, decimalText } from './decimal-text';
import { type MomentFormat, momentText } from './serial-date';

/** What the format of a number means for its text. */
export type NumberFormat =
  | { readonly kind: 'general' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'moment'; readonly moment: MomentFormat }
  | { readonly kind: 'labelled'; readonly before: string; readonly after: string; readonly digits: number };

export const generalFormat: NumberFormat = { kind: 'general' };
const percentFormat: NumberFormat = { kind: 'percent' };

const moment = (kind: MomentFormat['kind'], hasFraction = false): NumberFormat => ({
  kind: 'moment',
  moment: { kind, hasFraction },
});

const builtinFormats: readonly {
  readonly from: number;
  readonly to: number;
  readonly format: NumberFormat;
}[] = [
  { from: 9, to: 10, format: percentFormat },
  { from: 14, to: 17, format: moment('date') },
  { from: 18, to: 21, format: moment('time') },
  { from: 22, to: 22, format: moment('date_time') },
  { from: 27, to: 31, format: moment('date') },
  { from: 32, to: 35, format: moment('time') },
  { from: 36, to: 36, format: moment('date') },
  { from: 45, to: 45, format: moment('time') },
  { from: 46, to: 46, format: moment('duration') },
  { from: 47, to: 47, format: moment('time', true) },
  { from: 50, to: 54, format: moment('date') },
  { from: 55, to: 56, format: moment('time') },
  { from: 57, to: 58, format: moment('date') },
];

/** Formats without a code of their own: ISO/IEC 29500-1, 18.8.30, with those of East Asian locales. */
export function builtinFormat(id: number): NumberFormat {
  return builtinFormats.find(({ from, to }) => id >= from && id <= to)?.format ?? generalFormat;
}

/** Parts of a format code: quoted text, an escaped character, a bracket, fillers, or any other character. */
const tokenPattern = /"([^"]*)"?|\\(.)|\[([^\]]*)\]?|[_*].|./gsu;
const elapsedPattern = /^(?:h+|m+|s+)$/iu;
const conditionPattern = /^[<>=]/u;
const maxCodeCharacters = 1000;

interface FormatCode {
  /** Characters that are no literal text. */
  readonly pattern: string;
  readonly before: string;
  readonly after: string;
  readonly isElapsed: boolean;
  readonly isConditional: boolean;
}

const spaceBehind = (pattern: string, token: string): string | undefined =>
  token === ' ' && pattern !== '' ? token : undefined;

/** Takes the first section of a code apart. */
function readCode(code: string): FormatCode {
  let pattern = '';
  const literals = { before: '', after: '' };
  const brackets: string[] = [];
  for (const [token, text, escaped, bracket] of code.slice(0, maxCodeCharacters).matchAll(tokenPattern)) {
    if (token === ';') break;
    const literal = text ?? escaped ?? spaceBehind(pattern, token);
    if (literal !== undefined) literals[pattern === '' ? 'before' : 'after'] += literal;
    else if (bracket !== undefined) brackets.push(bracket);
    else if (token.length === 1) pattern += token;
  }
  return {
    pattern,
    ...literals,
    isElapsed: brackets.some((bracket) => elapsedPattern.test(bracket)),
    isConditional: brackets.some((bracket) => conditionPattern.test(bracket)),
  };
}

function momentOf(pattern: string, isElapsed: boolean): NumberFormat | null {
  const text = pattern.toLowerCase().replaceAll(/general|am\/pm|a\/p|e[-+]/gu, '');
  const hasFraction = /s+[.,]0|^[.,]0/u.test(text);
  if (isElapsed) return moment('duration', hasFraction);
  const hasClock = /[hs]/u.test(text);
  const hasDay = /[yd]/u.test(text) || (!hasClock && text.includes('m'));
  if (hasDay) return moment(hasClock ? 'date_time' : 'date', hasFraction);
  return hasClock ? moment('time', hasFraction) : null;
}

/** Units and names beside the digits are a part of what people see; signs of currencies and dashes are not. */
const label = (text: string): string => (/[\p{L}\p{N}%]/u.test(text) ? text : '');

function labelledOf({ pattern, before, after }: FormatCode): NumberFormat {
  const isZeros = /^0{2,}$/u.test(pattern);
  const isScaled = /,(?![#0?])/u.test(pattern);
  const isNumber = /[0#?]/u.test(pattern) && !/[@/eE]/u.test(pattern);
  const labels = isScaled || !isNumber ? ['', ''] : [label(before), label(after).trimEnd()];
  const [start = '', behind = ''] = labels;
  if (!isZeros && start === '' && behind === '') return generalFormat;
  return { kind: 'labelled', before: start, after: behind, digits: isZeros ? pattern.length : 0 };
}

/** What a format code means. */
export function formatOfCode(code: string): NumberFormat {
  const parts = readCode(code);
  const found = momentOf(parts.pattern, parts.isElapsed);
  if (found !== null) return found;
  if (parts.isConditional) return generalFormat;
  return parts.pattern.includes('%') ? percentFormat : labelledOf(parts);
}

function percentText(stored: string): string | null {
  const value = Number(stored);
  return Number.isFinite(value) && stored !== '' ? `${decimalText(value * 100)}%` : null;
}

function labelledText(decimal: string, format: Extract<NumberFormat, { kind: 'labelled' }>): string {
  const isWhole = /^\d+$/u.test(decimal);
  const digits = isWhole ? decimal.padStart(format.digits, '0') : decimal;
  return `${format.before}${digits}${format.after}`;
}

/**
 * The stored number of a cell as people see it: dates as ISO text, `0.85` under a percent format as `85%`, `42`
 * under `00000` as `00042`, `16` under `0" GB"` as `16 GB`; else as plain decimal digits. What is no number is kept.
 */
export function numberText(stored: string, format: NumberFormat, is1904: boolean): string {
  const decimal = decimalOfCell(stored);
  if (decimal === null) return stored.trim();
  switch (format.kind) {
    case 'general':
      return decimal;
    case 'percent':
      return percentText(decimal) ?? decimal;
    case 'moment':
      return momentText(Number(decimal), format.moment, is1904) ?? decimal;
    case 'labelled':
      return labelledText(decimal, format);
  }
}
