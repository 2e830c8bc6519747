import cors from '@koa/cors';
import Koa from 'koa';
import helmet from 'koa-helmet';
import type { Authenticator } from './auth/authenticator';
import { documentation } from './middleware/documentation';
import { errors } from './middleware/errors';
import { requestLog, type RequestLogger } from './middleware/request-log';
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
  app.use(
    helmet({
      contentSecurityPolicy: { directives: contentPolicy },
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  app.use(
    cors({ origin: (ctx) => allowedOrigin(ctx.get('Origin'), options.allowedOrigins), credentials: false }),
  );
  app.use(documentation(options.routes, options.version));
  for (const middleware of createRouter(options)) app.use(middleware);
  return app;
}

const contentPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
};

/** The origin when it is on the list; an empty text keeps the browser from reading the answer. */
function allowedOrigin(origin: string, allowed: readonly string[]): string {
  return allowed.includes(origin) ? origin : '';
}
