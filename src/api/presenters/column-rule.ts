import type { ColumnRule } from '../../domain/mapping/types';

/** A rule in the words of the wire. */
export function presentRule(rule: ColumnRule) {
  return {
    combine: rule.combine,
    order: rule.order,
    unit: rule.unit,
    decimal_mark: rule.decimalMark,
    date_order: rule.dateOrder,
    multi_value: rule.multiValue,
    factor: rule.factor,
  };
}
