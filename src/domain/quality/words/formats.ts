import type { CellScanner } from '../profile/cell-scanner';
import { type KindSet, kindBit } from './kinds';
import type { CellFormat, ValueKind } from '../types';

const order: readonly (readonly [CellFormat, readonly ValueKind[]])[] = [
  ['ip', ['ip']],
  ['mac', ['mac']],
  ['uuid', ['uuid']],
  ['email', ['email']],
  ['url', ['url']],
  ['date', ['date']],
  ['number', ['number', 'size', 'percent', 'money']],
  ['host', ['fqdn', 'host', 'serial', 'version']],
];
const masks = order.map(
  ([format, kinds]) => [format, kinds.reduce((set, kind) => set | kindBit(kind), 0)] as const,
);

/** The one coarse format of a cell: the most specific of its kinds, else words, else other. */
export function cellFormatOf(kinds: KindSet, scanner: CellScanner): CellFormat {
  for (const [format, mask] of masks) {
    if ((kinds & mask) !== 0) {
      return format;
    }
  }
  return scanner.letters > 0 ? 'words' : 'other';
}
