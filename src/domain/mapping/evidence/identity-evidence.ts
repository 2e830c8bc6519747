import type { ColumnValues } from './column-values';
import { graded, noEvidence, percentText, stated, together } from './evidence';
import type { ValueEvidence } from './evidence';
import { alien, notFlags } from './kind-evidence';

function blanks(value: string): boolean {
  return /\S\s\S/.test(value);
}

/** Accounts of machines end in a dollar sign. */
function isAccount(value: string): boolean {
  return value.endsWith('$');
}

/** Values as names of machines. */
export function hostLike(values: ColumnValues): ValueEvidence {
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
    values.writtenShare(isAccount) > 0.5
      ? stated('value.account', -3, 'The values are accounts')
      : noEvidence,
    values.numeric > 0.8 && hosts < 0.3 ? stated('value.number', -3, 'The values are numbers') : noEvidence,
    alien(values, []),
    notFlags(values, -4),
  );
}

function isLogin(value: string): boolean {
  return /^[a-z]{1,12}[._][a-z]{2,}$/.test(value);
}

const tools =
  /^(?:intune|co[ -]?managed|mdm|sccm|mecm|configmgr|config manager|jamf|ansible|puppet|chef|vcenter|vsphere|vmware|terraform|satellite|wsus|bigfix|tanium|landesk|ivanti|workspace one|airwatch|manual|scan|discovery|agent)\b/;

/** Values as people or teams. */
export function person(values: ColumnValues): ValueEvidence {
  const people = Math.max(values.share('person'), values.share('email'), values.writtenShare(isLogin));
  const named = values.lexiconShare(tools);
  return together(
    named > 0.5 ? stated('value.tools', -4, 'The values are names of tools') : noEvidence,
    stated('value.person', graded(people, 1.3, 0), `${percentText(people)} of the values: people`),
    alien(values, ['email']),
    notFlags(values, -4),
    values.numeric > 0.7 ? stated('value.number', -3, 'The values are numbers') : noEvidence,
  );
}

/** Whether the values count the rows from 0 or 1 on. */
function isRowCounter(values: ColumnValues): boolean {
  const numbers = values.profile.numbers;
  if (numbers === null || values.said < 4 || values.uniqueness < 1 || numbers.minimum > 1) return false;
  return numbers.count === values.said && numbers.maximum - numbers.minimum + 1 === values.said;
}

/** Numbers given by a maker, not those of the rows. */
export function makersNumbers(values: ColumnValues): ValueEvidence {
  const numbers = values.profile.numbers;
  const counting =
    numbers !== null &&
    values.said > 1 &&
    numbers.minimum <= 1 &&
    numbers.maximum - numbers.minimum < values.said;
  return together(
    alien(values, ['uuid']),
    notFlags(values, -2.5),
    counting && values.uniqueness === 1 && values.numeric > 0.9
      ? stated('value.counter', -4.5, 'The values count the rows')
      : noEvidence,
  );
}

/** A short mark of letters before a number of three digits or more: how tools count their records. */
function isRecordKey(value: string): boolean {
  return /^[A-Z]{2,8}[-_ ]?\d{3,}$/.test(value);
}

function areRecordKeys(values: ColumnValues): boolean {
  return values.uniqueness > 0.95 && values.writtenShare(isRecordKey) > 0.8;
}

/** Values as labels stuck on things. */
export function stickers(values: ColumnValues): ValueEvidence {
  const keyed = areRecordKeys(values);
  return together(
    alien(values, []),
    notFlags(values, -2.5),
    keyed ? stated('value.record_key', 0.9, 'The values are marked numbers, one for each row') : noEvidence,
  );
}

/** Values as words that many rows share. */
export function sharedWords(values: ColumnValues): ValueEvidence {
  const keyed = areRecordKeys(values);
  return together(
    alien(values, []),
    notFlags(values, -2.5),
    keyed ? stated('value.record_key', -2, 'The values are marked numbers, one for each row') : noEvidence,
  );
}

/** Values as keys of a record. */
export function keyText(values: ColumnValues): ValueEvidence {
  return together(
    alien(values, ['uuid', 'url', 'date']),
    notFlags(values, -2.5),
    areRecordKeys(values)
      ? stated('value.record_key', 0.9, 'The values are marked numbers, one for each row')
      : noEvidence,
    isRowCounter(values) ? stated('value.counter', -1.8, 'The values count the rows') : noEvidence,
  );
}

function isPath(value: string): boolean {
  return (value.match(/\//g)?.length ?? 0) >= 4;
}

/** Values as names. */
export function nameLike(values: ColumnValues): ValueEvidence {
  const hosts = values.share('host') + values.share('fqdn');
  const numbers = values.numeric > 0.9 && hosts < 0.3;
  return together(
    alien(values, ['url']),
    values.writtenShare(isPath) > 0.6 ? stated('value.paths', -3, 'The values are paths') : noEvidence,
    hosts < 0.3 && values.share('operating_system') > 0.6 && values.uniqueness < 0.9
      ? stated('value.systems', -3, 'The values are operating systems')
      : noEvidence,
    notFlags(values, -4),
    numbers ? stated('value.number', -2, 'The values are numbers') : noEvidence,
  );
}

function code32(value: string): boolean {
  return /^[0-9a-f]{32}$/i.test(value);
}

/** Values as UUIDs. */
export function identifiers(values: ColumnValues): ValueEvidence {
  const share = Math.max(values.share('uuid'), values.writtenShare(code32));
  return stated('value.uuid', graded(share, 2.2, -2.5), `${percentText(share)} of the values: UUIDs`);
}

/** Values as names with a domain. */
export function domainNames(values: ColumnValues): ValueEvidence {
  const share = values.share('fqdn');
  const bad = values.share('host') > 0.5 ? -0.6 : -2.5;
  return together(
    stated('value.fqdn', graded(share, 2.6, bad), `${percentText(share)} of the values: names with a domain`),
    alien(values, []),
    notFlags(values, -4),
  );
}
