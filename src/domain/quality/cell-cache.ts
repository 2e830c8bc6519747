import { type Conversion, type ConversionContext, type Converter, empty } from './conversion';

/** Distinct cells remembered per column, and the longest of them. */
const rememberedCells = 20_000;
const longestRemembered = 120;

/** Converts the cells of one column, each distinct cell once while there is room to remember it. */
export class CellConverter {
  private readonly known = new Map<string, Conversion>();

  constructor(
    readonly position: number,
    readonly context: ConversionContext,
    private readonly converter: Converter,
  ) {}

  convert(cell: string): Conversion {
    if (cell === '') {
      return empty;
    }
    const known = this.known.get(cell);
    if (known !== undefined) {
      return known;
    }
    const conversion = this.converter(cell, this.context);
    if (this.known.size < rememberedCells && cell.length <= longestRemembered) {
      this.known.set(cell, conversion);
    }
    return conversion;
  }
}
