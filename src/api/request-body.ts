import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { ErrorCode } from '../domain/error-catalogue';
import { DomainError } from '../domain/errors';

/**
 * The body of a request as a stream of its own. Whoever gives it up leaves the connection whole: what still comes is
 * let pass, so that a sender who reads late gets the answer and no reset. It ends with `lost` when the sender goes away.
 */
export function requestBody(request: IncomingMessage, lost: ErrorCode): PassThrough {
  const body = new PassThrough();
  // Nobody may read it yet, or any more; whoever does learns of it too.
  body.on('error', () => undefined);
  body.once('close', () => {
    request.unpipe(body);
    request.resume();
  });
  const lose = (cause?: unknown): void => {
    body.destroy(new DomainError(lost, { reason: 'The connection ended before the body did' }, { cause }));
  };
  request.once('error', lose);
  // The sender may be gone before anybody asks for the body, and is not told of a second time.
  if (request.destroyed) lose(request.errored);
  return request.pipe(body);
}
