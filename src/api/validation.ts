import type { z } from 'zod';
import { DomainError } from '../domain/errors';

/** A UUID in its usual text form; ids are never numbers. */
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Parses a request body; every issue is reported at once. */
export function parseBody(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  throw new DomainError('VAL_002', { validation_errors: issues(result.error) });
}

/** Parses path or query parameters: a malformed id is `VAL_003`, anything else `VAL_001`. */
export function parseParameters(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const isId = result.error.issues.every(
    (issue) => issue.code === 'invalid_format' && (issue.format === 'guid' || issue.format === 'uuid'),
  );
  throw new DomainError(isId ? 'VAL_003' : 'VAL_001', { validation_errors: issues(result.error) });
}

function issues(error: z.ZodError): { field: string; message: string; type: string }[] {
  return error.issues.slice(0, 100).map((issue) => ({
    field: issue.path.map(String).join('.').slice(0, 200),
    message: issue.message.slice(0, 300),
    type: issue.code,
  }));
}
