import type { Context, Middleware } from 'koa';
import { errorCatalogue, type ErrorCode } from '../../domain/error-catalogue';
import { DomainError, isErrorCode } from '../../domain/errors';
import { classifyOutage } from '../outages';

export interface ErrorLog {
  /** One line for an error that the caller can't act on; `cause` stays in the log. */
  readonly failed: (ctx: Context, code: ErrorCode, cause: unknown) => void;
}

/** Turns whatever a request throws into the error envelope. The only place of the API that translates errors. */
export function errors(log: ErrorLog): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw new DomainError('HTTP_404');
    } catch (error) {
      const known = translate(error);
      if (known.httpStatus >= 500) log.failed(ctx, known.code, error);
      answer(ctx, known);
    }
  };
}

function translate(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const outage = classifyOutage(error);
  if (outage !== undefined) return new DomainError(outage, {}, { cause: error });
  const status = statusOf(error);
  const code = `HTTP_${status}`;
  if (status !== undefined && isErrorCode(code)) return new DomainError(code, {}, { cause: error });
  if (status !== undefined && status >= 400 && status < 500)
    return new DomainError('VAL_001', {}, { cause: error });
  return new DomainError('SYS_001', {}, { cause: error });
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

function answer(ctx: Context, error: DomainError): void {
  const { code, details } = error;
  const { status, suggestion } = errorCatalogue[code];
  if (ctx.headerSent) return;
  ctx.status = status;
  ctx.remove('Content-Disposition');
  ctx.type = 'application/json';
  // The rest of a body that comes too slowly is not waited for.
  if (status === 408) ctx.set('Connection', 'close');
  if (status === 503 || status === 429) ctx.set('Retry-After', retryAfter(details));
  ctx.body = {
    error: {
      code,
      message: error.message,
      suggestion,
      trace_id: ctx.state['traceId'],
      timestamp: new Date().toISOString(),
      ...(Object.keys(details).length === 0 ? {} : { details }),
    },
  };
}

/** Seconds to wait before the next try. */
function retryAfter(details: DomainError['details']): string {
  const seconds = details['retry_after'];
  return typeof seconds === 'number' ? String(Math.ceil(seconds)) : '5';
}
