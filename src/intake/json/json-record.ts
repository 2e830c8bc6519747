import { isUtf8 } from 'node:buffer';

import { looksLikeWindows1252, windows1252ToUtf8 } from '../detection/encoding';
import type { JsonElement } from './json-element';
import type { RejectionCode } from '../types';

/** Separates the keys of a path; keys themselves cannot hold it. */
const pathSeparator = '\0';

/** The records of an element, or why it holds none. */
export type JsonRecord =
  | {
      readonly kind: 'cells';
      /** Cells by path: one record, or one for each object of an inner list. */
      readonly records: readonly ReadonlyMap<string, string>[];
      readonly hasDuplicateKeys: boolean;
      readonly isTranscoded: boolean;
    }
  | { readonly kind: 'fault'; readonly code: RejectionCode };

/** How objects become records. */
export interface JsonReading {
  readonly maxCellBytes: number;
  /** Key of a list of objects that are the records themselves; null: the elements are. */
  readonly innerList: string | null;
  /** Lists of key and value, as tags are, become columns. */
  readonly hasTagColumns: boolean;
}

interface Flat {
  readonly cells: Map<string, string>;
  readonly hasTagColumns: boolean;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
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

/** Names that tools give to the two parts of a tag. */
const tagKeys = ['Key', 'key', 'Name', 'name', 'TagKey', 'tagKey'] as const;
const tagValues = ['Value', 'value', 'TagValue', 'tagValue'] as const;
/** A record with more tags than these keeps them as one text. */
const maxTags = 64;

function tagOf(item: unknown): readonly [string, string] | null {
  if (!isObject(item) || Object.keys(item).length !== 2) return null;
  const key = tagKeys.map((name) => item[name]).find((value) => typeof value === 'string');
  const valueName = tagValues.find((name) => Object.hasOwn(item, name));
  const value = valueName === undefined ? undefined : item[valueName];
  if (typeof key !== 'string' || key === '' || value === undefined || typeof value === 'object') return null;
  return [key, scalarText(value)];
}

/** A list of keys and values; null when it is another list. */
function tagsOf(values: readonly unknown[]): ReadonlyMap<string, string> | null {
  if (values.length === 0 || values.length > maxTags) return null;
  const tags = values.map(tagOf);
  const whole = tags.filter((tag) => tag !== null);
  const byKey = new Map(whole);
  return whole.length === values.length && byKey.size === values.length ? byKey : null;
}

const pathOf = (prefix: string, key: string): string => prefix + key.replaceAll(pathSeparator, '\u{fffd}');

function flattenList(flat: Flat, path: string, values: readonly unknown[]): void {
  const tags = flat.hasTagColumns ? tagsOf(values) : null;
  if (tags === null) flat.cells.set(path, arrayText(values));
  else for (const [key, text] of tags) flat.cells.set(pathOf(path + pathSeparator, key), text);
}

function flattenInto(flat: Flat, prefix: string, object: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(object)) {
    const path = pathOf(prefix, key);
    if (Array.isArray(value)) flattenList(flat, path, value);
    else if (isObject(value)) flattenInto(flat, path + pathSeparator, value);
    else flat.cells.set(path, scalarText(value));
  }
}

/** Above the cells of an inner object stand those of the object around it. */
const outerPrefix = `parent${pathSeparator}`;

function flatten(value: Readonly<Record<string, unknown>>, reading: JsonReading): Map<string, string>[] {
  const { innerList, hasTagColumns } = reading;
  const newFlat = (): Flat => ({ cells: new Map(), hasTagColumns });
  const inner = innerList === null ? undefined : value[innerList];
  const whole = newFlat();
  if (innerList === null || !Array.isArray(inner)) {
    flattenInto(whole, '', value);
    return [whole.cells];
  }
  const { [innerList]: _records, ...outer } = value;
  flattenInto(whole, outerPrefix, outer);
  const objects = inner.filter(isObject);
  if (objects.length === 0) return [whole.cells];
  return objects.map((object) => {
    const flat = newFlat();
    flattenInto(flat, '', object);
    for (const [path, text] of whole.cells) flat.cells.set(path, text);
    return flat.cells;
  });
}

/** The objects of an element: itself, or those of a list of lists. */
function objectsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] | null {
  if (isObject(value)) return [value];
  return Array.isArray(value) && value.length > 0 && value.every(isObject) ? value : null;
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

/** The value of an element, parsed with the texts of its numbers kept; null when it is no JSON. */
export function parseElement(element: JsonElement): { readonly value: unknown } | null {
  const read = readText(element.bytes);
  return read === null ? null : parse(element.hasOddNumbers ? keepNumberTexts(read.text) : read.text);
}

/** Turns an element into records: nested objects get dotted names, lists become text, tags become columns. */
export function readJsonRecord(element: JsonElement, reading: JsonReading): JsonRecord {
  if (element.isTooLarge) return { kind: 'fault', code: 'cell_too_large' };
  const read = readText(element.bytes);
  if (read === null) return { kind: 'fault', code: 'invalid_utf8' };
  const parsed = parse(element.hasOddNumbers ? keepNumberTexts(read.text) : read.text);
  if (parsed === null) return { kind: 'fault', code: 'invalid_json' };
  const objects = objectsOf(parsed.value);
  if (objects === null) return { kind: 'fault', code: 'not_an_object' };
  const records = objects.flatMap((object) => flatten(object, reading));
  for (const cells of records) {
    const code = faultOfCells(cells, read.text, reading.maxCellBytes);
    if (code !== null) return { kind: 'fault', code };
  }
  const hasDuplicateKeys = element.pairs > countKeys(parsed.value);
  return { kind: 'cells', records, hasDuplicateKeys, isTranscoded: read.isTranscoded };
}
