import { type ActivityInterfaceFor, type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import type { EstateActivities, PhaseActivities, RecordActivities } from '../activities/types';
import { type FlowLimits, defaultFlowLimits } from '../domain/flow/limits';

/**
 * Attempts are never capped: each crash of a worker uses one. Outcomes that a retry can't change are told by their
 * error type, and the total time bounds the rest.
 */
function retryOptions(limits: FlowLimits): NonNullable<ActivityOptions['retry']> {
  return {
    initialInterval: limits.retryInitialMs,
    maximumInterval: limits.retryMaximumMs,
    backoffCoefficient: 2,
    nonRetryableErrorTypes: ['DomainError'],
  };
}

function rowPhaseOptions(limits: FlowLimits): ActivityOptions {
  return {
    startToCloseTimeout: limits.rowPhaseMs,
    scheduleToCloseTimeout: limits.phaseTotalMs ?? defaultFlowLimits.phaseTotalMs,
    heartbeatTimeout: limits.heartbeatMs,
    retry: retryOptions(limits),
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  };
}

/** The activities that move rows: long, heartbeating, given up after the total time. */
export function phaseActivities(limits: FlowLimits): ActivityInterfaceFor<PhaseActivities> {
  return proxyActivities<PhaseActivities>(rowPhaseOptions(limits));
}

/** The activities that keep a flow's own rows: short, and tried until the database is back. */
export function recordActivities(limits: FlowLimits): ActivityInterfaceFor<RecordActivities> {
  return proxyActivities<RecordActivities>({
    startToCloseTimeout: limits.shortActivityMs,
    retry: retryOptions(limits),
  });
}

export function estateActivities(limits: FlowLimits): ActivityInterfaceFor<EstateActivities> {
  return proxyActivities<EstateActivities>(rowPhaseOptions(limits));
}
