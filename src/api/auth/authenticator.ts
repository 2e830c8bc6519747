import type { Tenant } from '../../domain/flow/messages';
import type { Role } from '../../domain/lists';
import type { Permission } from '../permissions';

/** Who the credentials belong to. */
export interface Identity {
  readonly userId: string;
  readonly email: string;
  readonly isPlatformAdmin: boolean;
  /** What the credentials themselves are limited to; null: wherever the user may work. */
  readonly limitedTo: CredentialLimits | null;
}

/** Limits of an API key. */
export interface CredentialLimits {
  readonly clientAccountId: string | null;
  readonly engagementId: string | null;
  /** Empty: everything that the user's role permits. */
  readonly permissions: readonly string[];
}

/** Where a request came from; written to security events. */
export interface RequestOrigin {
  readonly traceId: string;
  readonly route: string;
  readonly method: string;
  readonly ip: string;
}

export interface Authenticator {
  /** @throws DomainError `AUTH_001` without valid credentials, `AUTH_005` or `AUTH_006` for the user's status. */
  readonly identify: (authorization: string | undefined, origin: RequestOrigin) => Promise<Identity>;
  /** The caller's role in a tenant. @throws DomainError `SEC_001`, with one security event, for another tenant. */
  readonly roleIn: (identity: Identity, tenant: Tenant, origin: RequestOrigin) => Promise<Role>;
  /** Writes a security event for a caller who named no tenant. */
  readonly noteMissingTenant: (identity: Identity, origin: RequestOrigin) => void;
  /** Writes a security event and throws `AUTH_002`. */
  readonly refuse: (
    identity: Identity,
    permission: Permission,
    origin: RequestOrigin,
    tenant?: Tenant,
  ) => Promise<never>;
}
