/** Spreadsheets keep and show 15 significant digits. */
const significantDigits = 15;
const integerPattern = /^-?\d+$/u;
const decimalPattern = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/iu;

/** Writes out `1.5e+21` as digits. */
function withoutExponent(text: string): string {
  const [mantissa = '', exponentText] = text.split('e');
  if (exponentText === undefined) return text;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponentText);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The shortest decimal text of a number with 15 significant digits, without exponent. */
export function decimalText(value: number): string {
  const rounded = Number(value.toPrecision(significantDigits));
  if (rounded === 0) return '0';
  // The last numbers below infinity are not rounded up to it.
  return withoutExponent(String(Number.isFinite(rounded) ? rounded : value));
}

/**
 * The number that a cell stores as decimal text; whole numbers keep all their digits. Null when it is no number.
 */
export function decimalOfCell(stored: string): string | null {
  const text = stored.trim();
  if (!decimalPattern.test(text)) return null;
  if (integerPattern.test(text)) return text.replace(/^(-?)0+(?=\d)/u, '$1').replace(/^-0$/u, '0');
  const value = Number(text);
  return Number.isFinite(value) ? decimalText(value) : null;
}
