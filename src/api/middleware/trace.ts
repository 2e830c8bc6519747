import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';

const traceparent = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const requestId = /^[\w.-]{8,128}$/;

/** Gives each request a trace id (from `traceparent` or `X-Request-ID` when well formed) and answers it. */
export function trace(): Middleware {
  return async (ctx, next) => {
    const parent = traceparent.exec(ctx.get('traceparent'))?.[1];
    const given = ctx.get('x-request-id');
    const traceId = parent ?? (requestId.test(given) ? given : randomUUID());
    ctx.state['traceId'] = traceId;
    ctx.set('X-Trace-ID', traceId);
    await next();
  };
}
