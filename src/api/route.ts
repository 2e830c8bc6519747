import type { Context } from 'koa';
import type { z } from 'zod';
import type { ErrorCode } from '../domain/error-catalogue';
import type { Tenant } from '../domain/flow/messages';
import type { Role } from '../domain/lists';
import type { CredentialLimits } from './auth/authenticator';
import type { Permission } from './permissions';

/** Who makes a request: a user, with the role of the membership that the tenant headers selected. */
export interface Actor {
  readonly userId: string;
  readonly email: string;
  /** Null on routes without tenant scope. */
  readonly role: Role | null;
  readonly isPlatformAdmin: boolean;
  /** Limits of the credentials that were used. */
  readonly limitedTo: CredentialLimits | null;
}

/** `public`: no credentials · `user`: credentials, no tenant headers · `tenant`: credentials and tenant headers. */
export type RouteScope = 'public' | 'user' | 'tenant';

/** What a handler gets: parsed input and who asks for which tenant. */
export interface RouteInput<P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly tenant: Tenant;
  readonly actor: Actor;
  readonly traceId: string;
  /** For streams, headers and events only. */
  readonly ctx: Context;
}

/** JSON as text, for an answer that is given again and again. */
export class WrittenJson {
  constructor(readonly text: string) {}
}

export interface RouteAnswer {
  readonly status: number;
  /** JSON value or its text, a stream, or null for none. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, with `:name` parameters; every parameter is listed in `params`. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly scope: RouteScope;
  /** Null only for public routes and those every user may call. */
  readonly permission: Permission | null;
  readonly params: z.ZodType | null;
  readonly query: z.ZodType | null;
  /** Null: the route reads no JSON body. */
  readonly body: z.ZodType | null;
  /** Content types of a body that the handler reads itself from the stream. */
  readonly streams?: readonly string[];
  /** Fields of a form beside its file, and of a JSON document that takes the place of one. */
  readonly form?: z.ZodType;
  /** Schema of the answer for each status; null for no body. */
  readonly responses: Readonly<Record<number, z.ZodType | null>>;
  /** Content types of the files that a 200 may be instead of JSON. */
  readonly files?: readonly string[];
  readonly errors: readonly ErrorCode[];
  readonly handler: (input: RouteInput) => Promise<RouteAnswer>;
}

type Parsed<S extends z.ZodType | null> = S extends z.ZodType ? z.output<S> : undefined;

interface RouteOptions<P extends z.ZodType | null, Q extends z.ZodType | null, B extends z.ZodType | null> {
  readonly method: Route['method'];
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly scope: RouteScope;
  readonly permission: Permission | null;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly streams?: readonly string[];
  readonly form?: z.ZodType;
  readonly responses: Readonly<Record<number, z.ZodType | null>>;
  readonly files?: readonly string[];
  readonly errors?: readonly ErrorCode[];
  readonly handler: (input: RouteInput<Parsed<P>, Parsed<Q>, Parsed<B>>) => Promise<RouteAnswer>;
}

/** Declares a route. Scope and permission are part of the type, so a route without them does not compile. */
export function defineRoute<
  P extends z.ZodType | null = null,
  Q extends z.ZodType | null = null,
  B extends z.ZodType | null = null,
>(options: RouteOptions<P, Q, B>): Route {
  return {
    ...options,
    params: options.params ?? null,
    query: options.query ?? null,
    body: options.body ?? null,
    errors: options.errors ?? [],
    // The router parses params, query and body with these very schemas before it calls the handler.
    handler: options.handler as Route['handler'],
  };
}

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): RouteAnswer => ({
  status: 200,
  body,
  headers,
});
