import { type Context, CompleteAsyncError } from '@temporalio/activity';
import type { ActivityInterceptor } from './interceptor';

/** The worker must not throttle below this, or a cancel is learnt late (`maxHeartbeatThrottleInterval`). */
export const heartbeatIntervalMs = 1_000;

/**
 * Says "alive" every second, which is also how a cancel is learnt. It carries no position: that is in PostgreSQL.
 * After a cancel the activity's own signal ends its query and stream; the error those end with is told as the
 * cancellation it is, so it is not tried again.
 */
export function heartbeatInterceptor(context: Context): ActivityInterceptor {
  return {
    async execute(input, next) {
      const timer = setInterval(() => context.heartbeat(), heartbeatIntervalMs);
      try {
        return await next(input);
      } catch (error) {
        const { cancellationSignal } = context;
        if (!cancellationSignal.aborted || error instanceof CompleteAsyncError) throw error;
        throw cancellationSignal.reason;
      } finally {
        clearInterval(timer);
      }
    },
  };
}
