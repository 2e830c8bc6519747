import type { AttributeName, AttributeValue } from '../../attributes/types';
import { readOperatingSystem } from '../../quality/words/operating-systems';
import { readHostName } from './host-names';
import { memoised } from '../memo';
import { foldText } from '../classification/words';

/** Texts whose longer form says the same thing more exactly. */
const gradedAttributes: ReadonlySet<AttributeName> = new Set([
  'operating_system',
  'os_version',
  'database_engine',
  'database_version',
  'application_version',
  'model',
  'manufacturer',
  'fqdn',
  'location',
  'technology_stack',
]);
const fillers: ReadonlySet<string> = new Set(
  'microsoft|r|tm|c|the|edition|64|32|bit|x64|x86|x86_64|amd64|inc|corp|corporation|ltd|gmbh|or|later|version|release|gnu'.split(
    '|',
  ),
);

const wordsOf = memoised((text: string) => {
  const folded = foldText(text.replaceAll(/(\d)r(\d)/gi, '$1 r$2'));
  return new Set(folded.split(' ').filter((word) => !fillers.has(word)));
});

/** Whether all words of `one` are words of `two`. */
function isWithin(one: ReadonlySet<string>, two: ReadonlySet<string>): boolean {
  for (const word of one) if (!two.has(word)) return false;
  return true;
}

/** Whether `one` says the same as `two` and more: "Windows Server 2016" over "Windows". */
export function moreSpecific(
  name: AttributeName,
  one: AttributeValue | undefined,
  two: AttributeValue | undefined,
): boolean {
  if (!gradedAttributes.has(name) || typeof one !== 'string' || typeof two !== 'string') return false;
  if (one === two) return false;
  const first = wordsOf(one);
  const second = wordsOf(two);
  return first.size > second.size && isWithin(second, first);
}

const hostAttributes: ReadonlySet<AttributeName> = new Set(['name', 'hostname', 'hypervisor_host']);

const tolerance = 0.02;

function sameNumber(one: number, two: number): boolean {
  return Math.abs(one - two) <= tolerance * Math.max(Math.abs(one), Math.abs(two));
}

function sameHost(one: string, two: string): boolean {
  const first = readHostName(one);
  const second = readHostName(two);
  return first !== null && second !== null && first.host === second.host;
}

const systemOf = memoised((text: string) => readOperatingSystem(text));

/** The same product, and no two versions: "Windows 2012 R2 Standard" is "Microsoft Windows Server 2012 R2 (64-bit)". */
function sameSystem(one: string, two: string): boolean {
  const first = systemOf(one);
  const second = systemOf(two);
  if (first === null || second === null || first.product !== second.product) return false;
  if (first.version === null || second.version === null || first.version === second.version) return true;
  return first.version.startsWith(`${second.version}.`) || second.version.startsWith(`${first.version}.`);
}

function sameText(name: AttributeName, one: string, two: string): boolean {
  const first = foldText(one);
  const second = foldText(two);
  if (first === second || first.replaceAll(' ', '') === second.replaceAll(' ', '')) return true;
  if (first === 'unknown' || second === 'unknown') return true;
  if (hostAttributes.has(name)) return sameHost(one, two);
  if (name === 'operating_system' && sameSystem(one, two)) return true;
  return gradedAttributes.has(name) && sameUpToDetail(wordsOf(one), wordsOf(two));
}

function sameUpToDetail(one: ReadonlySet<string>, two: ReadonlySet<string>): boolean {
  return isWithin(one, two) || isWithin(two, one);
}

/** Whether two values of an attribute say the same, up to spelling, rounding (2 %) and detail. */
export function sameMeaning(name: AttributeName, one: AttributeValue, two: AttributeValue): boolean {
  if (one === two) return true;
  if (typeof one === 'number' && typeof two === 'number') return sameNumber(one, two);
  if (typeof one === 'boolean' || typeof two === 'boolean') return one === two;
  return sameText(name, String(one), String(two));
}
