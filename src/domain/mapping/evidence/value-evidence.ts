import { attributeDefinition } from '../../attributes/registry';
import type { AttributeName, ValueShape } from '../../attributes/types';
import type { ColumnValues } from './column-values';
import { graded, noEvidence, percentText, stated, together } from './evidence';
import type { ValueEvidence } from './evidence';
import type { HeaderUnit } from '../headers/header-units';
import {
  domainNames,
  hostLike,
  identifiers,
  keyText,
  nameLike,
  person,
  makersNumbers,
  sharedWords,
  stickers,
} from './identity-evidence';
import { foreignValues } from './foreign-values';
import { alien, notFlags, ofKind } from './kind-evidence';
import { numberEvidence } from './number-evidence';
import { repetitionEvidence } from './repetition-evidence';
import { valueWords } from './value-words';
import {
  compliance,
  disposition,
  documentation,
  flag,
  freeText,
  lifecycleStage,
  operatingSystems,
  plainText,
  powerState,
  status,
  textOrFlag,
} from './word-evidence';

/** Whether all numbers are moments between 2001 and 2065, in seconds or milliseconds since 1970. */
function isEpoch(values: ColumnValues): boolean {
  const numbers = values.profile.numbers;
  if (numbers === null || values.numeric < 0.8) return false;
  const scale = numbers.minimum > 1e11 ? 1000 : 1;
  return numbers.minimum > 1e9 * scale && numbers.maximum < 3e9 * scale;
}

function dates(values: ColumnValues): ValueEvidence {
  const numbers = values.profile.numbers;
  const serials =
    numbers !== null && values.numeric > 0.8 && numbers.minimum > 20_000 && numbers.maximum < 80_000;
  if (serials) return stated('value.date_number', 1, 'The values read as day numbers of a spreadsheet');
  if (isEpoch(values))
    return stated('value.epoch', 1.2, 'The values count seconds or milliseconds since 1970');
  const years = values.lexiconShare(
    /(?:\b|fy ?)(?:19[89]|20[0-4])\d\b|\bfy ?\d\d\b|^(?:today|\d+ (?:days?|hours?|minutes?) ago|never|now)/,
  );
  const share = Math.max(values.share('date'), years);
  return stated('value.date', graded(share, 2, -4), `${percentText(share)} of the values: dates`);
}

/** Names of other assets, not how many there are. */
function references(values: ColumnValues): ValueEvidence {
  const counts =
    values.numeric > 0.9 && values.profile.numbers !== null && values.profile.numbers.maximum < 1000;
  return together(
    alien(values, ['url', 'ip']),
    notFlags(values, -3),
    counts ? stated('value.number', -3, 'The values count something') : noEvidence,
  );
}

type Judge = (values: ColumnValues) => ValueEvidence;

/** What values of each shape look like; numbers are judged by `numberEvidence`. */
const judges: { readonly [shape in ValueShape]?: Judge } = {
  text: plainText,
  name: nameLike,
  list: plainText,
  hostname: hostLike,
  fqdn: domainNames,
  uuid: identifiers,
  ip_list: (values) => ofKind(values, ['ip'], 3.6, -5),
  mac_list: (values) => ofKind(values, ['mac'], 3.6, -5),
  boolean: flag,
  date: dates,
  asset_type: (values) =>
    together(ofKind(values, ['asset_class'], 2.6, -0.4), alien(values, []), notFlags(values, -2.5)),
  environment: (values) => ofKind(values, ['environment'], 2.8, -3.2),
  criticality: (values) => ofKind(values, ['criticality'], 2.2, values.share('boolean') > 0.8 ? 0 : -2),
  disposition,
  scope: (values) => ofKind(values, ['boolean'], 0.8, -1),
  status,
  power_state: powerState,
  person,
  reference_list: references,
  operating_system: operatingSystems,
};

/** Names of either end of a relation may be addresses or ids. */
function endOfRelation(values: ColumnValues): ValueEvidence {
  return together(alien(values, ['ip', 'uuid', 'url']), notFlags(values, -4));
}

