import { attributeDefinition } from '../../attributes/registry';
import type { AttributeName } from '../../attributes/types';
import type { ColumnValues } from './column-values';
import type { HeaderUnit, UnitDimension } from '../headers/header-units';
import { graded, noEvidence, stated, together } from './evidence';
import type { ValueEvidence } from './evidence';

/** Dimensions of a header unit that suit each unit of the catalogue. */
const suitable: Readonly<Record<string, readonly UnitDimension[]>> = {
  gb: ['size'],
  percent: ['share'],
  minutes: ['time'],
  mbps: ['rate', 'size'],
  iops: ['operations'],
  currency: ['money', 'factor'],
  count: ['factor'],
};

function byUnit(target: AttributeName, unit: HeaderUnit | null): ValueEvidence {
  if (unit === null) return noEvidence;
  const wanted = attributeDefinition(target).unit;
  const fits = wanted !== null && (suitable[wanted] ?? []).includes(unit.dimension);
  const text = `The header states ${unit.unit}`;
  return fits ? stated('unit.fits', 0.8, text) : stated('unit.differs', -4, text);
}

const powersOfTwo: ReadonlySet<string> = new Set([
  '1',
  '2',
  '4',
  '6',
  '8',
  '12',
  '16',
  '24',
  '32',
  '48',
  '64',
  '128',
]);

/** Small whole numbers without a percent sign read as counts of cores. */
function byCounts(target: AttributeName, values: ColumnValues, unit: HeaderUnit | null): ValueEvidence {
  const numbers = values.profile.numbers;
  if (numbers === null || unit?.dimension === 'share') return noEvidence;
  if (attributeDefinition(target).shape !== 'percent' || values.share('percent') > 0.3) return noEvidence;
  const share = values.writtenShare((value) => powersOfTwo.has(value));
  return share > 0.8 ? stated('value.counts', -1.2, 'The values read as counts') : noEvidence;
}

interface Range {
  readonly low: number;
  readonly high: number;
  /** Holds for numbers without any unit alone. */
  readonly bare?: boolean;
}

/** Values beyond these are not what the attribute means, in the unit of the cells. */
const ranges: { readonly [name in AttributeName]?: Range } = {
  cpu_cores: { low: 0, high: 2048 },
  storage_gb: { low: 4.5, high: Number.MAX_VALUE, bare: true },
  port: { low: 0, high: 65_535 },
  cpu_utilization_percent: { low: 0, high: 1000 },
  cpu_utilization_peak_percent: { low: 0, high: 1000 },
  memory_utilization_percent: { low: 0, high: 1000 },
  memory_utilization_peak_percent: { low: 0, high: 1000 },
  users_count: { low: 0, high: 100_000_000 },
};

function byRange(target: AttributeName, values: ColumnValues, unit: HeaderUnit | null): ValueEvidence {
  const range = ranges[target];
  const numbers = values.profile.numbers;
  if (range === undefined || numbers === null) return noEvidence;
  if (range.bare === true && (unit !== null || values.share('size') > 0.5)) return noEvidence;
  const inside = numbers.median >= range.low && numbers.median <= range.high;
  return inside ? noEvidence : stated('value.range', -3, `The median is ${numbers.median}`);
}

function bySpread(target: AttributeName, values: ColumnValues): ValueEvidence {
  const numbers = values.profile.numbers;
  if (numbers === null) return noEvidence;
  const { shape } = attributeDefinition(target);
  if (shape === 'integer' && numbers.integers / numbers.count < 0.5) {
    return stated('value.fractions', -4, 'Most values are fractions');
  }
  const isKey = values.said >= 8 && values.uniqueness === 1 && numbers.integers === numbers.count;
  const counting = isKey && numbers.maximum - numbers.minimum + 1 === values.said;
  return counting ? stated('value.counter', -4, 'The values count the rows') : noEvidence;
}

const processorName =
  /\b(?:xeon|ryzen|epyc|opteron|celeron|pentium|athlon|intel|amd|sparc|power\d|apple m\d|snapdragon|i[3579][ -]?\d|core (?:i\d|2|m|ultra)|gold|silver|platinum)\b/i;

/** Names of processors hold numbers that count no cores. */
function byProcessor(values: ColumnValues): ValueEvidence {
  const share = values.writtenShare((value) => processorName.test(value));
  return share > 0.5 ? stated('value.processors', -4, 'The values name processors') : noEvidence;
}

/** Units of frequency; no attribute holds one. */
const frequencies: readonly string[] = ['hz', 'khz', 'mhz', 'ghz'];

function writtenUnits(values: ColumnValues, words: readonly string[]): number {
  const count = words.reduce((sum, word) => sum + (values.profile.unitWords[word] ?? 0), 0);
  return values.said === 0 ? 0 : count / values.said;
}

/** Units that stand in the cells themselves. */
function byWrittenUnit(target: AttributeName, values: ColumnValues): ValueEvidence {
  const { shape, unit } = attributeDefinition(target);
  if (writtenUnits(values, frequencies) > 0.5)
    return stated('unit.frequency', -4, 'The values are frequencies');
  if (values.share('percent') > 0.5 && writtenUnits(values, ['%']) > 0.5) {
    return stated('unit.percent', shape === 'percent' ? 1.5 : -3, 'The values are percentages');
  }
  if (values.share('size') < 0.5 || unit === 'mbps') return noEvidence;
  return stated('unit.size', unit === 'gb' ? 1.2 : -3, 'The values are sizes');
}

const sizeFirst = /^\s*\d+(?:[.,]\d+)?\s*(?:[kmgt]i?b|[kmgt]o)\b/i;

/** Sizes that go on in words: "64GB DDR4", "512 Go SSD". */
function isDescribedSize(target: AttributeName, values: ColumnValues): boolean {
  if (attributeDefinition(target).unit !== 'gb' || values.numeric > 0.6) return false;
  return values.writtenShare((value) => sizeFirst.test(value)) > 0.6;
}

/** Weighs the values of a column for a target whose values are numbers. */
export function numberEvidence(
  target: AttributeName,
  values: ColumnValues,
  unit: HeaderUnit | null,
): ValueEvidence {
  if (isDescribedSize(target, values))
    return stated('value.described_size', 0.8, 'The values begin with sizes');
  const share = values.numeric;
  const { shape } = attributeDefinition(target);
  const dates = values.share('date') > 0.6 && values.share('number') < 0.6;
  const money = shape === 'money' && values.share('money') > 0.5 ? 1 : 0;
  return together(
    stated(
      'value.number',
      graded(share, 0.8, -4) + money,
      `${Math.round(share * 100)} % of the values: numbers`,
    ),
    dates ? stated('value.date', -4, 'The values are dates') : noEvidence,
    byUnit(target, unit),
    byWrittenUnit(target, values),
    byRange(target, values, unit),
    byCounts(target, values, unit),
    byProcessor(values),
    bySpread(target, values),
  );
}
