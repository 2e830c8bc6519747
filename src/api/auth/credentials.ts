import { hash } from 'node:crypto';
import { DomainError } from '../../domain/errors';

/** Prefix of API keys, so that secret scanners find leaked ones. */
export const apiKeyPrefix = 'svy_';

/** SHA-256 of a secret as hexadecimal text; keys have 256 random bits, so no slow hash is needed. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}

const bearer = /^Bearer +([\w.~+/=-]{16,4096})$/i;

/**
 * The secret of an `Authorization: Bearer` header.
 *
 * @throws DomainError `AUTH_001` when there is none.
 */
export function bearerSecret(header: string | undefined): string {
  const match = bearer.exec(header?.trim() ?? '');
  if (match?.[1] === undefined) throw new DomainError('AUTH_001');
  return match[1];
}
