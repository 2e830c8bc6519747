import { type Conversion, type ConversionContext, type Converter, empty } from './conversion';

/** Distinct cells remembered per column, and the longest of them. */
const rememberedCells = 20_000;
const longestRemembered = 120;
/** Look-ups after which a column where fewer than 1 cell in 10 came before stops remembering. */
const trial = 4096;

/** Converts the cells of one column; where cells repeat, each distinct one once. */
export class CellConverter {
  private readonly known = new Map<string, Conversion>();
  private asked = 0;
  private found = 0;
  private remembers = true;

  constructor(
    readonly position: number,
    readonly context: ConversionContext,
    private readonly converter: Converter,
  ) {}

  convert(cell: string): Conversion {
    if (cell === '') {
      return empty;
    }
    return this.remembers ? this.recall(cell) : this.converter(cell, this.context);
  }

  private recall(cell: string): Conversion {
    this.asked += 1;
    const known = this.known.get(cell);
    if (known !== undefined) {
      this.found += 1;
      return known;
    }
    const conversion = this.converter(cell, this.context);
    if (this.known.size < rememberedCells && cell.length <= longestRemembered) {
      this.known.set(cell, conversion);
    }
    if (this.asked >= trial) {
      this.judge();
    }
    return conversion;
  }

  private judge(): void {
    if (this.found * 10 < this.asked) {
      this.remembers = false;
      this.known.clear();
    }
    this.asked = 0;
    this.found = 0;
  }
}
