import { readDictionary } from '../dictionaries/meaning';
import type { Meaning } from '../dictionaries/meaning';
import { equipmentWords, nonAssetWords } from '../dictionaries/equipment-words';
import { cloudResources, serviceNowClasses } from '../dictionaries/product-classes';
import { serverWords } from '../dictionaries/server-words';
import { softwareWords } from '../dictionaries/software-words';
import { memoised } from '../memo';
import { foldText } from './words';

/** How a declared type was read. */
export interface DeclaredType {
  readonly meaning: Meaning;
  /** 0 to 1: exact words are surer than words within a longer text. */
  readonly confidence: number;
}

const words = readDictionary([...serverWords, ...softwareWords, ...equipmentWords]);
const classes = readDictionary(serviceNowClasses);
const resources = readDictionary(cloudResources);

const longestPhrase = 5;
const classPrefix = /^(?:u_)?cmdb_ci_?/;
const romanceJoints: ReadonlySet<string> = new Set(['de', 'd', 'du', 'des', 'del', 'da', 'do', 'dos', 'das']);
/** Words that say how a machine is built, not what it is, when another word says that. */
const qualifiers: ReadonlySet<string> = new Set(
  'virtual|virtuell|virtuel|physical|physisch|physique|fisico|virtual appliance|blade|instance|guest|vm|vmware|cloud instance|software|system|service|tool|product|solution|package|custom|security|network|power|access|linux|unix|node'.split(
    '|',
  ),
);

/** Endings and beginnings of class names that customers derive from the base classes. */
const classPatterns: readonly (readonly [RegExp, string])[] = [
  [/^app_server|_app_server$/, 'app_server'],
  [/^db_.*(?:catalog|database|schema)$/, 'db_catalog'],
  [/^db_|_db_instance$/, 'db_instance'],
  [/^lb_|load_balancer/, 'lb'],
  [/firewall/, 'firewall'],
  [/^kubernetes_/, 'kubernetes_component'],
  [/^appl_|_appl$|_application$/, 'appl'],
  [/_web_server$/, 'web_server'],
  [/_server$|^server_/, 'server'],
  [/_cluster$/, 'cluster'],
  [/_switch$/, 'ip_switch'],
  [/_router$/, 'ip_router'],
  [/^storage_|_storage$/, 'storage_device'],
  [/_vm$|_instance$|_virtual_machine$/, 'vm_instance'],
  [/_service$/, 'service'],
  [/_printer$/, 'printer'],
];

function classMeaning(className: string): Meaning | undefined {
  const known = classes.get(className);
  if (known !== undefined) return known;
  const pattern = classPatterns.find(([shape]) => shape.test(className));
  return pattern === undefined ? undefined : classes.get(pattern[1]);
}

interface Match {
  readonly meaning: Meaning;
  readonly start: number;
  readonly end: number;
  readonly qualifies: boolean;
}

/** Maximal known phrases in a text, from left to right. */
function phrasesIn(tokens: readonly string[]): Match[] {
  const matches: Match[] = [];
  let at = 0;
  while (at < tokens.length) {
    const match = longestAt(tokens, at);
    if (match !== undefined) matches.push(match);
    at = match?.end ?? at + 1;
  }
  return matches;
}

function longestAt(tokens: readonly string[], start: number): Match | undefined {
  for (let length = Math.min(longestPhrase, tokens.length - start); length > 0; length -= 1) {
    const phrase = tokens.slice(start, start + length).join(' ');
    const meaning = words.get(phrase) ?? words.get(singular(phrase));
    if (meaning !== undefined) {
      return { meaning, start, end: start + length, qualifies: qualifiers.has(phrase) };
    }
  }
  return undefined;
}

function singular(phrase: string): string {
  return phrase.length > 3 && phrase.endsWith('s') ? phrase.slice(0, -1) : phrase;
}

/** The head of a compound: the last phrase, or the first where the language joins with "de". */
function headOf(matches: readonly Match[], tokens: readonly string[]): Match | undefined {
  const typed = matches.filter((match) => match.meaning.assetType !== null);
  const heads = typed.filter((match) => !match.qualifies);
  const candidates = [heads, typed, matches].find((list) => list.length > 0) ?? [];
  return tokens.some((token) => romanceJoints.has(token)) ? candidates[0] : candidates.at(-1);
}

function compoundMeaning(folded: string): Meaning | undefined {
  const tokens = folded.split(' ');
  const matches = phrasesIn(tokens);
  const head = headOf(matches, tokens)?.meaning;
  if (head === undefined || head.subtype !== null) return head;
  const detail = matches.find(
    (match) => match.meaning.assetType === head.assetType && match.meaning.subtype !== null,
  );
  const role = head.role ?? matches.find((match) => match.meaning.role !== null)?.meaning.role ?? null;
  return { ...head, subtype: detail?.meaning.subtype ?? null, role };
}

function read(text: string): DeclaredType | null {
  const lower = text.trim().toLowerCase();
  const resource = resources.get(lower) ?? resources.get(lower.replaceAll(' ', ''));
  if (resource !== undefined) return { meaning: resource, confidence: 0.98 };
  if (classPrefix.test(lower)) {
    const className = lower.replace(classPrefix, '').replaceAll(/[^a-z0-9]+/g, '_');
    const known = classMeaning(className === '' ? 'hardware' : className);
    if (known !== undefined) return { meaning: known, confidence: 0.98 };
  }
  return readWords(foldText(lower.replace(classPrefix, '')));
}

function readWords(folded: string): DeclaredType | null {
  const exact = words.get(folded) ?? words.get(singular(folded));
  if (exact !== undefined) return { meaning: exact, confidence: 0.97 };
  const byClass = classes.get(folded.replaceAll(' ', '_'));
  if (byClass !== undefined) return { meaning: byClass, confidence: 0.95 };
  const compound = compoundMeaning(folded);
  return compound === undefined ? null : { meaning: compound, confidence: 0.88 };
}

/** What the words of a type column say: product classes, cloud resource types, words of five languages; null when unknown. */
export const declaredType: (text: string) => DeclaredType | null = memoised(read);

/** Whether a type column says that the row is a person, or something else that is no asset. */
export const nonAssetType: (text: string) => 'person' | 'not_an_asset' | null = memoised((text) => {
  const lower = text.trim().toLowerCase();
  if (lower === 'sys_user' || lower === 'sys_user_group') return 'person';
  return nonAssetWords.get(foldText(lower.replace(classPrefix, ''))) ?? null;
});
