/** A value that cannot stand in a JSON column, with the path to it. A defect of the caller, never shown to users. */
export class JsonValueError extends Error {
  override readonly name = 'JsonValueError';

  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path} ${reason}`);
  }
}

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** PostgreSQL and V8 both read deeper documents; ours never are, and a bound keeps the recursion safe. */
const maxDepth = 256;
const loneSurrogate = /\p{Surrogate}/u;
const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The one way into a JSON column: text that PostgreSQL accepts as `jsonb`, or a `JsonValueError`. UUID objects become
 * their text, dates ISO 8601 in UTC, safe big integers numbers and others their digits as text, maps objects, sets
 * arrays. A property without value is left out. Anything else (NaN, functions, buffers, class instances, cycles,
 * NUL, lone surrogates) is refused, because it would be stored as something that it is not.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(plain(value, '$', []));
}

function plain(value: unknown, path: string, parents: readonly object[]): Plain {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return text(value, path);
  if (typeof value === 'number') return finite(value, path);
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value === 'object') return composite(value, path, parents);
  throw new JsonValueError(path, `is ${typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`}`);
}

function text(value: string, path: string): string {
  if (value.includes('\u0000')) throw new JsonValueError(path, 'contains NUL');
  if (loneSurrogate.test(value)) throw new JsonValueError(path, 'contains half a surrogate pair');
  return value;
}

function finite(value: number, path: string): number {
  if (!Number.isFinite(value)) throw new JsonValueError(path, `is ${value}`);
  return value;
}

function composite(value: object, path: string, parents: readonly object[]): Plain {
  if (parents.includes(value)) throw new JsonValueError(path, 'contains itself');
  if (parents.length >= maxDepth) throw new JsonValueError(path, `is nested deeper than ${maxDepth}`);
  const within = [...parents, value];
  if (Array.isArray(value)) return elements(value, path, within);
  if (value instanceof Date) return moment(value, path);
  if (value instanceof Set) return elements([...value], path, within);
  if (value instanceof Map) return properties(mapEntries(value, path), path, within);
  if (isPlainObject(value)) return properties(Object.entries(value), path, within);
  return uuidText(value, path);
}

function elements(values: readonly unknown[], path: string, parents: readonly object[]): Plain[] {
  return Array.from(values, (value, index) => plain(value, `${path}[${index}]`, parents));
}

function properties(
  entries: Iterable<readonly [string, unknown]>,
  path: string,
  parents: readonly object[],
): { [key: string]: Plain } {
  // without a prototype, `__proto__` is a property like any other
  const result: { [key: string]: Plain } = Object.create(null) as { [key: string]: Plain };
  for (const [key, value] of entries) {
    if (value === undefined) continue;
    result[text(key, `${path}, key ${JSON.stringify(key)},`)] = plain(value, `${path}.${key}`, parents);
  }
  return result;
}

function* mapEntries(
  map: ReadonlyMap<unknown, unknown>,
  path: string,
): Generator<readonly [string, unknown]> {
  const seen = new Set<string>();
  for (const [key, value] of map) {
    const name = typeof key === 'string' ? key : keyText(key, path);
    if (seen.has(name)) throw new JsonValueError(path, `has two keys ${JSON.stringify(name)}`);
    seen.add(name);
    yield [name, value];
  }
}

function keyText(key: unknown, path: string): string {
  const value = plain(key, `${path}, a key,`, []);
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new JsonValueError(path, 'has a key that is no text');
}

function moment(value: Date, path: string): string {
  if (Number.isNaN(value.getTime())) throw new JsonValueError(path, 'is an invalid date');
  return value.toISOString();
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** UUID classes of libraries have one thing in common: their text is a UUID. */
function uuidText(value: object, path: string): string {
  const name = value.constructor?.name ?? 'object';
  const spell: unknown = 'toString' in value ? value.toString : undefined;
  if (typeof spell === 'function' && spell !== Object.prototype.toString && !ArrayBuffer.isView(value)) {
    const spelt: unknown = spell.call(value);
    if (typeof spelt === 'string' && uuidPattern.test(spelt)) return spelt.toLowerCase();
  }
  throw new JsonValueError(path, `is a ${name}`);
}
