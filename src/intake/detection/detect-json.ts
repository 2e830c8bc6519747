import type { DetectionHint } from './detection-hint';

/** What a text is when it is JSON: one document, or one document a line. */
export type JsonShape = 'json' | 'ndjson';

const isJsonName = (hint: DetectionHint): boolean =>
  /\.(?:json|ndjson|jsonl)$/iu.test(hint.filename ?? '') || /\bjson\b/iu.test(hint.mimeType ?? '');

const isLineName = (hint: DetectionHint): boolean =>
  /\.(?:ndjson|jsonl)$/iu.test(hint.filename ?? '') || /ndjson|jsonlines|jsonl/iu.test(hint.mimeType ?? '');

function isObjectText(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Lines that begin like an object, one of the first two a whole one: one document a line. */
function isOneALine(text: string, isWhole: boolean): boolean {
  const lines = text.split(/\r\n|\r|\n/u);
  if (!isWhole) lines.pop();
  const [first, second] = lines.filter((line) => line.trim() !== '');
  if (first === undefined || second === undefined) return false;
  return second.trimStart().startsWith('{') && (isObjectText(first) || isObjectText(second));
}

/**
 * Whether a text is JSON; null when it is not. A text that only its name calls JSON is JSON that will be refused
 * as invalid, unless it reads like a table.
 */
export function detectJson(text: string, hint: DetectionHint, isWhole: boolean): JsonShape | null {
  const head = text.slice(0, 4096).trimStart();
  const isObject = /^\{\s*["}]/u.test(head);
  const isArray = /^\[\s*(?:[[{\]"]|-?\d|true\b|false\b|null\b)/u.test(head);
  if (isObject) return isLineName(hint) || isOneALine(text, isWhole) ? 'ndjson' : 'json';
  if (isArray) return 'json';
  if (!isJsonName(hint)) return null;
  if (isLineName(hint)) return 'ndjson';
  return /^(?:[{["]|-?\d|true\b|false\b|null\b|NaN)/u.test(head) && !/^[^\n]*[,;\t|]/u.test(head)
    ? 'json'
    : null;
}
