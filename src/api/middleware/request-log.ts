import type { Context, Middleware } from 'koa';
import type { ErrorLog } from './errors';

export interface RequestFields {
  readonly traceId: string;
  readonly method: string;
  /** Path of the route, not of the request: ids stay out of the line's grouping key. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly clientAccountId?: string;
  readonly engagementId?: string;
  readonly userId?: string;
}

export interface RequestLogger extends ErrorLog {
  readonly answered: (fields: RequestFields) => void;
}

/** One line for each request, after its answer is made. */
export function requestLog(logger: RequestLogger): Middleware {
  return async (ctx, next) => {
    const started = performance.now();
    await next();
    logger.answered({ ...fieldsOf(ctx), durationMs: Math.round((performance.now() - started) * 10) / 10 });
  };
}

function fieldsOf(ctx: Context): Omit<RequestFields, 'durationMs'> {
  // The router sets these while it authorises a request; before that they are absent.
  const actor = ctx.state['actor'] as { readonly userId: string } | undefined;
  const tenant = ctx.state['tenant'] as
    | { readonly clientAccountId: string; readonly engagementId: string }
    | undefined;
  const route = ctx.state['route'] as string | undefined;
  return {
    traceId: String(ctx.state['traceId']),
    method: ctx.method,
    route: route ?? 'unmatched',
    status: ctx.status,
    ...(actor?.userId ? { userId: actor.userId } : {}),
    ...(tenant?.clientAccountId
      ? { clientAccountId: tenant.clientAccountId, engagementId: tenant.engagementId }
      : {}),
  };
}
