import type { AttributeName, AttributeValues } from '../../attributes/types';
import type { AssetType } from '../../lists';
import { readOperatingSystem } from '../../quality/words/operating-systems';
import { partsOf, textOf } from '../attribute-text';
import { identifyingMac, identifyingUuid, serialMeaning } from './identity-values';
import { memoised } from '../memo';
import { foldText } from '../classification/words';

/** An asset as the search for doubles looks at it. */
export interface DuplicateSubject {
  readonly name: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  readonly values: AttributeValues;
}

/** What the facts beside their names say of two assets. */
export interface FactsVerdict {
  readonly same: readonly AttributeName[];
  /** Differ, though one asset may well have both. */
  readonly different: readonly AttributeName[];
}

/** Facts of which one asset has one only; two of them are two assets. */
const tellingApart: readonly AttributeName[] = ['environment', 'server_role', 'database_engine'];
/** Facts that say something when they agree, and something less when they do not. */
const compared: readonly AttributeName[] = [
  'operating_system',
  'datacenter',
  'location',
  'model',
  'application_name',
  'hypervisor_host',
  'vendor',
  'business_owner',
  'technical_owner',
  'department',
  'business_unit',
];

/** Compares two assets of one class; null when a fact says that they are two. */
export function compareFacts(one: DuplicateSubject, two: DuplicateSubject): FactsVerdict | null {
  if (areIdentifiedApart(one.values, two.values) || differ(one.subtype, two.subtype)) return null;
  const same: AttributeName[] = [];
  const different: AttributeName[] = [];
  for (const name of [...tellingApart, ...compared]) {
    const verdict = compareTexts(name, one.values, two.values);
    if (verdict === undefined) continue;
    if (!verdict && isTellingApart(name, one)) return null;
    (verdict ? same : different).push(name);
  }
  const addresses = overlap(partsOf(one.values, 'ip_address'), partsOf(two.values, 'ip_address'));
  if (addresses !== undefined) (addresses ? same : different).push('ip_address');
  return { same, different };
}

/** A database is one on its host; for other classes a host's name differs with the spelling of the asset's. */
function isTellingApart(name: AttributeName, { assetType }: DuplicateSubject): boolean {
  if (tellingApart.includes(name)) return true;
  return name === 'application_name' && assetType !== 'application' && assetType !== 'server';
}

function differ(one: string | null, two: string | null): boolean {
  return one !== null && two !== null && one !== two;
}

function areIdentifiedApart(one: AttributeValues, two: AttributeValues): boolean {
  const macs = overlap(macsOf(one), macsOf(two));
  return macs === false || differ(uuidOf(one), uuidOf(two)) || differ(serialOf(one), serialOf(two));
}

function uuidOf(values: AttributeValues): string | null {
  return identifyingUuid(textOf(values, 'uuid') ?? '');
}

/** The serial number without separators; null for none, and for those that say nothing. */
export function serialOf(values: AttributeValues): string | null {
  const meaning = serialMeaning(textOf(values, 'serial_number') ?? '');
  if (meaning === null) return null;
  return 'uuid' in meaning ? meaning.uuid : meaning.serial;
}

function macsOf(values: AttributeValues): readonly string[] {
  return partsOf(values, 'mac_address').flatMap((text) => identifyingMac(text) ?? []);
}

/** Undefined when one side has nothing. */
function overlap(one: readonly string[], two: readonly string[]): boolean | undefined {
  if (one.length === 0 || two.length === 0) return undefined;
  return one.some((value) => two.includes(value));
}

const systemOf = memoised((text: string) => readOperatingSystem(text)?.product ?? foldText(text));
const nothing: ReadonlySet<string> = new Set(['', 'unknown', 'other', 'none', 'n a']);

function compareTexts(name: AttributeName, one: AttributeValues, two: AttributeValues): boolean | undefined {
  const first = textOf(one, name);
  const second = textOf(two, name);
  if (first === undefined || second === undefined) return undefined;
  const read = name === 'operating_system' ? systemOf : foldText;
  const [left, right] = [read(first), read(second)];
  return nothing.has(left) || nothing.has(right) ? undefined : left === right;
}
