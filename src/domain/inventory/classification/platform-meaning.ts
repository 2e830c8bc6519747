import { makers, models, operatingSystems, serverFamilies } from '../dictionaries/platform-words';
import { readMeaning } from '../dictionaries/meaning';
import type { DictionaryLine, Meaning } from '../dictionaries/meaning';
import { memoised } from '../memo';
import { foldText } from './words';

interface Phrase {
  readonly phrase: string;
  readonly meaning: Meaning;
  readonly order: number;
}

/** Phrases by their first word. */
type PhraseIndex = ReadonlyMap<string, readonly Phrase[]>;

function indexPhrases(lines: readonly DictionaryLine[]): PhraseIndex {
  const byFirstWord = new Map<string, Phrase[]>();
  lines.forEach(([meaningText, phrases], order) => {
    const meaning = readMeaning(meaningText);
    for (const phrase of phrases.split('|')) {
      const first = phrase.split(' ', 1)[0] ?? phrase;
      const list = byFirstWord.get(first) ?? [];
      list.push({ phrase, meaning, order });
      byFirstWord.set(first, list);
    }
  });
  return byFirstWord;
}

/** The meaning of the longest phrase that stands in the text as whole words; the earlier line wins among equals. */
function findPhrase(index: PhraseIndex, folded: string): Meaning | null {
  const padded = ` ${folded} `;
  const found = [...new Set(folded.split(' '))]
    .flatMap((word) => index.get(word) ?? [])
    .filter((entry) => padded.includes(` ${entry.phrase} `))
    .toSorted((one, two) => two.phrase.length - one.phrase.length || one.order - two.order);
  return found[0]?.meaning ?? null;
}

const systemIndex = indexPhrases(operatingSystems);
const modelIndex = indexPhrases(models);
const makerIndex = indexPhrases(makers);
const windowsServer = /\b(?:server|srv)\b/;
const windowsServerYear = /\b(?:200[038]|2012|2016|2019|2022|2025|nt)\b/;
const anyServer: Meaning = { assetType: 'server', subtype: null, role: null };

function isWindowsServer(folded: string, special: Meaning | null): boolean {
  if (!folded.includes('win')) return false;
  if (windowsServer.test(folded)) return special?.subtype !== 'hypervisor';
  // "Windows 10 Enterprise 2016 LTSB" carries a server's year.
  return special === null && windowsServerYear.test(folded);
}

function readSystem(text: string): Meaning | null {
  const folded = foldText(text);
  const special = findPhrase(systemIndex, folded);
  if (isWindowsServer(folded, special)) return anyServer;
  if (special !== null) return special;
  return folded.split(' ').some((word) => serverFamilies.has(word)) ? anyServer : null;
}

/** What an operating system says about the machine that runs it; null when the text is no known system. */
export const operatingSystemMeaning: (text: string) => Meaning | null = memoised(readSystem);

/** What a hardware model says; null when it is not known. */
export const modelMeaning: (text: string) => Meaning | null = memoised((text) =>
  findPhrase(modelIndex, foldText(text)),
);

/** What a maker mostly builds; null when it builds many kinds of things. */
export const makerMeaning: (text: string) => Meaning | null = memoised((text) =>
  findPhrase(makerIndex, foldText(text)),
);
