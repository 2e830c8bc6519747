/** Deadlines of a flow in milliseconds. They travel in the workflow input; workflows read no environment. */
export interface FlowLimits {
  /** A row phase (import to technical debt), from start to close. */
  readonly rowPhaseMs: number;
  /** Any other activity, from start to close. */
  readonly shortActivityMs: number;
  readonly heartbeatMs: number;
  readonly retryInitialMs: number;
  readonly retryMaximumMs: number;
  /** How long a failed flow, or one that never gets a file, stays open before it is cancelled as expired. */
  readonly expiryMs: number;
  /** How long a phase is tried altogether before the flow is failed and a person has to retry it. */
  readonly phaseTotalMs?: number;
  /** History events after which a run continues as a new one, even when the server does not suggest it yet. */
  readonly eventsPerRun?: number;
}

const second = 1_000;
const day = 24 * 60 * 60 * second;

export const defaultFlowLimits: Required<FlowLimits> = {
  rowPhaseMs: 2 * 60 * 60 * second,
  shortActivityMs: 60 * second,
  heartbeatMs: 10 * second,
  retryInitialMs: second,
  retryMaximumMs: 60 * second,
  expiryMs: 30 * day,
  phaseTotalMs: day,
  eventsPerRun: 2_000,
};
