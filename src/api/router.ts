import { Readable } from 'node:stream';
import { Router, type RouterContext } from '@koa/router';
import type { Middleware } from 'koa';
import { DomainError } from '../domain/errors';
import type { Tenant } from '../domain/flow/messages';
import type { Role } from '../domain/lists';
import type { Authenticator, Identity } from './auth/authenticator';
import { tenantOfHeaders } from './auth/tenant-headers';
import { readJson } from './json-body';
import { hasPermission, type Permission } from './permissions';
import { type Actor, type Route, type RouteAnswer, type RouteInput, WrittenJson } from './route';
import { parseBody, parseParameters } from './validation';

export const apiPrefix = '/api/v1';

const noTenant: Tenant = { clientAccountId: '', engagementId: '' };
const nobody: Actor = { userId: '', email: '', role: null, isPlatformAdmin: false, limitedTo: null };

export interface RouterOptions {
  readonly routes: readonly Route[];
  readonly authenticator: Authenticator;
  /** Checks answers against their schema; on in development and tests. */
  readonly checkAnswers: boolean;
}

/** Mounts routes: credentials first, then tenant headers, permission, input, handler, answer. */
export function createRouter(options: RouterOptions): Middleware[] {
  const routers = new Map<string, ReturnType<typeof emptyRouter>>();
  for (const route of options.routes) {
    const shape = shapeOf(route.method.toUpperCase(), `${apiPrefix}${route.path}`);
    const router = routers.get(shape) ?? emptyRouter();
    routers.set(shape, router);
    router[route.method](route.path, async (ctx: RouterContext) => {
      const input = await prepare(ctx, route, options.authenticator);
      const answer = await route.handler(input);
      if (options.checkAnswers) assertAnswer(route, answer);
      respond(ctx, answer);
    });
  }
  // @koa/router's composed middleware is a Koa middleware with a router attached.
  const mounted = new Map(Array.from(routers, ([shape, router]) => [shape, router.routes() as Middleware]));
  const dispatch: Middleware = (ctx, next) => {
    const router = mounted.get(shapeOf(ctx.method, ctx.path));
    return router === undefined ? next() : router(ctx, next);
  };
  return [dispatch, methodGuard(options.routes)];
}

const emptyRouter = () => new Router({ prefix: apiPrefix });

/** Method and length: a router compares a request with all of its routes, so each shape has a router of its own. */
function shapeOf(method: string, path: string): string {
  const segments = path.split('/').length - (path.endsWith('/') ? 1 : 0);
  return `${method === 'HEAD' ? 'GET' : method} ${segments}`;
}

async function prepare(ctx: RouterContext, route: Route, authenticator: Authenticator): Promise<RouteInput> {
  ctx.state['route'] = route.path;
  const { actor, tenant } = await authorise(ctx, route, authenticator);
  ctx.state['actor'] = actor;
  ctx.state['tenant'] = tenant;
  return {
    params: route.params === null ? undefined : parseParameters(route.params, ctx.params),
    query: route.query === null ? undefined : parseParameters(route.query, ctx.query),
    body: await bodyOf(ctx, route),
    tenant,
    actor,
    // The trace middleware sets it before any route runs.
    traceId: ctx.state['traceId'] as string,
    ctx,
  };
}

async function bodyOf(ctx: RouterContext, route: Route): Promise<unknown> {
  if (route.body === null) return undefined;
  const type = ctx.request.type;
  if (route.streams?.includes(type) === true && type !== 'application/json') return undefined;
  return parseBody(route.body, await readJson(ctx.req));
}

async function authorise(
  ctx: RouterContext,
  route: Route,
  authenticator: Authenticator,
): Promise<{ actor: Actor; tenant: Tenant }> {
  if (route.scope === 'public') return { actor: nobody, tenant: noTenant };
  const origin = {
    // The trace middleware sets it before any route runs.
    traceId: ctx.state['traceId'] as string,
    route: route.path,
    method: ctx.method,
    ip: ctx.ip,
  };
  const identity = await authenticator.identify(ctx.get('authorization'), origin);
  if (route.scope === 'user') {
    if (route.permission === 'platform.manage' && !identity.isPlatformAdmin) {
      await authenticator.refuse(identity, route.permission, origin);
    }
    return { actor: actorOf(identity, null), tenant: noTenant };
  }
  const tenant = tenantOf(ctx, () => authenticator.noteMissingTenant(identity, origin));
  const role = await authenticator.roleIn(identity, tenant, origin);
  if (route.permission !== null && !mayUse(identity, role, route.permission)) {
    await authenticator.refuse(identity, route.permission, origin, tenant);
  }
  return { actor: actorOf(identity, role), tenant };
}

function tenantOf(ctx: RouterContext, onMissing: () => void): Tenant {
  try {
    return tenantOfHeaders(ctx.req);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'SEC_002') onMissing();
    throw error;
  }
}

function mayUse({ limitedTo }: Identity, role: Role, permission: Permission): boolean {
  const granted = limitedTo?.permissions ?? [];
  return hasPermission(role, permission) && (granted.length === 0 || granted.includes(permission));
}

function actorOf({ userId, email, isPlatformAdmin, limitedTo }: Identity, role: Role | null): Actor {
  return { userId, email, isPlatformAdmin, role, limitedTo };
}

function assertAnswer(route: Route, answer: RouteAnswer): void {
  if (!(answer.status in route.responses)) {
    throw new Error(`${route.method} ${route.path} answered the undeclared status ${answer.status}`);
  }
  const schema = route.responses[answer.status];
  if (schema === null || schema === undefined) return;
  if (route.files !== undefined && answer.body instanceof Readable) return;
  const { body } = answer;
  const result = schema.safeParse(body instanceof WrittenJson ? JSON.parse(body.text) : body);
  if (!result.success) {
    throw new Error(`${route.method} ${route.path} answered another shape: ${result.error.message}`);
  }
}

function respond(ctx: RouterContext, answer: RouteAnswer): void {
  ctx.status = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) ctx.set(name, value);
  const { body } = answer;
  if (body instanceof WrittenJson) {
    ctx.set('Content-Type', 'application/json; charset=utf-8');
    ctx.body = body.text;
    return;
  }
  ctx.body = body;
  if (body === null) ctx.status = answer.status;
}

/** Answers 405 with `Allow` for a known path under another method; @koa/router would answer some with 501. */
function methodGuard(routes: readonly Route[]): Middleware {
  const patterns = routes.map((route) => ({
    method: route.method.toUpperCase(),
    pattern: new RegExp(`^${apiPrefix}${route.path.replaceAll(/:\w+/g, '[^/]+')}/?$`),
  }));
  return async (ctx, next) => {
    const methods = patterns.filter(({ pattern }) => pattern.test(ctx.path)).map(({ method }) => method);
    if (methods.length === 0) return next();
    ctx.set('Allow', [...new Set(methods)].join(', '));
    throw new DomainError('HTTP_405', { allow: [...new Set(methods)] });
  };
}