/** Places in a rack are numbered or named shortly. */
function rackPlaces(values: ColumnValues): ValueEvidence {
  const words = values.writtenShare((value) => value.length > 3 && !/\d/.test(value));
  return together(
    plainText(values),
    words > 0.8 ? stated('value.no_place', -1.5, 'The values name no place in a rack') : noEvidence,
  );
}

/** Levels of secrecy, not stages of an environment. */
function levels(values: ColumnValues): ValueEvidence {
  const staged = values.share('environment') > 0.6;
  return together(
    plainText(values),
    staged ? stated('value.environment', -4, 'The values are environments') : noEvidence,
  );
}

/** Attributes whose values differ from their shape's. */
const ownJudges: { readonly [name in AttributeName]?: Judge } = {
  external_id: keyText,
  rack: rackPlaces,
  asset_tag: stickers,
  serial_number: makersNumbers,
  tags: sharedWords,
  description: freeText,
  compliance_scope: compliance,
  lifecycle_stage: lifecycleStage,
  cloud_readiness: textOrFlag,
  documentation_quality: documentation,
  data_classification: levels,
  availability_requirement: textOrFlag,
  dr_tier: textOrFlag,
  migration_wave: (values) => together(alien(values, ['date']), notFlags(values, -2.5)),
  hypervisor_host: (values) => (values.share('ip') > 0.6 ? noEvidence : hostLike(values)),
  dependency_source: endOfRelation,
  dependency_target: endOfRelation,
};

/** Closed lists and addresses whose cells hold several values, looked at word by word. */
function severalInOne(target: AttributeName, values: ColumnValues): number {
  if (target === 'ip_address')
    return values.writtenShare((value) => /(?:^|[\s,;|/"(=:[])\d{1,3}(?:\.\d{1,3}){3}\b/.test(value));
  if (target === 'mac_address')
    return values.writtenShare((value) => /\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/i.test(value));
  return 0;
}

/** Attributes whose values are nearly always known words: other values speak against them more than usual. */
const withoutWords: { readonly [name in AttributeName]?: number } = {
  hosting_model: -1.5,
  virtualization_platform: -1.5,
  protocol: -2,
  database_engine: -1.5,
  migration_complexity: -1.5,
  discovery_source: -1.2,
  availability_zone: -1.2,
};

function byWords(target: AttributeName, values: ColumnValues): ValueEvidence {
  const pattern = valueWords[target];
  if (pattern === undefined) return noEvidence;
  const share = values.lexiconShare(pattern);
  const words = target.replaceAll('_', ' ');
  return stated(
    'value.words',
    graded(share, 1.5, withoutWords[target] ?? -0.5),
    `${percentText(share)} of the values are words of a ${words}`,
  );
}

function byShape(target: AttributeName, values: ColumnValues, unit: HeaderUnit | null): ValueEvidence {
  const { shape } = attributeDefinition(target);
  const judge = ownJudges[target] ?? judges[shape];
  if (judge === undefined) return numberEvidence(target, values, unit);
  const listed = severalInOne(target, values);
  if (listed > values.anyShare('ip', 'mac')) {
    return stated(
      'value.addresses',
      graded(listed, 3.6, -5),
      `${percentText(listed)} of the values hold addresses`,
    );
  }
  return judge(values);
}

/** Whether the values are of another sort than the target's. */
export function isOfOtherSort(target: AttributeName, values: ColumnValues, unit: HeaderUnit | null): boolean {
  return !values.isEmpty && byShape(target, values, unit).weight <= -2.5;
}

/** Weighs the values of a column for a target. */
export function valueEvidence(
  target: AttributeName,
  values: ColumnValues,
  unit: HeaderUnit | null,
): ValueEvidence {
  if (values.isEmpty) return noEvidence;
  return together(
    foreignValues(target, values),
    byShape(target, values, unit),
    byWords(target, values),
    repetitionEvidence(target, values),
  );
}
