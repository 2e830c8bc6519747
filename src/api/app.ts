import cors from '@koa/cors';
import Koa from 'koa';
import type { Authenticator } from './auth/authenticator';
import { documentation } from './middleware/documentation';
import { errors } from './middleware/errors';
import { requestLog, type RequestLogger } from './middleware/request-log';
import { securityHeaders } from './middleware/security-headers';
import { trace } from './middleware/trace';
import type { Route } from './route';
import { createRouter } from './router';

export interface AppOptions {
  readonly routes: readonly Route[];
  readonly authenticator: Authenticator;
  readonly logger: RequestLogger;
  readonly version: string;
  /** Origins that browsers may call from; empty for the same origin only. */
  readonly allowedOrigins: readonly string[];
  /** Number of trusted proxies in front; 0 ignores forwarding headers. */
  readonly proxyHops: number;
  readonly checkAnswers: boolean;
}

/** The HTTP application: trace, log, error envelope, security headers, documentation, routes. */
export function createApp(options: AppOptions): Koa {
  const app = new Koa({ proxy: options.proxyHops > 0, maxIpsCount: options.proxyHops });
  app.silent = true;
  app.use(trace());
  app.use(requestLog(options.logger));
  app.use(errors({ failed: options.logger.failed }));
  app.use(securityHeaders());
  if (options.allowedOrigins.length > 0) app.use(allowOrigins(options.allowedOrigins));
  app.use(documentation(options.routes, options.version));
  for (const middleware of createRouter(options)) app.use(middleware);
  return app;
}

/** The origin when it is on the list; an empty text keeps the browser from reading the answer. */
function allowOrigins(allowed: readonly string[]): Koa.Middleware {
  const origin = (ctx: Koa.Context): string => (allowed.includes(ctx.get('Origin')) ? ctx.get('Origin') : '');
  return cors({ origin, credentials: false });
}
