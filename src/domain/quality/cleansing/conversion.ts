import type { AttributeName, AttributeValue } from '../../attributes/types';
import type { FindingSeverity } from '../../lists';
import type { ColumnRule } from '../../mapping/types';

/** What can be wrong with a cell; codes are API: add, never rename. */
export const cellProblems = {
  not_a_number: { severity: 'medium', text: 'is not a number' },
  not_whole: { severity: 'low', text: 'is not a whole number' },
  not_a_size: { severity: 'medium', text: 'is not a size' },
  not_a_duration: { severity: 'medium', text: 'is not a duration' },
  not_a_rate: { severity: 'medium', text: 'is not a throughput' },
  not_an_amount: { severity: 'medium', text: 'is not an amount of money' },
  not_a_percentage: { severity: 'medium', text: 'is not a percentage' },
  not_a_yes_or_no: { severity: 'low', text: 'is neither yes nor no' },
  not_a_date: { severity: 'medium', text: 'is not a date' },
  ambiguous_date: { severity: 'medium', text: 'can be read day first and month first' },
  implausible_date: { severity: 'medium', text: 'is a date outside 1970 to 2100' },
  coarse_date: { severity: 'info', text: 'names no day' },
  invalid_address: { severity: 'medium', text: 'holds what is no IP address' },
  invalid_mac: { severity: 'low', text: 'holds what is no MAC address' },
  invalid_uuid: { severity: 'medium', text: 'is not a UUID' },
  meaningless_uuid: { severity: 'low', text: 'is a UUID that many machines carry' },
  not_a_host_name: { severity: 'low', text: 'is not a host name' },
  several_values: { severity: 'low', text: 'holds several values where one is expected' },
  unknown_environment: { severity: 'medium', text: 'names no known environment' },
  unknown_criticality: { severity: 'medium', text: 'names no known criticality' },
  unknown_disposition: { severity: 'medium', text: 'names no known disposition' },
  unknown_scope: { severity: 'low', text: 'says neither in, out nor deferred' },
  unknown_power_state: { severity: 'low', text: 'names no known power state' },
  implausible_value: { severity: 'high', text: 'is outside what is plausible' },
  negative_value: { severity: 'medium', text: 'is negative' },
  approximate_value: { severity: 'info', text: 'says that it is not exact' },
  incomplete_sum: { severity: 'medium', text: 'can not be added up, because a part can not be read' },
  incomplete_product: { severity: 'medium', text: 'can not be multiplied, because a factor is missing' },
  used_exceeds_total: { severity: 'medium', text: 'has more in use than there is' },
  value_truncated: { severity: 'medium', text: 'was cut, as decided' },
} as const satisfies Readonly<Record<string, { severity: FindingSeverity; text: string }>>;
export type CellProblem = keyof typeof cellProblems;

/** A value that a cell yields for another attribute, taken where no column gives that one. */
export interface ExtraValue {
  readonly attribute: AttributeName;
  readonly value: AttributeValue;
  readonly rule: string;
}

/** What became of one cell. A null value means that the cell says nothing or can't be read. */
export interface Conversion {
  readonly value: AttributeValue | null;
  /** Name of the rule that made the value; recorded when the value differs from the cell. */
  readonly rule: string;
  readonly problem: CellProblem | null;
  readonly extras: readonly ExtraValue[];
}

/** Which cell is converted, for which attribute, and how its column writes values. */
export interface ConversionContext {
  readonly attribute: AttributeName;
  readonly column: string;
  readonly rule: ColumnRule;
}

/** Turns the raw text of a cell that is not empty into a value; it never throws. */
export type Converter = (cell: string, context: ConversionContext) => Conversion;

const noExtras: readonly ExtraValue[] = [];

export function converted(
  value: AttributeValue,
  rule: string,
  problem: CellProblem | null = null,
  extras: readonly ExtraValue[] = noExtras,
): Conversion {
  return { value, rule, problem, extras };
}

/** The cell can't be used: the value is absent and the reason recorded. */
export function refused(problem: CellProblem, extras: readonly ExtraValue[] = noExtras): Conversion {
  return { value: null, rule: problem, problem, extras };
}

/** The cell is a spelling of nothing. */
export const nothing: Conversion = { value: null, rule: 'placeholder', problem: null, extras: noExtras };
export const empty: Conversion = { value: null, rule: 'empty', problem: null, extras: noExtras };
