import type { ValueKind } from '../../quality/types';
import type { ColumnValues } from './column-values';
import { graded, noEvidence, percentText, stated } from './evidence';
import type { ValueEvidence } from './evidence';

/** Weight by the share of cells of any of these kinds. */
export function ofKind(
  values: ColumnValues,
  kinds: readonly ValueKind[],
  good: number,
  bad: number,
): ValueEvidence {
  const share = values.anyShare(...kinds);
  const word = (kinds[0] ?? 'text').replaceAll('_', ' ');
  return stated(
    `value.${kinds[0]}`,
    graded(share, good, bad),
    `${percentText(share)} of the values: ${word}`,
  );
}

const alienKinds: readonly ValueKind[] = ['ip', 'mac', 'date', 'url', 'uuid', 'email', 'money'];

/** Values of a plainly different kind under a header that means text. */
export function alien(values: ColumnValues, allowed: readonly ValueKind[]): ValueEvidence {
  const foreign = alienKinds.filter((kind) => !allowed.includes(kind));
  const found = foreign.find((kind) => values.share(kind) > 0.6 && values.share('number') < 0.6);
  if (found === undefined) return noEvidence;
  return stated('value.other_kind', -4, `${percentText(values.share(found))} of the values: ${found}`);
}

/** Yes and no under a header that means something else. */
export function notFlags(values: ColumnValues, weight: number): ValueEvidence {
  const flags = values.share('boolean') > 0.8 && values.profile.distinct <= 3;
  return flags ? stated('value.flags', weight, 'The values are yes and no') : noEvidence;
}
