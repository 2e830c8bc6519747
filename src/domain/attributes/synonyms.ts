import { englishBusinessSynonyms } from './synonyms-en-business';
import { dutchSynonyms } from './synonyms-nl';
import { englishTechnicalSynonyms } from './synonyms-en-technical';
import { frenchSynonyms } from './synonyms-fr';
import { germanSynonyms } from './synonyms-de';
import { italianSynonyms } from './synonyms-it';
import { nordicSynonyms } from './synonyms-nordic';
import { polishSynonyms } from './synonyms-pl';
import { portugueseSynonyms } from './synonyms-pt';
import { spanishSynonyms } from './synonyms-es';
import type { AttributeName, Language, SynonymTable } from './types';

export interface Synonym {
  readonly attribute: AttributeName;
  readonly phrase: string;
  readonly ambiguous: boolean;
  readonly language: Language;
}

const tables: readonly (readonly [Language, SynonymTable])[] = [
  ['en', englishTechnicalSynonyms],
  ['en', englishBusinessSynonyms],
  ['de', germanSynonyms],
  ['fr', frenchSynonyms],
  ['es', spanishSynonyms],
  ['pt', portugueseSynonyms],
  ['nl', dutchSynonyms],
  ['it', italianSynonyms],
  ['nordic', nordicSynonyms],
  ['pl', polishSynonyms],
];

/** Splits a `;`-separated list of headers into phrases with their mark. */
export function splitPhrases(list: string): { readonly phrase: string; readonly ambiguous: boolean }[] {
  return list
    .split(';')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({ phrase: text.replace(/^~/, ''), ambiguous: text.startsWith('~') }));
}

/** Every known header of every attribute, in all languages. */
export function allSynonyms(): Synonym[] {
  return tables.flatMap(([language, table]) =>
    Object.entries(table).flatMap(([name, list]) =>
      splitPhrases(list).map((one) => ({
        // The keys of a SynonymTable are attribute names by type; Object.entries widens them.
        attribute: name as AttributeName,
        language,
        ...one,
      })),
    ),
  );
}
