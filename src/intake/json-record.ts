import { isUtf8 } from 'node:buffer';

import { looksLikeWindows1252, windows1252ToUtf8 } from './encoding';
import type { JsonElement } from './json-element';
import type { RejectionCode } from './types';

/** Separates the keys of a path; keys themselves cannot hold it. */
const pathSeparator = '\0';

/** A JSON object as cells by path, or why it is none. */
export type JsonRecord =
  | {
      readonly kind: 'cells';
      readonly cells: ReadonlyMap<string, string>;
      readonly hasDuplicateKeys: boolean;
      readonly isTranscoded: boolean;
    }
  | { readonly kind: 'fault'; readonly code: RejectionCode };

interface Flat {
  readonly cells: Map<string, string>;
  keys: number;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function countKeys(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countKeys(item), 0);
  if (!isObject(value)) return 0;
  return Object.values(value).reduce<number>((sum, item) => sum + 1 + countKeys(item), 0);
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null ? '' : JSON.stringify(value);
}

/** A list of plain values reads `a; b`; anything richer stays JSON. */
function arrayText(values: readonly unknown[]): string {
  const isPlain = values.every((value) => typeof value !== 'object' && !scalarText(value).includes(';'));
  return isPlain ? values.map(scalarText).join('; ') : JSON.stringify(values);
}

function flattenInto(flat: Flat, prefix: string, object: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(object)) {
    flat.keys += 1;
    const path = prefix + key.replaceAll(pathSeparator, '\u{fffd}');
    if (Array.isArray(value)) {
      flat.keys += countKeys(value);
      flat.cells.set(path, arrayText(value));
    } else if (isObject(value)) flattenInto(flat, path + pathSeparator, value);
    else flat.cells.set(path, scalarText(value));
  }
}

/** The name of a column for a path: keys joined by dots. */
export const columnOfPath = (path: string): string => path.replaceAll(pathSeparator, '.');

const tokenPattern = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gsu;

/** Puts numbers in quotes that JavaScript would write differently, so that their text is kept. */
function keepNumberTexts(text: string): string {
  return text.replaceAll(tokenPattern, (token) =>
    token.startsWith('"') || String(Number(token)) === token ? token : `"${token}"`,
  );
}

const surrogatePattern = /\p{Surrogate}/u;

function faultOfCells(
  cells: ReadonlyMap<string, string>,
  text: string,
  maxCellBytes: number,
): RejectionCode | null {
  const hasEscapes = text.includes('\\u');
  for (const cell of cells.values()) {
    if (cell.length * 3 > maxCellBytes && Buffer.byteLength(cell) > maxCellBytes) return 'cell_too_large';
    if (hasEscapes && cell.includes('\0')) return 'nul_byte';
    if (hasEscapes && surrogatePattern.test(cell)) return 'invalid_utf8';
  }
  return null;
}

function readText(bytes: Buffer): { text: string; isTranscoded: boolean } | null {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), isTranscoded: false };
  if (!looksLikeWindows1252(bytes)) return null;
  return { text: windows1252ToUtf8(bytes).toString('utf8'), isTranscoded: true };
}

function parse(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** Turns an element into cells: nested objects get dotted names, lists become text. */
export function readJsonRecord(element: JsonElement, maxCellBytes: number): JsonRecord {
  if (element.isTooLarge) return { kind: 'fault', code: 'cell_too_large' };
  const read = readText(element.bytes);
  if (read === null) return { kind: 'fault', code: 'invalid_utf8' };
  const parsed = parse(element.hasOddNumbers ? keepNumberTexts(read.text) : read.text);
  if (parsed === null) return { kind: 'fault', code: 'invalid_json' };
  if (!isObject(parsed.value)) return { kind: 'fault', code: 'not_an_object' };
  const flat: Flat = { cells: new Map(), keys: 0 };
  flattenInto(flat, '', parsed.value);
  const code = faultOfCells(flat.cells, read.text, maxCellBytes);
  if (code !== null) return { kind: 'fault', code };
  const hasDuplicateKeys = element.pairs > flat.keys;
  return { kind: 'cells', cells: flat.cells, hasDuplicateKeys, isTranscoded: read.isTranscoded };
}
