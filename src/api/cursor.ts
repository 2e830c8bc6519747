import type { z } from 'zod';
import { DomainError } from '../domain/errors';

/** An opaque cursor of keyset paging. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * The position that a cursor holds; undefined for none.
 *
 * @throws DomainError `VAL_001` for a text that is no cursor of this list.
 */
export function decodeCursor<S extends z.ZodType>(
  cursor: string | undefined,
  schema: S,
): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (error) {
    throw new DomainError(
      'VAL_001',
      { field: 'cursor', reason: 'Not a cursor of this list' },
      { cause: error },
    );
  }
}
