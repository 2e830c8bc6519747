import { type Converter, converted } from './conversion';
import { cleanText } from './text';

/** Longest text that a cell of a workbook holds; a longer value could not be exported whole. */
export const longestExportable = 32_767;

/** A converter that cuts longer cells first, as a person decided, and says so. */
export function cutTo(limit: number | undefined, convert: Converter): Converter {
  const longest = limit ?? longestExportable;
  return (cell, context) => {
    const text = cleanText(cell);
    if (text.length <= longest) {
      return convert(cell, context);
    }
    const conversion = convert(text.slice(0, longest), context);
    return conversion.value === null
      ? conversion
      : converted(conversion.value, 'truncated', 'value_truncated', conversion.extras);
  };
}
