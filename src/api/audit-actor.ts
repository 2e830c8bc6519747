import type { Actor } from '../db/accounts/audit';
import type { RouteInput } from './route';

/** The caller as audit events name them. */
export function auditActor({ actor, traceId, ctx }: Pick<RouteInput, 'actor' | 'traceId' | 'ctx'>): Actor {
  return { userId: actor.userId, role: actor.role, traceId, ip: ctx.ip };
}
