import { ApplicationFailure } from '@temporalio/activity';
import type { ErrorCode } from '../../domain/error-catalogue';
import { DomainError } from '../../domain/errors';
import type { ActivityInterceptor } from './interceptor';

/** Outcomes that pass by themselves: something is down, full for the moment, or held by another run. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'DB_001',
  'ESTATE_001',
  'FLOW_004',
  'INT_001',
  'NET_001',
  'RES_001',
  'STORAGE_001',
]);

/**
 * Tells Temporal what a domain error is: its code becomes the failure type, and it is not tried again unless the
 * code names an outage. Every other error passes unchanged and is retried.
 */
export function domainErrorInterceptor(): ActivityInterceptor {
  return {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        throw error instanceof DomainError ? toFailure(error) : error;
      }
    },
  };
}

function toFailure(error: DomainError): ApplicationFailure {
  return ApplicationFailure.create({
    message: error.message,
    type: error.code,
    nonRetryable: !passing.has(error.code),
    details: [error.details],
    cause: error,
  });
}
