import { attributeDefinition } from '../attributes/registry';
import type { AttributeName, ValueShape } from '../attributes/types';
import type { ValueKind } from '../quality/types';
import type { ColumnValues } from './column-values';
import { graded, noEvidence, percentText, stated, together } from './evidence';
import type { ValueEvidence } from './evidence';
import type { HeaderUnit } from './header-units';
import { numberEvidence } from './number-evidence';
import { valueWords } from './value-words';

function ofKind(values: ColumnValues, kinds: readonly ValueKind[], good: number, bad: number): ValueEvidence {
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
function alien(values: ColumnValues, allowed: readonly ValueKind[]): ValueEvidence {
  const foreign = alienKinds.filter((kind) => !allowed.includes(kind));
  const found = foreign.find((kind) => values.share(kind) > 0.6 && values.share('number') < 0.6);
  if (found === undefined) return noEvidence;
  return stated('value.other_kind', -4, `${percentText(values.share(found))} of the values: ${found}`);
}

function notFlags(values: ColumnValues, weight: number): ValueEvidence {
  const flags = values.share('boolean') > 0.8 && values.profile.distinct <= 3;
  return flags ? stated('value.flags', weight, 'The values are yes and no') : noEvidence;
}

function blanks(value: string): boolean {
  return /\S\s\S/.test(value);
}

function hostLike(values: ColumnValues): ValueEvidence {
  const hosts = Math.max(
    values.share('host'),
    values.share('fqdn'),
    values.share('host') + values.share('fqdn'),
  );
  const phrases = values.writtenShare(blanks);
  const systems = hosts > 0.5 ? 0 : values.share('operating_system');
  const wrong = Math.max(systems, values.share('person'), phrases);
  return together(
    stated('value.host', graded(hosts, 1.5, 0), `${percentText(hosts)} of the values read as host names`),
    wrong > 0.5 ? stated('value.not_host', -3 * wrong, 'The values are not host names') : noEvidence,
    values.numeric > 0.8 && hosts < 0.3 ? stated('value.number', -1.5, 'The values are numbers') : noEvidence,
    alien(values, []),
    notFlags(values, -4),
  );
}

function person(values: ColumnValues): ValueEvidence {
  const people = Math.max(values.share('person'), values.share('email'));
  return together(
    stated('value.person', graded(people, 1.3, 0), `${percentText(people)} of the values: people`),
    alien(values, ['email']),
    notFlags(values, -4),
    values.numeric > 0.7 ? stated('value.number', -3, 'The values are numbers') : noEvidence,
  );
}

function plainText(values: ColumnValues): ValueEvidence {
  return together(alien(values, []), notFlags(values, -2.5));
}

function keyText(values: ColumnValues): ValueEvidence {
  return together(alien(values, ['uuid', 'url', 'date']), notFlags(values, -2.5));
}

function nameLike(values: ColumnValues): ValueEvidence {
  const numbers = values.numeric > 0.9 && values.share('host') < 0.3;
  return together(
    alien(values, ['url']),
    notFlags(values, -4),
    numbers ? stated('value.number', -2, 'The values are numbers') : noEvidence,
  );
}

function flag(values: ColumnValues): ValueEvidence {
  const share = Math.max(
    values.share('boolean'),
    values.lexiconShare(/^(?:x|yes|no|y|n|true|false|ja|nein|oui|non|si|sim|nao|0|1)\b/),
  );
  return stated('value.boolean', graded(share, 1.6, -3), `${percentText(share)} of the values: yes or no`);
}

function dates(values: ColumnValues): ValueEvidence {
  const numbers = values.profile.numbers;
  const serials =
    numbers !== null && values.numeric > 0.8 && numbers.minimum > 20_000 && numbers.maximum < 80_000;
  if (serials) return stated('value.date_number', 1, 'The values read as day numbers of a spreadsheet');
  const years = values.lexiconShare(
    /\b(?:19[89]|20[0-4])\d\b|^(?:today|\d+ (?:days?|hours?|minutes?) ago|never|now)/,
  );
  const share = Math.max(values.share('date'), years);
  return stated('value.date', graded(share, 2, -4), `${percentText(share)} of the values: dates`);
}

function code32(value: string): boolean {
  return /^[0-9a-f]{32}$/i.test(value);
}

function identifiers(values: ColumnValues): ValueEvidence {
  const share = Math.max(values.share('uuid'), values.writtenShare(code32));
  return stated('value.uuid', graded(share, 2.2, -2.5), `${percentText(share)} of the values: UUIDs`);
}

function domainNames(values: ColumnValues): ValueEvidence {
  const share = values.share('fqdn');
  const bad = values.share('host') > 0.5 ? -0.6 : -2.5;
  return together(
    stated('value.fqdn', graded(share, 2.6, bad), `${percentText(share)} of the values: names with a domain`),
    alien(values, []),
  );
}

function operatingSystems(values: ColumnValues): ValueEvidence {
  const versions = values.share('version') + values.share('number');
  return together(
    ofKind(values, ['operating_system'], 3, -2),
    versions > 0.7 ? stated('value.version', -2, 'The values are version numbers') : noEvidence,
    alien(values, []),
    notFlags(values, -4),
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
    together(ofKind(values, ['asset_class'], 2.2, -0.4), alien(values, []), notFlags(values, -2.5)),
  environment: (values) => ofKind(values, ['environment'], 2.8, -3.2),
  criticality: (values) => ofKind(values, ['criticality'], 2.2, -2),
  disposition: (values) => ofKind(values, ['disposition'], 3, -2.5),
  scope: (values) => ofKind(values, ['boolean'], 0.8, -1),
  status: (values) => together(ofKind(values, ['status', 'power_state'], 1.3, -0.9), alien(values, [])),
  power_state: (values) => ofKind(values, ['power_state'], 2.2, -2.8),
  person,
  reference_list: (values) => together(alien(values, ['url', 'ip']), notFlags(values, -3)),
  operating_system: operatingSystems,
};

/** Names of either end of a relation may be addresses or ids. */
function endOfRelation(values: ColumnValues): ValueEvidence {
  return together(alien(values, ['ip', 'uuid', 'url']), notFlags(values, -4));
}

/** Attributes whose values differ from their shape's. */
const ownJudges: { readonly [name in AttributeName]?: Judge } = {
  external_id: keyText,
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

function byWords(target: AttributeName, values: ColumnValues): ValueEvidence {
  const pattern = valueWords[target];
  if (pattern === undefined) return noEvidence;
  const share = values.lexiconShare(pattern);
  const words = target.replaceAll('_', ' ');
  return stated(
    'value.words',
    graded(share, 1.5, -0.5),
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

/** Weighs the values of a column for a target. */
export function valueEvidence(
  target: AttributeName,
  values: ColumnValues,
  unit: HeaderUnit | null,
): ValueEvidence {
  if (values.isEmpty) return noEvidence;
  return together(byShape(target, values, unit), byWords(target, values), byUniqueness(target, values));
}

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
  hosting_model: groupLike,
};
const enoughForRepetition = 8;

function byUniqueness(target: AttributeName, values: ColumnValues): ValueEvidence {
  const suits = repetitions[target];
  if (suits === undefined || values.said < enoughForRepetition) return noEvidence;
  if (!values.profile.distinctIsExact) return noEvidence;
  const few = `${values.profile.distinct} different values in ${values.said} cells`;
  if (values.uniqueness > suits.above) return stated('value.different', suits.different, few);
  return values.uniqueness < suits.below ? stated('value.repeated', suits.repeated, few) : noEvidence;
}
