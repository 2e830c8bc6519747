import { createHash } from 'node:crypto';

import type { ErrorCode } from '../../domain/error-catalogue';
import { DomainError } from '../../domain/errors';
import { type FoundHeader, isValueLike } from './find-header';
import type { IntakeLimits } from '../types';

/** Longest name of a column; longer ones are cut. */
const maxNameCharacters = 255;

export interface NamedColumns {
  readonly columns: readonly string[];
  readonly warnings: readonly string[];
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} (${number})`)) number += 1;
  return `${name} (${number})`;
}

const countText = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

/** Makes headers unique: repeated ones carry ` (2)`, empty ones are `column_n`; no column is lost. */
export function nameColumns(cells: readonly string[]): NamedColumns {
  const given = new Set(cells);
  const taken = new Set<string>();
  let empty = 0;
  let repeated = 0;
  let cut = 0;
  const columns = cells.map((cell, index) => {
    const text = cell.replaceAll('\0', '\u{fffd}');
    const isEmpty = text.trim() === '';
    const wanted = isEmpty ? `column_${index + 1}` : text.slice(0, maxNameCharacters);
    const isClash = taken.has(wanted) || (isEmpty && given.has(wanted));
    const name = isClash ? uniqueName(wanted, new Set([...taken, ...given])) : wanted;
    taken.add(name);
    if (isEmpty) empty += 1;
    else if (isClash) repeated += 1;
    if (!isEmpty && text.length > maxNameCharacters) cut += 1;
    return name;
  });
  const warnings: string[] = [];
  if (repeated > 0)
    warnings.push(`${countText(repeated, 'header is', 'headers are')} repeated and carry a number`);
  if (empty > 0) warnings.push(`${countText(empty, 'column has', 'columns have')} no header`);
  if (cut > 0)
    warnings.push(
      `${countText(cut, 'header is', 'headers are')} longer than ${maxNameCharacters} characters`,
    );
  return { columns, warnings };
}

const isEmpty = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/** Whether a row holds values, or words that come back below it. */
function isData({ cells, repetition }: FoundHeader): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.filter(isValueLike).length * 2 > filled.length || (filled.length > 1 && repetition > 0.5);
}

/** Refuses what is no header row with `code`, and too many columns with UPLOAD_008. */
export function checkHeader(
  header: FoundHeader | undefined,
  limits: Pick<IntakeLimits, 'maxColumns'>,
  code: Extract<ErrorCode, 'UPLOAD_007' | 'IMP_005'>,
): FoundHeader {
  if (header === undefined) throw new DomainError(code);
  const { cells, line } = header;
  if (cells.length > limits.maxColumns) {
    throw new DomainError('UPLOAD_008', { columns: cells.length, max_columns: limits.maxColumns });
  }
  if (isEmpty(cells) || (header.isChosen !== true && isData(header))) throw new DomainError(code, { line });
  return header;
}

/** The same for every order, case and spacing of the same headers; recognises the format of a tool. */
export function headerFingerprint(columns: readonly string[]): string {
  const names = columns.map((column) =>
    column
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  );
  const distinct = [...new Set(names)].sort();
  return createHash('sha256').update(distinct.join('\n')).digest('hex');
}
