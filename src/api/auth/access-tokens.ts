import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '../../domain/errors';

export interface TokenSettings {
  readonly secret: string;
  readonly issuer: string;
  readonly audience: string;
  readonly minutes: number;
}

export interface TokenClaims {
  readonly userId: string;
  /** A token is void once its user's version was raised. */
  readonly tokenVersion: number;
  readonly expiresAt: Date;
}

export interface AccessTokens {
  readonly issue: (user: {
    readonly userId: string;
    readonly tokenVersion: number;
  }) => Promise<{ readonly token: string; readonly expiresInSeconds: number }>;
  /** @throws DomainError `AUTH_001` for anything but a valid token of ours. */
  readonly verify: (token: string) => Promise<TokenClaims>;
}

const algorithm = 'HS256';
/** Media type of access tokens (RFC 9068); tokens for other purposes are not accepted in their place. */
const tokenType = 'at+jwt';

const Claims = z.object({ sub: z.guid(), tv: z.int(), exp: z.number() });

export function createAccessTokens(settings: TokenSettings): AccessTokens {
  const key = new TextEncoder().encode(settings.secret);
  const { issuer, audience } = settings;
  const expiresInSeconds = settings.minutes * 60;
  return {
    issue: async ({ userId, tokenVersion }) => {
      const { SignJWT } = await import('jose');
      const token = await new SignJWT({ tv: tokenVersion })
        .setProtectedHeader({ alg: algorithm, typ: tokenType })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${expiresInSeconds}s`)
        .sign(key);
      return { token, expiresInSeconds };
    },
    verify: async (token) => {
      const { jwtVerify, errors } = await import('jose');
      try {
        const options = {
          algorithms: [algorithm],
          issuer,
          audience,
          typ: tokenType,
          requiredClaims: ['exp'],
        };
        const { payload } = await jwtVerify(token, key, options);
        const { sub, tv, exp } = Claims.parse(payload);
        return { userId: sub, tokenVersion: tv, expiresAt: new Date(exp * 1000) };
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
          throw new DomainError('AUTH_001', {}, { cause: error });
        }
        throw error;
      }
    },
  };
}
