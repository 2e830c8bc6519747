import type { RecognisedFormat } from '../types';
import { allFormats } from './all-formats';
import { definitionKey, feeds, formatKey } from './define';
import type { FormatDefinition, FormatFeed } from './define';

/** What a header is in a format; a null feed: known, and nothing an attribute holds. */
export interface FormatColumn {
  readonly feed: FormatFeed | null;
}

interface CompiledFormat {
  readonly definition: FormatDefinition;
  readonly columns: ReadonlyMap<string, FormatColumn>;
  /** Beginnings of headers with any ending, longest first. */
  readonly prefixes: readonly (readonly [string, FormatColumn])[];
  readonly signature: readonly string[];
  readonly requires: readonly (readonly string[])[];
  readonly forbids: readonly string[];
}

function compile(definition: FormatDefinition): CompiledFormat {
  const entries: (readonly [string, FormatColumn])[] = Object.entries(definition.columns).map(
    ([header, feed]) =>
      [definitionKey(header), { feed: typeof feed === 'string' ? feeds(feed) : feed }] as const,
  );
  for (const header of definition.unmapped.split(';'))
    entries.push([definitionKey(header.trim()), { feed: null }]);
  const open = entries.filter(([key]) => key.endsWith('*'));
  return {
    definition,
    columns: new Map(entries.filter(([key]) => key !== '' && !key.endsWith('*')).reverse()),
    prefixes: open
      .map(([key, column]) => [key.slice(0, -1), column] as const)
      .sort(([left], [right]) => right.length - left.length),
    signature: definition.signature.map(definitionKey),
    requires: definition.requires.map((group) => group.map(definitionKey)),
    forbids: (definition.forbids ?? []).map(definitionKey),
  };
}

const compiled = allFormats.map(compile);

function numbered(key: string): string {
  return key.replace(/\d+/, '{n}');
}

/** The headers of a table, ready to be compared. */
class HeaderSet {
  private readonly keys: ReadonlySet<string>;

  constructor(headers: readonly string[]) {
    this.keys = new Set(headers.map(formatKey).flatMap((key) => [key, numbered(key)]));
  }

  has(key: string): boolean {
    if (!key.endsWith('*')) return this.keys.has(key);
    const beginning = key.slice(0, -1);
    return [...this.keys].some((one) => one.startsWith(beginning));
  }
}

function lookUp(format: CompiledFormat, header: string): FormatColumn | undefined {
  const key = formatKey(header);
  const known = format.columns.get(key) ?? format.columns.get(numbered(key));
  if (known !== undefined) return known;
  return format.prefixes.find(([beginning]) => key.startsWith(beginning))?.[1];
}

/** Half of the headers must belong to the product, unless twice the needed signature is there. */
const leastShare = 0.5;

function rate(format: CompiledFormat, headers: readonly string[], set: HeaderSet): number {
  if (!format.requires.every((group) => group.some((key) => set.has(key)))) return 0;
  if (format.forbids.some((key) => set.has(key))) return 0;
  const { minimum } = format.definition;
  const hits = format.signature.filter((key) => set.has(key)).length;
  if (hits < minimum) return 0;
  const share = headers.filter((header) => lookUp(format, header) !== undefined).length / headers.length;
  if (share < leastShare && hits < minimum * 2) return 0;
  return 0.5 * share + 0.3 * Math.min(1, hits / (minimum * 2)) + 0.2 * (hits / format.signature.length);
}

/** A format found by its headers, with the way to look up its columns. */
export interface FormatMatch {
  readonly format: RecognisedFormat;
  readonly definition: FormatDefinition;
  readonly column: (header: string) => FormatColumn | undefined;
  /** Whether the table has one of these headers. */
  readonly hasHeader: (headers: readonly string[]) => boolean;
}

/** The product's table that fits the headers best, null when none does. Neither order nor file name matters. */
export function matchFormat(headers: readonly string[]): FormatMatch | null {
  if (headers.length === 0) return null;
  const set = new HeaderSet(headers);
  let best: CompiledFormat | null = null;
  let bestRate = 0;
  for (const format of compiled) {
    const rating = rate(format, headers, set);
    if (rating <= bestRate) continue;
    best = format;
    bestRate = rating;
  }
  if (best === null) return null;
  const found = best;
  const { id, vendor } = found.definition;
  return {
    format: { id, vendor, confidence: Math.round(Math.min(0.99, 0.9 + 0.1 * bestRate) * 1000) / 1000 },
    definition: found.definition,
    column: (header) => lookUp(found, header),
    hasHeader: (wanted) =>
      wanted.some((header) => set.has(formatKey(header)) || set.has(numbered(formatKey(header)))),
  };
}

/** Recognises the product that wrote a table by its set of headers. */
export function recogniseFormat(headers: readonly string[]): RecognisedFormat | null {
  return matchFormat(headers)?.format ?? null;
}
