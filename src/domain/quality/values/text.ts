const alreadyClean = /^[!-~]+(?: [!-~]+)*$/;
const whitespace = /[\s\u0085]+/g;
/** Control characters, zero-width and direction marks, soft hyphen, byte order mark, lone surrogates. */
const invisible = /[\p{Cc}\p{Surrogate}\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
const nonAscii = /[^ -~\s]/;
const marks = /\p{M}+/gu;
const asciiSeparators = /[^a-z0-9+#%]+/g;
const anySeparators = /[^\p{L}\p{N}+#%]+/gu;

/**
 * The text as people see it: trimmed, NFC, runs of blanks and line breaks as one blank, characters that cannot
 * be seen removed. Cleaning a clean text gives the same text.
 */
export function cleanText(text: string): string {
  if (alreadyClean.test(text)) {
    return text;
  }
  return text
    .replace(whitespace, ' ')
    .replace(invisible, '')
    .normalize('NFC')
    .replace(whitespace, ' ')
    .trim();
}

/** The words of a text for look-ups: lower case, without accents, anything between words as one blank. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  if (!nonAscii.test(lower)) {
    return lower.replace(asciiSeparators, ' ').trim();
  }
  return lower.normalize('NFKD').replace(marks, '').replace(/ß/g, 'ss').replace(anySeparators, ' ').trim();
}

/** The text cut to a length for people, with an ellipsis when something was cut. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

/** A captured group of a match, empty when it took no part. */
export function group(match: RegExpExecArray, index: number): string {
  return match[index] ?? '';
}

/** A number without the noise of binary fractions, to a number of decimals. */
export function roundTo(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  const scaled = value * scale;
  return Number.isFinite(scaled) ? Math.round(scaled) / scale : value;
}
