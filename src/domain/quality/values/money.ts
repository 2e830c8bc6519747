import { type DecimalMark, readNumber } from './numbers';
import { roundTo } from './text';

/** An amount of money as a plain number of currency units. */
export interface MoneyReading {
  readonly amount: number;
  /** ISO 4217 code when the cell names the currency. */
  readonly currency: string | null;
  /** Period that the cell names (`/month`, `p.a.`). */
  readonly period: 'month' | 'year' | null;
  readonly rule: 'money' | 'money_in_cell_factor';
  readonly approximate: boolean;
}

const symbols: readonly (readonly [RegExp, string])[] = [
  [/R\$|\bBRL\b/i, 'BRL'],
  [/A\$|\bAUD\b/i, 'AUD'],
  [/C\$|\bCAD\b/i, 'CAD'],
  [/€|EUR\b|euros?\b/i, 'EUR'],
  [/£|GBP\b/i, 'GBP'],
  [/¥|\bJPY\b/i, 'JPY'],
  [/\bCHF\b|\bfr\./i, 'CHF'],
  [/\bSEK\b/i, 'SEK'],
  [/\bNOK\b/i, 'NOK'],
  [/\bDKK\b/i, 'DKK'],
  [/\bPLN\b|zł/i, 'PLN'],
  [/\bINR\b|₹/i, 'INR'],
  [/\bMXN\b/i, 'MXN'],
  [/\$|USD\b|dollars?\b/i, 'USD'],
];
const currencyMarks =
  /(?:R\$|A\$|C\$|US\$|[€£¥$₹]|zł|\b(?:BRL|AUD|CAD|GBP|JPY|CHF|SEK|NOK|DKK|PLN|INR|MXN|euros?|dollars?|fr\.|kr\.?)(?![\p{L}]))/giu;
/** Codes that a thousand's letter may stand before: `kEUR`, `TUSD`. */
const prefixedCodes = /(?<![\p{L}])(k|t|m)?(?:EUR|USD)(?![\p{L}])/giu;
const longestAmount = 80;
const plainAmount = /^\d[\d.,]*$/;
const monthly =
  /(?:\/|per|pro|par|por|p\.?)\s*(?:month|monat|mois|mes|m[êe]s|mo|m)\.?$|\bmonthly$|\bmonatlich$/i;
const yearly =
  /(?:\/|per|pro|par|por)\s*(?:year|jahr|an|año|ano|annum|yr|a)\.?$|\bp\.?\s?a\.?$|\bannually$|\byearly$|\bpa$/i;
const factors: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['k', 1e3],
  ['t', 1e3],
  ['tsd', 1e3],
  ['mil', 1e3],
  ['thousand', 1e3],
  ['m', 1e6],
  ['mm', 1e6],
  ['mio', 1e6],
  ['mln', 1e6],
  ['million', 1e6],
  ['millions', 1e6],
  ['millionen', 1e6],
  ['millones', 1e6],
  ['milhoes', 1e6],
  ['milhões', 1e6],
  ['b', 1e9],
  ['bn', 1e9],
  ['mrd', 1e9],
  ['mds', 1e9],
]);

/**
 * The amount in a cell: symbols and codes before or after, `k`, `M`, `Mio`, `Mrd`, brackets or a minus for
 * negative ones. `factor` is that of the column (`k€`) and gives way to one in the cell. Null when it is none.
 */
export function readMoney(text: string, factor: number, mark: DecimalMark): MoneyReading | null {
  if (text.length > longestAmount) {
    return null;
  }
  const plain = plainAmount.test(text) ? readNumber(text, mark) : null;
  return plain === null ? readDecorated(text, factor, mark) : amountOf(plain.value * factor);
}

function readDecorated(text: string, factor: number, mark: DecimalMark): MoneyReading | null {
  const { rest, period } = splitPeriod(text.trim());
  const { rest: inside, sign } = splitSign(rest);
  const number = readNumber(withoutCurrency(inside), mark);
  const inCell = number === null ? undefined : factors.get(number.word.replace(/\.$/, '').toLowerCase());
  if (number === null || inCell === undefined) {
    return null;
  }
  const used = inCell === 1 ? factor : inCell;
  return {
    amount: roundTo(number.value * sign * used, 4),
    currency: symbols.find(([pattern]) => pattern.test(text))?.[1] ?? null,
    period,
    rule: inCell === 1 ? 'money' : 'money_in_cell_factor',
    approximate: number.approximate,
  };
}

/** The number with its factor after it: `k€ 120` becomes `120 k`. */
function withoutCurrency(text: string): string {
  return text
    .replace(prefixedCodes, (_, letter: string | undefined) => ` ${letter ?? ''} `)
    .replace(currencyMarks, ' ')
    .replace(/,-+$|\.-+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^([kKmM])\s*([\d.,]+)$/, '$2 $1');
}

function amountOf(amount: number): MoneyReading {
  return { amount: roundTo(amount, 4), currency: null, period: null, rule: 'money', approximate: false };
}

function splitPeriod(text: string): { rest: string; period: MoneyReading['period'] } {
  if (monthly.test(text)) {
    return { rest: text.replace(monthly, '').trim(), period: 'month' };
  }
  return yearly.test(text)
    ? { rest: text.replace(yearly, '').trim(), period: 'year' }
    : { rest: text, period: null };
}

function splitSign(text: string): { rest: string; sign: number } {
  const brackets = /^\((.*)\)$/.exec(text);
  if (brackets !== null) {
    return { rest: brackets[1] ?? '', sign: -1 };
  }
  const minus = /^([^\d]*)[-\u2212]\s*(.*)$/.exec(text);
  return minus !== null && /\d/.test(minus[2] ?? '')
    ? { rest: `${minus[1] ?? ''}${minus[2] ?? ''}`, sign: -1 }
    : { rest: text, sign: 1 };
}
