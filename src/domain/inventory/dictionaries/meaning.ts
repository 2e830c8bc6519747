import type { AssetType } from '../../lists';

/** What a word says about an asset. `assetType` null: it is some machine, and other evidence must say which. */
export interface Meaning {
  readonly assetType: AssetType | null;
  readonly subtype: string | null;
  readonly role: string | null;
}

/** One line of a dictionary: asset type with optional `/subtype` and `@role`, then phrases parted by `|`. */
export type DictionaryLine = readonly [meaning: string, phrases: string];

/** Reads `server/virtual_machine@web` into its parts; `machine` stands for an unknown kind of machine. */
export function readMeaning(text: string): Meaning {
  const [typeAndSubtype = '', role = null] = text.split('@');
  const [type = '', subtype = null] = typeAndSubtype.split('/');
  // The dictionaries are constants of this folder and a unit test reads every line of them.
  return { assetType: type === 'machine' ? null : (type as AssetType), subtype, role };
}

/** A map from phrase to meaning; the first line that names a phrase wins. */
export function readDictionary(lines: readonly DictionaryLine[]): ReadonlyMap<string, Meaning> {
  const dictionary = new Map<string, Meaning>();
  for (const [meaningText, phrases] of lines) {
    const meaning = readMeaning(meaningText);
    for (const phrase of phrases.split('|')) {
      if (!dictionary.has(phrase)) dictionary.set(phrase, meaning);
    }
  }
  return dictionary;
}
