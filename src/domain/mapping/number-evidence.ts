import { attributeDefinition } from '../attributes/registry';
import type { AttributeName } from '../attributes/types';
import type { ColumnValues } from './column-values';
import type { HeaderUnit, UnitDimension } from './header-units';
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
}

/** Values beyond these are not what the attribute means, in the unit of the cells. */
const ranges: { readonly [name in AttributeName]?: Range } = {
  cpu_cores: { low: 0, high: 2048 },
  port: { low: 0, high: 65_535 },
  cpu_utilization_percent: { low: 0, high: 1000 },
  cpu_utilization_peak_percent: { low: 0, high: 1000 },
  memory_utilization_percent: { low: 0, high: 1000 },
  memory_utilization_peak_percent: { low: 0, high: 1000 },
  users_count: { low: 0, high: 100_000_000 },
};

function byRange(target: AttributeName, values: ColumnValues): ValueEvidence {
  const range = ranges[target];
  const numbers = values.profile.numbers;
  if (range === undefined || numbers === null) return noEvidence;
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

/** Weighs the values of a column for a target whose values are numbers. */
export function numberEvidence(
  target: AttributeName,
  values: ColumnValues,
  unit: HeaderUnit | null,
): ValueEvidence {
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
    byRange(target, values),
    byCounts(target, values, unit),
    bySpread(target, values),
  );
}
