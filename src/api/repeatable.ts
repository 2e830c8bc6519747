import { fingerprintOf } from './fingerprint';
import type { Route, RouteAnswer, RouteInput } from './route';
import type { ApiServices } from './services';
import { claimKey, freeKey, idempotencyScope, keepAnswer, repeatAnswer } from './use-cases/once';

/** A command waits a few seconds for its effect; a request that died frees its key after this time. */
const withinMs = 60_000;

/**
 * A route whose requests are done once for each `Idempotency-Key`: a repeated one gets the first answer. Routes that
 * read streams see to it themselves, because what they are asked for is known only at the end of the stream.
 */
export function repeatable(services: Pick<ApiServices, 'app'>, route: Route): Route {
  if (route.scope !== 'tenant' || route.method === 'get' || route.streams !== undefined) return route;
  return { ...route, errors: [...route.errors, 'VAL_004', 'VAL_005'], handler };

  async function handler(input: RouteInput): Promise<RouteAnswer> {
    const scope = idempotencyScope(input);
    if (scope === null) return route.handler(input);
    const fingerprint = fingerprintOf({ query: input.query, body: input.body });
    const first = await claimKey(services, input, scope, { withinMs, fingerprint });
    if (first !== undefined) return repeatAnswer(first);
    try {
      const answer = await route.handler(input);
      await keepAnswer(services, input, scope, answer);
      return answer;
    } catch (error) {
      await freeKey(services, input, scope);
      throw error;
    }
  }
}
