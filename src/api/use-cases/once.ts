import {
  claimIdempotencyKey,
  finishIdempotencyKey,
  type IdempotencyRecord,
  type IdempotencyScope,
  releaseIdempotencyKey,
} from '../../db/flows/idempotency';
import { inTenant } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import type { RouteAnswer, RouteInput } from '../route';
import type { ApiServices } from '../services';

/** How long an answer is kept for repetitions of its request. */
const keepAnswerMs = 24 * 60 * 60 * 1_000;

/** The `Idempotency-Key` of a request, in the scope in which it counts. */
export function idempotencyScope({ ctx, actor }: Pick<RouteInput, 'ctx' | 'actor'>): IdempotencyScope | null {
  const key = ctx.get('idempotency-key').trim();
  if (key === '') return null;
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw new DomainError('VAL_001', {
      header: 'Idempotency-Key',
      reason: 'Use 1 to 128 printable characters',
    });
  }
  return { userId: actor.userId, route: `${ctx.method} ${ctx.path}`, key };
}

export interface Once {
  /** Longest time in which the first request may be at work, in ms. */
  readonly withinMs: number;
  /** Digest of what is asked for; known only after the body was received where it is a stream. */
  readonly fingerprint: string | null;
}

/** What `once` learnt about the key: nothing, or the answer to the first request. */
export type FirstAnswer = IdempotencyRecord | undefined;

/**
 * Claims a key. Answers undefined for the first request, and the record of a finished one.
 *
 * @throws DomainError `VAL_005` while the first request is at work, `VAL_004` when it asked for something else.
 */
export async function claimKey(
  services: Pick<ApiServices, 'app'>,
  input: Pick<RouteInput, 'tenant'>,
  scope: IdempotencyScope,
  { withinMs, fingerprint }: Once,
): Promise<FirstAnswer> {
  const expiresAt = new Date(Date.now() + withinMs);
  const first = await inTenant(services.app, input.tenant, (trx) =>
    claimIdempotencyKey(trx, scope, { fingerprint, expiresAt }),
  );
  if (first?.state === 'in_progress') throw new DomainError('VAL_005', { retry_after: 1 });
  if (first !== undefined && fingerprint !== null) assertSameRequest(first, fingerprint);
  return first;
}

/** @throws DomainError `VAL_004` when the key was used for another request. */
export function assertSameRequest(first: IdempotencyRecord, fingerprint: string): void {
  if (first.fingerprint !== fingerprint) throw new DomainError('VAL_004');
}

/** The answer that was given to the first request, once more. */
export function repeatAnswer({ statusCode, response }: IdempotencyRecord): RouteAnswer {
  return { status: statusCode ?? 200, body: response, headers: { 'Idempotency-Replayed': 'true' } };
}

export async function keepAnswer(
  services: Pick<ApiServices, 'app'>,
  input: Pick<RouteInput, 'tenant'>,
  scope: IdempotencyScope,
  { status, body }: RouteAnswer,
): Promise<void> {
  const expiresAt = new Date(Date.now() + keepAnswerMs);
  await inTenant(services.app, input.tenant, (trx) =>
    finishIdempotencyKey(trx, scope, { statusCode: status, response: body, expiresAt }),
  );
}

export async function freeKey(
  services: Pick<ApiServices, 'app'>,
  input: Pick<RouteInput, 'tenant'>,
  scope: IdempotencyScope,
): Promise<void> {
  await inTenant(services.app, input.tenant, (trx) => releaseIdempotencyKey(trx, scope));
}
