/** Rows whose fingerprints are remembered, about 8 MB. */
const rememberedRows = 200_000;

/** Counts rows that repeat an earlier one in every cell, by a fingerprint of 53 bits. */
export class RepeatedRows {
  private readonly fingerprints = new Set<number>();
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
    if (this.fingerprints.has(fingerprint)) {
      this.repeated += 1;
    } else if (this.fingerprints.size < rememberedRows) {
      this.fingerprints.add(fingerprint);
    }
  }
}
