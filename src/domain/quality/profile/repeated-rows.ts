/** Rows whose fingerprints are remembered. */
const rememberedRows = 200_000;
/** Places of the table at first; it is never more than half full and ends with 4 MB. */
const smallestTable = 1024;

/** Counts rows that repeat an earlier one in every cell, by a fingerprint of 53 bits. */
export class RepeatedRows {
  private places = new Float64Array(smallestTable);
  private remembered = 0;
  private high = 0;
  private low = 0;
  /** A lower bound once more than 200,000 different rows were seen. */
  repeated = 0;

  begin(): void {
    this.high = 0x811c9dc5;
    this.low = 0x01000193;
  }

  /** Adds a number that equal cells of one column share. */
  addCell(cell: number): void {
    this.high = Math.imul(this.high ^ cell, 0x85ebca6b) ^ (this.low >>> 15);
    this.low = Math.imul(this.low ^ (cell + 0x9e3779b9), 0xc2b2ae35) ^ (this.high >>> 13);
  }

  end(): void {
    const fingerprint = (this.high & 0x1fffff) * 0x100000000 + (this.low >>> 0);
    // Zero marks a free place; a row with that fingerprint is taken for its neighbour.
    const place = this.placeOf(fingerprint === 0 ? 1 : fingerprint);
    if (this.places[place] !== 0) {
      this.repeated += 1;
    } else if (this.remembered < rememberedRows) {
      this.places[place] = fingerprint === 0 ? 1 : fingerprint;
      this.remembered += 1;
      if (this.remembered * 2 > this.places.length) this.grow();
    }
  }

  /** Where a fingerprint stands, or the free place where it would. */
  private placeOf(fingerprint: number): number {
    const mask = this.places.length - 1;
    let place = fingerprint & mask;
    while (this.places[place] !== 0 && this.places[place] !== fingerprint) place = (place + 1) & mask;
    return place;
  }

  private grow(): void {
    const former = this.places;
    this.places = new Float64Array(former.length * 2);
    for (const fingerprint of former) {
      if (fingerprint !== 0) this.places[this.placeOf(fingerprint)] = fingerprint;
    }
  }
}
