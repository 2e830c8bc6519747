import { attributeDefinition } from '../attributes/registry';
import type { AttributeName } from '../attributes/types';
import type { MappingCombination } from '../lists';
import type { ColumnProfile } from '../quality/types';
import type { HeaderUnit } from './headers/header-units';
import type { ColumnRule, MappingReason } from './types';

const sizeTargets: ReadonlySet<AttributeName> = new Set([
  'memory_gb',
  'storage_gb',
  'storage_used_gb',
  'database_size_gb',
]);

export interface UnitDecision {
  readonly unit: string | null;
  readonly factor: number;
  readonly reasons: readonly MappingReason[];
}

const sizeScale: Readonly<Record<string, number>> = {
  b: 1 / 1024 ** 3,
  kb: 1 / 1024 ** 2,
  kib: 1 / 1024 ** 2,
  mb: 1 / 1024,
  mib: 1 / 1024,
  gb: 1,
  gib: 1,
  tb: 1024,
  tib: 1024,
};

function decided(unit: string | null, factor = 1, reasons: readonly MappingReason[] = []): UnitDecision {
  return { unit, factor, reasons };
}

/** Plausible sizes in GB of one machine or database. */
const plausible: { readonly [name in AttributeName]?: readonly [number, number] } = {
  memory_gb: [0.25, 12_288],
  storage_gb: [1, 500_000],
  storage_used_gb: [0.05, 500_000],
  database_size_gb: [0.001, 200_000],
};

function isPlausible(target: AttributeName, median: number, unit: string): boolean {
  const [low, high] = plausible[target] ?? [0, Number.POSITIVE_INFINITY];
  const inGigabytes = median * (sizeScale[unit] ?? 1);
  return inGigabytes >= low && inGigabytes <= high;
}

/** Memory beyond this in GB is rare enough that whole columns of it mean MB. */
const commonMemoryLimit = 4096;
const unitOrder = ['gb', 'mb', 'kb', 'b'] as const;

function fittingUnit(target: AttributeName, median: number): string {
  const limit = target === 'memory_gb' ? commonMemoryLimit : 60_000;
  const fits = unitOrder.find((unit) => {
    const size = median * (sizeScale[unit] ?? 1);
    return isPlausible(target, median, unit) && size <= limit;
  });
  return fits ?? 'gb';
}

/** The middle of the bare numbers; cells that carry units convert themselves. */
function bareMedian(profile: ColumnProfile): number | null {
  const numbers = profile.numbers;
  if (numbers === null || numbers.count === 0) return null;
  const withUnit = Object.values(profile.unitWords).reduce((sum, count) => sum + count, 0);
  return withUnit * 2 > numbers.count ? null : numbers.median;
}

function sizeUnit(target: AttributeName, profile: ColumnProfile, stated: string | null): UnitDecision {
  const median = bareMedian(profile);
  if (median === null || median === 0) return decided(stated ?? 'gb');
  const byValues = fittingUnit(target, median);
  if (stated === null) {
    const text = `No unit is stated; a median of ${median} reads as ${byValues}`;
    return decided(byValues, 1, byValues === 'gb' ? [] : [{ code: 'unit.by_values', weight: 0, text }]);
  }
  if (!contradicts(target, median, stated)) return decided(stated);
  const text = `The header says ${stated}, but a median of ${median} reads as ${byValues}`;
  return decided(byValues, 1, [{ code: 'unit.contradicted', weight: -0.3, text }]);
}

function contradicts(target: AttributeName, median: number, unit: string): boolean {
  const size = median * (sizeScale[unit] ?? 1);
  if (target === 'memory_gb') return size > commonMemoryLimit || size < 0.1;
  return target === 'storage_gb' && (size > 400_000 || size < 0.5);
}

function percentUnit(profile: ColumnProfile): UnitDecision {
  const numbers = profile.numbers;
  const signs = profile.unitWords['%'] ?? 0;
  const fraction =
    numbers !== null && numbers.count >= 3 && signs === 0 && numbers.minimum >= 0 && numbers.maximum <= 1;
  if (!fraction || numbers.maximum === 0 || numbers.integers === numbers.count) return decided('percent');
  const text = `All values are between 0 and ${numbers.maximum}: fractions`;
  return decided('fraction', 1, [{ code: 'unit.fraction', weight: 0, text }]);
}

function bySize(headerUnit: HeaderUnit | null): string | null {
  return headerUnit?.dimension === 'size' ? headerUnit.unit : null;
}

function timeUnit(headerUnit: HeaderUnit | null): UnitDecision {
  return decided(headerUnit?.dimension === 'time' ? headerUnit.unit : recoveryUnit);
}

function rateUnit(headerUnit: HeaderUnit | null): UnitDecision {
  if (headerUnit?.dimension === 'rate') return decided(headerUnit.unit);
  const size = bySize(headerUnit);
  return decided(size === null ? 'mb/s' : `${size.replace('i', '')}/s`);
}

/** The unit and factor of a column's bare numbers for a target: the header's word, checked against the values. */
export function decideUnit(
  target: AttributeName,
  profile: ColumnProfile,
  headerUnit: HeaderUnit | null,
): UnitDecision {
  if (sizeTargets.has(target)) return sizeUnit(target, profile, bySize(headerUnit));
  const wanted = attributeDefinition(target).unit;
  if (wanted === 'percent') return percentUnit(profile);
  if (wanted === 'minutes') return timeUnit(headerUnit);
  if (wanted === 'mbps') return rateUnit(headerUnit);
  return decided(null, wanted === null ? 1 : (headerUnit?.factor ?? 1));
}

/** Recovery objectives are agreed in hours; minutes are written out where they are meant. */
const recoveryUnit = 'hours';

/** The rule by which the cells of a column become values of a target. */
export function columnRule(
  profile: ColumnProfile,
  decision: UnitDecision,
  place: { readonly combine: MappingCombination; readonly order: number },
): ColumnRule {
  return {
    combine: place.combine,
    order: place.order,
    unit: decision.unit,
    decimalMark: profile.decimalMark,
    dateOrder: profile.dateOrder,
    multiValue: 'list',
    factor: decision.factor,
  };
}
