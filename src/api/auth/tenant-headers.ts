import type { IncomingMessage } from 'node:http';
import { DomainError } from '../../domain/errors';
import type { Tenant } from '../../domain/flow/messages';
import { uuidPattern } from '../validation';

const clientAccountHeader = 'X-Client-Account-Id';
const engagementHeader = 'X-Engagement-Id';

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

function headerId(request: IncomingMessage, name: string): string {
  const values = request.headersDistinct[name.toLowerCase()] ?? [];
  const [value] = values;
  if (value === undefined || value.trim() === '') {
    throw new DomainError(
      'SEC_002',
      { header: name },
      {
        message: `Client account context is required for multi-tenant security: the ${name} header is missing`,
      },
    );
  }
  if (values.length > 1 || !uuidPattern.test(value)) throw new DomainError('VAL_003', { header: name });
  return value.toLowerCase();
}
