import type { AttributeName } from '../../attributes/types';
import type { ColumnValues } from './column-values';
import { noEvidence, stated } from './evidence';
import type { ValueEvidence } from './evidence';

/** Uniqueness that suits an attribute: weights of a column of different values and of one of repeated values. */
interface Repetition {
  readonly above: number;
  readonly different: number;
  readonly below: number;
  readonly repeated: number;
}

const keyLike: Repetition = { above: 0.9, different: 0.8, below: 0.4, repeated: -2.5 };
const groupLike: Repetition = { above: 0.95, different: -1.5, below: 0, repeated: 0 };
const nameOfRow: Repetition = { above: 1, different: 0, below: 0.15, repeated: -1.8 };
const repetitions: { readonly [name in AttributeName]?: Repetition } = {
  external_id: keyLike,
  serial_number: keyLike,
  asset_tag: keyLike,
  uuid: keyLike,
  name: nameOfRow,
  hostname: nameOfRow,
  hypervisor_host: { above: 0.9, different: -1.5, below: 0.9, repeated: 0.5 },
  environment: groupLike,
  asset_type: groupLike,
  manufacturer: groupLike,
  cluster: groupLike,
  datacenter: groupLike,
  department: groupLike,
  business_unit: groupLike,
  status: groupLike,
  power_state: groupLike,
  availability_requirement: { above: 0.9, different: -3.5, below: 0, repeated: 0 },
  hosting_model: groupLike,
};
const enoughForRepetition = 8;

/** Weighs how often values repeat for a target whose values differ, or repeat, by nature. */
export function repetitionEvidence(target: AttributeName, values: ColumnValues): ValueEvidence {
  const suits = repetitions[target];
  if (suits === undefined || values.said < enoughForRepetition) return noEvidence;
  if (!values.profile.distinctIsExact) return noEvidence;
  const few = `${values.profile.distinct} different values in ${values.said} cells`;
  if (values.uniqueness > suits.above) return stated('value.different', suits.different, few);
  return values.uniqueness < suits.below ? stated('value.repeated', suits.repeated, few) : noEvidence;
}
