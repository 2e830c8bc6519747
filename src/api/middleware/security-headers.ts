import type { Middleware } from 'koa';
import helmet from 'koa-helmet';

/** What pages of this origin may load: their own scripts and nothing from elsewhere. */
const pagePolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
};

/** Answers of the API are data: nothing in them may be run, framed or guessed at. */
const dataHeaders = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

const headersOfData = Object.entries(dataHeaders);

/** Security headers: a few constant ones for answers of the API, helmet's for pages. */
export function securityHeaders(): Middleware {
  const ofPages = helmet({
    contentSecurityPolicy: { directives: pagePolicy },
    referrerPolicy: { policy: 'no-referrer' },
  });
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/api/')) return ofPages(ctx, next);
    for (const [name, value] of headersOfData) ctx.res.setHeader(name, value);
    return next();
  };
}
