/** What a unit measures. */
export type UnitDimension =
  | 'size'
  | 'share'
  | 'time'
  | 'money'
  | 'frequency'
  | 'rate'
  | 'operations'
  | 'factor';

export interface HeaderUnit {
  /** Word of the unit as mapping rules write it. */
  readonly unit: string;
  readonly dimension: UnitDimension;
  /** Thousands prefix of money and bare factors; sizes and times keep theirs in the unit word. */
  readonly factor: number;
}

function unitOf(unit: string, dimension: UnitDimension, factor = 1): HeaderUnit {
  return { unit, dimension, factor };
}

function spelled(words: string, unit: HeaderUnit): [string, HeaderUnit][] {
  return words.split(' ').map((word) => [word, unit]);
}

const currencies = 'eur usd gbp chf brl sek nok dkk pln cad aud inr mxn euro euros dollar dollars';

/** Words that are a unit wherever they end a header. */
const plainUnits: ReadonlyMap<string, HeaderUnit> = new Map([
  ...spelled('bytes byte octets octet', unitOf('b', 'size')),
  ...spelled('kb kbyte kbytes', unitOf('kb', 'size')),
  ...spelled('kib', unitOf('kib', 'size')),
  ...spelled('mb mbyte mbytes megabytes megabyte', unitOf('mb', 'size')),
  ...spelled('mib', unitOf('mib', 'size')),
  ...spelled('gb gbyte gbytes gigabytes gigabyte gigas', unitOf('gb', 'size')),
  ...spelled('gib', unitOf('gib', 'size')),
  ...spelled('tb tbyte tbytes terabytes terabyte', unitOf('tb', 'size')),
  ...spelled('tib', unitOf('tib', 'size')),
  ...spelled(
    'percent pct percentage prozent pourcentage porcentaje porcentagem percentual',
    unitOf('percent', 'share'),
  ),
  ...spelled('secs seconds sec segundos sekunden secondes', unitOf('seconds', 'time')),
  ...spelled('mins minutes minuten minutos', unitOf('minutes', 'time')),
  ...spelled('hrs hr hours stunden heures horas', unitOf('hours', 'time')),
  ...spelled('days tage jours dias', unitOf('days', 'time')),
  ...spelled(currencies, unitOf('currency', 'money')),
  ...spelled('keur kusd kgbp kchf teur tusd kbrl tsek', unitOf('currency', 'money', 1000)),
  ...spelled('meur musd mgbp mio mchf', unitOf('currency', 'money', 1_000_000)),
  ...spelled('ghz mhz', unitOf('frequency', 'frequency')),
  ...spelled('kbps kibps', unitOf('kb/s', 'rate')),
  ...spelled('mbps mibps', unitOf('mb/s', 'rate')),
  ...spelled('gbps gibps', unitOf('gb/s', 'rate')),
  ...spelled('bps', unitOf('b/s', 'rate')),
  ...spelled('kbitps', unitOf('kbit/s', 'rate')),
  ...spelled('mbitps', unitOf('mbit/s', 'rate')),
  ...spelled('gbitps', unitOf('gbit/s', 'rate')),
]);

/** Words that are a unit only in brackets: elsewhere they are ordinary words or letters. */
const bracketUnits: ReadonlyMap<string, HeaderUnit> = new Map([
  ...spelled('b', unitOf('b', 'size')),
  ...spelled('k ko', unitOf('kb', 'size')),
  ...spelled('m mo', unitOf('mb', 'size')),
  ...spelled('g go gig gigs', unitOf('gb', 'size')),
  ...spelled('t to', unitOf('tb', 'size')),
  ...spelled('s', unitOf('seconds', 'time')),
  ...spelled('min', unitOf('minutes', 'time')),
  ...spelled('h std hour', unitOf('hours', 'time')),
  ...spelled('d day tag jour dia j', unitOf('days', 'time')),
  ...spelled('thousands tsd thousand', unitOf('factor', 'factor', 1000)),
  ...spelled('iops', unitOf('iops', 'operations')),
]);

/** Units of French byte words, which count outside brackets only when written with a capital. */
const octetUnits: ReadonlyMap<string, HeaderUnit> = new Map([
  ['Ko', unitOf('kb', 'size')],
  ['Mo', unitOf('mb', 'size')],
  ['Go', unitOf('gb', 'size')],
  ['To', unitOf('tb', 'size')],
]);

/** The unit that a word at the end of a header or in brackets states, if it is one. */
export function unitWord(word: string, inBrackets: boolean): HeaderUnit | undefined {
  return plainUnits.get(word) ?? (inBrackets ? bracketUnits.get(word) : undefined);
}

/** The unit of a trailing `Mo`, `Go`, … of a French header. */
export function octetUnit(header: string): HeaderUnit | undefined {
  const word = /[\s_]([KMGT]o)\s*$/.exec(header)?.[1];
  return word === undefined ? undefined : octetUnits.get(word);
}
