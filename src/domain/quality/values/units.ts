import { foldText, group } from './text';

/** What a unit measures. */
export type UnitFamily = 'size' | 'duration' | 'byte_rate' | 'bit_rate' | 'percent' | 'frequency' | 'count';

/** A unit with its factor to the canonical unit of its family: GB, minutes, MB/s, percent, MHz, one. */
export interface UnitDefinition {
  readonly family: UnitFamily;
  readonly factor: number;
}

const kilo = 1024;
/**
 * Prefixes of bytes always step by 1024, however they are spelled: inventories write the same machine as
 * 16384 MB, 16384 MiB, 16 GB and 16 GiB (docs/adr/0012-sizes.md).
 */
const sizeSteps: readonly (readonly [number, string])[] = [
  [1 / kilo ** 3, 'b byte bytes octet octets o'],
  [1 / kilo ** 2, 'k kb kib kbyte kbytes kilobyte kilobytes kibibyte kibibytes ko kio kilooctet kilooctets'],
  [
    1 / kilo,
    'm mb mib mbyte mbytes megabyte megabytes mebibyte mebibytes mo mio megaoctet megaoctets meg megs',
  ],
  [1, 'g gb gib gbyte gbytes gigabyte gigabytes gibibyte gibibytes go gio gigaoctet gigaoctets gig gigs'],
  [kilo, 't tb tib tbyte tbytes terabyte terabytes tebibyte tebibytes to tio teraoctet teraoctets'],
  [kilo ** 2, 'p pb pib pbyte pbytes petabyte petabytes pebibyte pebibytes po pio petaoctet petaoctets'],
];
const durationSteps: readonly (readonly [number, string])[] = [
  [1 / 60_000, 'ms millisecond milliseconds millisekunden milisegundos'],
  [1 / 60, 's sec secs second seconds sek sekunde sekunden seconde secondes seg segundo segundos'],
  [1, 'min mins minute minutes mn minuten minuto minutos'],
  [60, 'h hr hrs hour hours std stunde stunden heure heures hora horas'],
  [1440, 'd day days tag tage tagen jour jours j dia dias'],
  [10_080, 'w wk wks week weeks woche wochen semaine semaines semana semanas'],
];

const units = new Map<string, UnitDefinition>();
const durations = new Map<string, number>();

function define(family: UnitFamily, factor: number, words: string): void {
  for (const word of words.split(' ')) {
    units.set(word, { family, factor });
  }
}

for (const [factor, words] of durationSteps) {
  define('duration', factor, words);
  for (const word of words.split(' ')) {
    durations.set(word, factor);
  }
}
for (const [factor, words] of sizeSteps) {
  define('size', factor, words);
}
define('percent', 1, '% percent pct prozent pourcent pourcentage porcentaje porcentagem procent');
define('percent', 100, 'fraction ratio');
define('frequency', 1, 'mhz');
define('frequency', 1000, 'ghz');
define('frequency', 1e-6, 'hz');
define(
  'count',
  1,
  'count vcpu vcpus cpu cpus core cores kern kerne coeur coeurs nucleo nucleos thread threads iops ops users',
);

/** Megabytes a second of one byte, kilobyte, … a second; prefixes of bytes step by 1024. */
const byteRates: Readonly<Record<string, number>> = {
  '': 1 / kilo ** 2,
  k: 1 / kilo,
  m: 1,
  g: kilo,
  t: kilo ** 2,
};
/** Megabytes a second of one bit, kilobit, … a second; prefixes of bits step by 1000. */
const bitRates: Readonly<Record<string, number>> = { '': 1 / 8e6, k: 1 / 8e3, m: 1 / 8, g: 125, t: 125_000 };

const rate = /^([kmgt]?)i?(bits?|bytes?|b|o)\s*(\/|per|p)\s*(?:s|sec|second|seconds)$/i;

/**
 * The unit that a word names, null when it names none. In the short form of a rate a capital `B` means bytes and
 * a small `b` bits (`MBps`, `Mbps`); written out or with a slash bytes are meant (`mb/s`, `mb_per_second`), as
 * exports that fold case write them.
 */
export function readUnit(word: string): UnitDefinition | null {
  const trimmed = word.trim().replace(/\.$/, '').replaceAll('_', ' ');
  const asRate = rate.exec(trimmed);
  if (asRate !== null) {
    return rateUnit(asRate);
  }
  return units.get(trimmed.toLowerCase()) ?? units.get(foldText(trimmed)) ?? null;
}

function rateUnit(match: RegExpExecArray): UnitDefinition {
  const noun = group(match, 2);
  const prefix = group(match, 1).toLowerCase();
  const bits = /^bit/i.test(noun) || (noun === 'b' && match[3]?.toLowerCase() === 'p');
  const factors = bits ? bitRates : byteRates;
  return { family: bits ? 'bit_rate' : 'byte_rate', factor: factors[prefix] ?? 1 };
}

/** Minutes in one of the named duration; undefined when the word names none. */
export function minutesIn(word: string): number | undefined {
  return durations.get(word) ?? durations.get(foldText(word));
}
