import { fieldsOfJson } from '../../src/domain/disposition/json-fields';
import { fc } from '../support/property';

const names = ['name', 'tags', 'cpu_cores', 'description', 'odd "name"', 'is_up'];
const places: ReadonlyMap<string, number> = new Map([
  ['tags', 0],
  ['description', 1],
  ['cpu_cores', 2],
  ['is_up', 3],
]);
const text = fc.oneof(fc.string(), fc.constantFrom('a"b', 'ends in \\', '\\"', ', "tags": 1}', ']', '\n'));
const simple = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
const objects = fc.dictionary(
  fc.constantFrom(...names),
  fc.oneof(simple, fc.array(simple, { maxLength: 3 }), fc.constant({ deep: [1, { deeper: 2 }] })),
);

const spaced = (value: unknown): string => JSON.stringify(value, null, 1).replace(/\n */g, '');

describe('fields of JSON', () => {
  it.each([
    ['without spaces', (value: unknown) => JSON.stringify(value)],
    ['with spaces', spaced],
  ])('are those that parsing the whole finds, %s', (_, toJson) => {
    fc.assert(
      fc.property(objects, (object) => {
        const json = toJson(object);
        const whole = JSON.parse(json) as Record<string, unknown>; // an object was written

        const fields = fieldsOfJson(json, places);

        for (const [name, place] of places) {
          const field = fields[place];
          const read: unknown = field === undefined ? undefined : JSON.parse(field);
          expect(read).toEqual(whole[name]);
        }
      }),
    );
  });

  it('stand as they are written', () => {
    const fields = fieldsOfJson('{"name": "x", "tags": ["a, b", "c]"], "cpu_cores": 4.50}', places);

    expect(fields).toEqual(['["a, b", "c]"]', undefined, '4.50', undefined]);
  });

  it.each(['', '{', '{"tags": 1', '{"tags": "x}', '{"tags": [1}'])('refuse %s', (broken) => {
    expect(() => fieldsOfJson(broken, places)).toThrow(SyntaxError);
  });
});
