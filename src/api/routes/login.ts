import type { z } from 'zod';
import { inAuthScope } from '../../db/connection/scopes';
import { findUserByEmail, setUserLogin, type User } from '../../db/accounts/users';
import { DomainError } from '../../domain/errors';
import { assertActive } from '../auth/create-authenticator';
import { verifyPassword } from '../auth/passwords';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { LoginAnswer, LoginBody } from '../schemas/accounts';
import type { ApiServices } from '../services';

/** Wrong passwords in a row after which an account is locked. */
const mostFailures = 5;
const lockedForMs = 15 * 60 * 1_000;

/** E-mail and password for an access token. */
export function loginRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/auth/login',
      summary: 'Get an access token for an e-mail address and a password',
      tag: 'accounts',
      scope: 'public',
      permission: null,
      body: LoginBody,
      responses: { 200: LoginAnswer },
      errors: ['AUTH_003', 'AUTH_005', 'AUTH_006', 'RES_002'],
      handler: (input) => login(services, input),
    }),
  ];
}

/** One answer and about one time for an unknown address and a wrong password. */
async function login(
  services: ApiServices,
  { body }: RouteInput<unknown, unknown, z.output<typeof LoginBody>>,
): Promise<RouteAnswer> {
  const user = await inAuthScope(services.auth, (trx) => findUserByEmail(trx, body.email));
  const isRight = await verifyPassword(body.password, user?.passwordHash ?? null);
  if (user !== undefined && isLocked(user))
    throw new DomainError('RES_002', { retry_after: secondsLeft(user) });
  if (user === undefined || !isRight) {
    if (user !== undefined) await noteFailure(services, user);
    throw new DomainError('AUTH_003');
  }
  assertActive(user.status);
  await inAuthScope(services.auth, (trx) => setUserLogin(trx, user.id, { succeeded: true }));
  const { token, expiresInSeconds } = await services.tokens.issue({
    userId: user.id,
    tokenVersion: user.tokenVersion,
  });
  return ok(
    {
      access_token: token,
      token_type: 'bearer',
      expires_in: expiresInSeconds,
      user: { id: user.id, email: user.email, display_name: user.displayName },
    },
    { 'Cache-Control': 'no-store' },
  );
}

async function noteFailure(services: ApiServices, user: User): Promise<void> {
  const isLast = user.failedLogins + 1 >= mostFailures;
  const lockedUntil = isLast ? new Date(Date.now() + lockedForMs) : null;
  await inAuthScope(services.auth, (trx) => setUserLogin(trx, user.id, { succeeded: false, lockedUntil }));
}

function isLocked({ lockedUntil }: User): boolean {
  return lockedUntil !== null && lockedUntil > new Date();
}

function secondsLeft({ lockedUntil }: User): number {
  return Math.ceil(((lockedUntil?.getTime() ?? 0) - Date.now()) / 1_000);
}
