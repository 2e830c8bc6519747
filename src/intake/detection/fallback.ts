import { isUtf8 } from 'node:buffer';

import { cellsOfRecord } from '../csv/csv-text';
import { looksLikeWindows1252 } from './encoding';
import type { Delimiter } from '../types';

/** When a record that is no UTF-8 is read as Windows-1252. */
export type Fallback = 'never' | 'when_plausible' | 'always';

/** Whether the bytes of a record, which are no UTF-8, are read as Windows-1252. */
export function isReadAsWindows1252(bytes: Buffer, fallback: Fallback): boolean {
  return fallback === 'always' || (fallback === 'when_plausible' && looksLikeWindows1252(bytes));
}

/** Position of the first cell that is no UTF-8. */
export function firstInvalidCell(bytes: Buffer, delimiter: Delimiter): number {
  const cells = cellsOfRecord(bytes.toString('latin1'), delimiter);
  return cells.findIndex((cell) => !isUtf8(Buffer.from(cell, 'latin1')));
}
