import type { Appearance } from './assess-asset';

/** Different appearances remembered; assets with others have to be read again. */
const mostAppearances = 20_000;
const firstCapacity = 1_024;
const wordsOfId = 4;

/** Appearances of assets by their ids: twenty bytes an asset, and each appearance once. */
export class MemberMemory {
  private ids = new Uint32Array(firstCapacity * wordsOfId);
  private places = new Uint32Array(firstCapacity);
  private size = 0;
  private readonly appearances: Appearance[] = [];
  private readonly placeOf = new Map<Appearance, number>();
  private isComplete: boolean;

  /** `fromStart`: whether it will be told of all assets. */
  constructor(fromStart: boolean) {
    this.isComplete = fromStart;
  }

  /** Whether an asset that is not found is none that it should know. */
  get knowsAll(): boolean {
    return this.isComplete;
  }

  /** Remembers an asset; they come in the order of their ids. */
  add(id: string, appearance: Appearance): void {
    let place = this.placeOf.get(appearance);
    if (place === undefined) {
      if (this.appearances.length >= mostAppearances) {
        this.isComplete = false;
        return;
      }
      place = this.appearances.push(appearance) - 1;
      this.placeOf.set(appearance, place);
    }
    if (this.size === this.places.length) this.grow();
    this.ids.set(wordsOf(id), this.size * wordsOfId);
    this.places[this.size] = place;
    this.size += 1;
  }

  find(id: string): Appearance | undefined {
    const wanted = wordsOf(id);
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = this.compare(middle, wanted);
      if (order === 0) return this.appearances[this.places[middle] ?? 0];
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  private compare(at: number, wanted: readonly number[]): number {
    for (let word = 0; word < wordsOfId; word += 1) {
      const difference = (this.ids[at * wordsOfId + word] ?? 0) - (wanted[word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  private grow(): void {
    const ids = new Uint32Array(this.ids.length * 2);
    ids.set(this.ids);
    this.ids = ids;
    const places = new Uint32Array(this.places.length * 2);
    places.set(this.places);
    this.places = places;
  }
}

/** A UUID as four numbers, whose order is that of the text. */
function wordsOf(id: string): readonly number[] {
  return [
    Number.parseInt(id.slice(0, 8), 16),
    Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16),
    Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16),
    Number.parseInt(id.slice(28, 36), 16),
  ];
}
