import { isObject } from './json-record';

/** Elements that are looked at to find an inner list. */
const wantedElements = 200;

/** Values of an object and of the objects in it; a list counts as one. */
function valuesIn(object: object): number {
  return Object.values(object).reduce<number>(
    (sum, value) => sum + (isObject(value) ? valuesIn(value) : 1),
    0,
  );
}

interface ListFacts {
  elements: number;
  /** Values of its objects, all together, and the number of objects. */
  keys: number;
  objects: number;
}

/**
 * Finds the list inside the elements that holds the records themselves, as in reservations of instances or services
 * of hosts: nearly every element has it, and its objects say more than what stands around them.
 */
export class InnerListFinder {
  private elements = 0;
  private outerKeys = 0;
  private readonly lists = new Map<string, ListFacts>();

  get isDone(): boolean {
    return this.elements >= wantedElements;
  }

  add(value: unknown): void {
    if (!isObject(value) || this.isDone) return;
    this.elements += 1;
    for (const [key, member] of Object.entries(value)) {
      const isList = Array.isArray(member) && member.length > 0 && member.every(isObject);
      if (isList) this.addList(key, member);
      else this.outerKeys += isObject(member) ? valuesIn(member) : 1;
    }
  }

  /** Key of the list; null when the elements are the records. */
  find(): string | null {
    let best: string | null = null;
    let bestKeys = 0;
    for (const [key, { elements, keys, objects }] of this.lists) {
      const average = keys / objects;
      const isUsual = elements >= this.elements * 0.9;
      // Three keys are a record; with two it could as well be a list of properties.
      const isRicher = average >= 3 && average > (this.outerKeys / this.elements) * 2;
      if (isUsual && isRicher && average > bestKeys) {
        best = key;
        bestKeys = average;
      }
    }
    return best;
  }

  private addList(key: string, objects: readonly object[]): void {
    const facts = this.lists.get(key) ?? { elements: 0, keys: 0, objects: 0 };
    this.lists.set(key, facts);
    facts.elements += 1;
    facts.objects += objects.length;
    for (const object of objects) facts.keys += valuesIn(object);
  }
}
