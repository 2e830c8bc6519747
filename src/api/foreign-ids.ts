import type { LocateKind } from '../db/accounts/tenants';
import { existsAnywhere } from '../db/accounts/tenants';
import { inTenant } from '../db/connection/tenant';
import type { ErrorCode } from '../domain/error-catalogue';
import { DomainError } from '../domain/errors';
import type { RouteInput } from './route';
import type { ApiServices } from './services';

/** An id that the caller's tenant does not have. */
export interface MissingId {
  readonly kind: LocateKind;
  readonly id: string;
  /** Code for an id that nobody has, or for any when foreign ids are to look like unknown ones. */
  readonly code: ErrorCode;
}

/**
 * The error for an id that a scoped read did not find: `SEC_001` with one security event when another tenant has it,
 * else the code of the catalogue. Call it after the transaction of the read has ended.
 */
export async function missingId(
  services: Pick<ApiServices, 'app' | 'violations' | 'settings'>,
  { tenant, actor, traceId, ctx }: Pick<RouteInput, 'tenant' | 'actor' | 'traceId' | 'ctx'>,
  { kind, id, code }: MissingId,
): Promise<DomainError> {
  const isForeign = await inTenant(services.app, tenant, (trx) => existsAnywhere(trx, kind, id));
  if (isForeign) {
    services.violations.record({
      type: 'TENANT_VIOLATION',
      severity: 'high',
      actorUserId: actor.userId,
      ...tenant,
      claimedClientAccount: tenant.clientAccountId,
      claimedEngagement: tenant.engagementId,
      // The router sets it before a handler runs.
      route: ctx.state['route'] as string,
      method: ctx.method,
      status: services.settings.foreignIdStatus,
      ip: ctx.ip,
      userAgent: ctx.get('user-agent') || null,
      traceId,
      details: { kind },
    });
  }
  const revealed = isForeign && services.settings.foreignIdStatus === 403;
  return new DomainError(revealed ? 'SEC_001' : code);
}
