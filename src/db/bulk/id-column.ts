import { longer } from '../../domain/dependencies/growing';

const idBytes = 16;
const wordsOfId = 4;
const empty = -1;
const textBytes = 36;
const hyphen = 0x2d;
/** Bytes of a UUID before which its text has a hyphen. */
const isAfterHyphen = Uint8Array.from({ length: idBytes }, (_, byte) =>
  [4, 6, 8, 10].includes(byte) ? 1 : 0,
);
/** The two digits of each byte, one in the upper and one in the lower half. */
const hexPairs = Uint16Array.from({ length: 256 }, (_, byte) => {
  const digits = byte.toString(16).padStart(2, '0');
  return (digits.charCodeAt(0) << 8) | digits.charCodeAt(1);
});

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
    const text = Buffer.allocUnsafe(textBytes);
    this.write(place, text, 0);
    return text.toString('latin1');
  }

  /** Writes the UUID at a place as text of 36 bytes. */
  write(place: number, target: Uint8Array, start: number): void {
    let at = start;
    for (let byte = 0; byte < idBytes; byte += 1) {
      const word = this.word(place * wordsOfId + (byte >> 2));
      const pair = hexPairs[(word >>> ((3 - (byte & 3)) * 8)) & 0xff] as number; // a pair for each byte
      if (isAfterHyphen[byte] === 1) {
        target[at] = hyphen;
        at += 1;
      }
      target[at] = pair >> 8;
      target[at + 1] = pair & 0xff;
      at += 2;
    }
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
