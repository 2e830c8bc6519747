import { longer } from '../../domain/dependencies/growing';

const idBytes = 16;
const wordsOfId = 4;
const empty = -1;

/** UUIDs as four integers each, told by their places, and found again through a table of integers. */
export class IdColumn {
  length = 0;
  private words = new Int32Array(1 << 12);
  private slots = new Int32Array(0);

  /** Adds the UUID whose 16 bytes begin at `start`. */
  add(bytes: Buffer, start: number): void {
    const first = this.length * wordsOfId;
    if (first === this.words.length) this.words = longer(this.words);
    for (let word = 0; word < wordsOfId; word += 1) {
      this.words[first + word] = bytes.readInt32BE(start + word * 4);
    }
    this.length += 1;
  }

  /** The UUID at a place as text. */
  text(place: number): string {
    const first = place * wordsOfId;
    const two = hexOf(this.word(first + 1));
    const three = hexOf(this.word(first + 2));
    const node = `${three.slice(4)}${hexOf(this.word(first + 3))}`;
    return `${hexOf(this.word(first))}-${two.slice(0, 4)}-${two.slice(4)}-${three.slice(0, 4)}-${node}`;
  }

  /** The place of a UUID, undefined when it is not there. */
  placeOf(id: string): number | undefined {
    const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
    return bytes.length === idBytes ? this.placeAt(bytes, 0) : undefined;
  }

  /** The place of the UUID whose 16 bytes begin at `start`. */
  placeAt(bytes: Buffer, start: number): number | undefined {
    if (this.slots.length < this.length * 2) this.index();
    const [one, two] = [bytes.readInt32BE(start), bytes.readInt32BE(start + 4)];
    const [three, four] = [bytes.readInt32BE(start + 8), bytes.readInt32BE(start + 12)];
    const mask = this.slots.length - 1;
    for (let slot = slotOf(one, four) & mask; ; slot = (slot + 1) & mask) {
      const place = this.slots[slot] as number; // slots are within the array
      if (place === empty) return undefined;
      const first = place * wordsOfId;
      const isIt = this.word(first) === one && this.word(first + 3) === four;
      if (isIt && this.word(first + 1) === two && this.word(first + 2) === three) return place;
    }
  }

  private word(at: number): number {
    return this.words[at] as number; // words of places below the length
  }

  private index(): void {
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(this.length * 2 + 2))).fill(empty);
    const mask = this.slots.length - 1;
    for (let place = 0; place < this.length; place += 1) {
      const first = place * wordsOfId;
      let slot = slotOf(this.word(first), this.word(first + 3)) & mask;
      while (this.slots[slot] !== empty) slot = (slot + 1) & mask;
      this.slots[slot] = place;
    }
  }
}

function slotOf(one: number, four: number): number {
  const mixed = Math.imul(one ^ (four >>> 15), 0x85ebca6b) ^ Math.imul(four, 0xc2b2ae35);
  return mixed ^ (mixed >>> 13);
}

function hexOf(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
