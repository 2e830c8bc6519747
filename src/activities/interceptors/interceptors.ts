import { domainErrorInterceptor } from './domain-error-interceptor';
import { heartbeatInterceptor } from './heartbeat-interceptor';
import type { ActivityInterceptorFactory } from './interceptor';
import { type TaskRecorder, taskInterceptor } from './task-interceptor';

/**
 * Around every activity, outermost first: the monitoring note, the heartbeat, the translation of domain errors.
 * Without a recorder no notes are kept.
 */
export function activityInterceptors(recorder?: TaskRecorder): ActivityInterceptorFactory[] {
  const beats: ActivityInterceptorFactory = (context) => ({ inbound: heartbeatInterceptor(context) });
  const errors: ActivityInterceptorFactory = () => ({ inbound: domainErrorInterceptor() });
  if (recorder === undefined) return [beats, errors];
  return [(context) => ({ inbound: taskInterceptor(context, recorder) }), beats, errors];
}
