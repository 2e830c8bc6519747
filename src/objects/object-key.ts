import { DomainError } from '../domain/errors';
import type { Tenant } from '../domain/flow/messages';

const keyPattern = /^[0-9a-f-]{36}\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/;

/**
 * A key of three ids and nothing else, so that no key leaves its place.
 *
 * @throws DomainError `STORAGE_004`
 */
export function checkedKey(key: string): string {
  if (!keyPattern.test(key)) throw new DomainError('STORAGE_004');
  return key;
}

/** The same key when it is of this tenant; any other is unknown. @throws DomainError `STORAGE_004` */
export function ownKey({ clientAccountId, engagementId }: Tenant, key: string): string {
  if (!key.startsWith(`${clientAccountId}/${engagementId}/`)) throw new DomainError('STORAGE_004');
  return checkedKey(key);
}
