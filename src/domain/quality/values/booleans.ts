import { foldText } from './text';

const yes =
  'y yes true t 1 on x enabled enable ja j wahr an aktiviert oui o vrai active si s verdadero cierto habilitado ' +
  'sim verdadeiro ativado habilitada checked ✓ ✔ ☑';
const no =
  'n no false f 0 off disabled disable nein falsch aus deaktiviert non faux inactive falso deshabilitado ' +
  'nao nee nej desativado unchecked ✗ ✘ ☐';

const words: ReadonlyMap<string, boolean> = new Map([
  ...yes.split(' ').map((word) => [word, true] as const),
  ...no.split(' ').map((word) => [word, false] as const),
]);

/** What people write in a yes/no column besides the words themselves. */
const phrases: ReadonlyMap<string, boolean> = new Map([
  ['contains pii', true],
  ['no pii', false],
  ['none', false],
  ['kein', false],
  ['keine', false],
  ['aucun', false],
  ['aucune', false],
  ['ninguno', false],
  ['nenhum', false],
]);

/** Yes or no in English, German, French, Spanish and Portuguese; null for anything else. */
export function readBoolean(text: string): boolean | null {
  if (text.length > 14) {
    return null;
  }
  const folded = foldText(text);
  return words.get(folded) ?? words.get(text.trim()) ?? phrases.get(folded) ?? null;
}

/** Every folded word that says yes or no. */
export function booleanWords(): readonly string[] {
  return [...words.keys()];
}
