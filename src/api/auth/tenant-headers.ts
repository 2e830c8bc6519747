import type { IncomingMessage } from 'node:http';
import { DomainError } from '../../domain/errors';
import type { Tenant } from '../../domain/flow/messages';
import { uuidPattern } from '../validation';

interface TenantHeader {
  readonly shown: string;
  readonly key: string;
}

const clientAccountHeader: TenantHeader = { shown: 'X-Client-Account-Id', key: 'x-client-account-id' };
const engagementHeader: TenantHeader = { shown: 'X-Engagement-Id', key: 'x-engagement-id' };

/**
 * The tenant that the headers name (any casing). They select among the caller's memberships; they grant nothing.
 *
 * @throws DomainError `SEC_002` for a missing header, `VAL_003` for a malformed or repeated one.
 */
export function tenantOfHeaders(request: IncomingMessage): Tenant {
  return {
    clientAccountId: headerId(request, clientAccountHeader),
    engagementId: headerId(request, engagementHeader),
  };
}

/** Node joins the values of a repeated header with commas, which no UUID has. */
function headerId(request: IncomingMessage, { shown, key }: TenantHeader): string {
  const value = String(request.headers[key] ?? '');
  if (value.trim() === '') {
    throw new DomainError(
      'SEC_002',
      { header: shown },
      {
        message: `Client account context is required for multi-tenant security: the ${shown} header is missing`,
      },
    );
  }
  if (!uuidPattern.test(value)) throw new DomainError('VAL_003', { header: shown });
  return value.toLowerCase();
}
