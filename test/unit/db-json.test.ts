import { fc } from '../support/property';
import { JsonValueError, toJson } from '../../src/db/bulk/json';

const uuid = '0190f3c0-5b1e-7c3a-9d2e-3f4a5b6c7d8e';

class Uuid {
  constructor(private readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

test.each([
  ['a UUID object becomes its text', { id: new Uuid(uuid) }, { id: uuid }],
  ['a date becomes ISO 8601 in UTC', new Date(Date.UTC(2026, 0, 2, 3, 4, 5)), '2026-01-02T03:04:05.000Z'],
  ['a safe big integer becomes a number', 12n, 12],
  ['a huge big integer keeps its digits', 2n ** 70n, '1180591620717411303424'],
  [
    'a map becomes an object',
    new Map<unknown, unknown>([
      ['a', 1],
      [2, new Set(['x'])],
    ]),
    { a: 1, 2: ['x'] },
  ],
  ['a property without value is left out', { a: undefined, b: null }, { b: null }],
  ['an object without prototype is plain', Object.assign(Object.create(null), { a: [true] }), { a: [true] }],
])('%s', (_, value, expected) => {
  expect(JSON.parse(toJson(value))).toEqual(expected);
});

test('a key named __proto__ stays a key', () => {
  const value: unknown = JSON.parse('{"__proto__": {"admin": true}}');

  expect(toJson(value)).toBe('{"__proto__":{"admin":true}}');
});

const cyclic: { self?: unknown } = {};
cyclic.self = { inner: cyclic };
let deep: unknown = 'bottom';
for (let depth = 0; depth < 5_000; depth += 1) deep = [deep];

test.each([
  ['not a number', { a: [Number.NaN] }, '$.a[0]'],
  ['infinity', Number.NEGATIVE_INFINITY, '$'],
  ['a buffer', { file: Buffer.from('x') }, '$.file'],
  ['a function', { run: () => 1 }, '$.run'],
  ['a symbol', Symbol('x'), '$'],
  ['an invalid date', { at: new Date(Number.NaN) }, '$.at'],
  ['undefined in an array', [undefined], '$[0]'],
  ['a hole in an array', Array(1), '$[0]'],
  ['an error', new Error('x'), '$'],
  ['a regular expression', /x/, '$'],
  ['NUL in a text', { a: 'x\u0000' }, '$.a'],
  ['half a surrogate pair in a text', { a: '\ud83d' }, '$.a'],
  [
    'a map with two equal keys',
    new Map<unknown, unknown>([
      [1, 'a'],
      ['1', 'b'],
    ]),
    '$',
  ],
  ['a promise', Promise.resolve(1), '$'],
])('%s is refused by a typed error that says where', (_, value, path) => {
  expect(() => toJson(value)).toThrow(JsonValueError);
  expect(() => toJson(value)).toThrow(expect.objectContaining({ path }));
});

test('a value that contains itself, or is nested without end, is refused', () => {
  expect(() => toJson(cyclic)).toThrow(/contains itself/);
  expect(() => toJson(deep)).toThrow(/nested deeper/);
});

test('a value that is used twice is no cycle', () => {
  const shared = { a: 1 };

  expect(toJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
});

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.bigInt(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.date({ noInvalidDate: false }),
  fc.uuid().map((text) => new Uuid(text)),
  fc.uint8Array({ maxLength: 4 }),
  fc.string().map((text) => text + String.fromCharCode(0xd800)),
);
const graph = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('node'), { maxKeys: 4 }),
    fc.array(fc.tuple(fc.string(), tie('node')), { maxLength: 4 }).map((entries) => new Map(entries)),
    fc.array(tie('node'), { maxLength: 4 }).map((values) => new Set(values)),
  ),
})).node;

/** Undefined when the serializer refused by its typed error; any other error goes through. */
function jsonOrNone(value: unknown): string | undefined {
  try {
    return toJson(value);
  } catch (error) {
    if (error instanceof JsonValueError) return undefined;
    throw error;
  }
}

test('any graph of values is valid JSON that JSONB accepts, or a typed error', () => {
  fc.assert(
    fc.property(graph, (value) => {
      const text = jsonOrNone(value);
      if (text === undefined) return;
      expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      expect(toJson(JSON.parse(text))).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});
