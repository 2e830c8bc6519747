export const flowStatuses = [
  'initialized',
  'running',
  'waiting_for_approval',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'archived',
] as const;
export type FlowStatus = (typeof flowStatuses)[number];

/** Statuses after which a workflow run has ended. */
export const terminalStatuses = ['completed', 'cancelled', 'archived'] as const;

export const commandTypes = ['pause', 'resume', 'cancel', 'retry', 'decide', 'add_import', 'rerun'] as const;
export type CommandType = (typeof commandTypes)[number];

const allowed: Readonly<Record<FlowStatus, readonly FlowStatus[]>> = {
  initialized: ['running', 'paused', 'failed', 'cancelled'],
  running: ['waiting_for_approval', 'paused', 'completed', 'failed', 'cancelled'],
  waiting_for_approval: ['running', 'paused', 'failed', 'cancelled'],
  paused: ['initialized', 'running', 'waiting_for_approval', 'failed', 'cancelled'],
  failed: ['running', 'cancelled'],
  completed: ['archived'],
  cancelled: ['archived'],
  archived: [],
};

export function isTerminal(status: FlowStatus): boolean {
  return terminalStatuses.some((terminal) => terminal === status);
}

/** Whether a flow may go from one status to another (design: transition table). Staying is not a transition. */
export function canTransition(from: FlowStatus, to: FlowStatus): boolean {
  return allowed[from].includes(to);
}

export interface CommandContext {
  readonly status: FlowStatus;
  /** The status to return to when a paused flow resumes. */
  readonly pausedFrom: FlowStatus | null;
  /** False once `asset_inventory` has started: no further file is accepted then. */
  readonly acceptsImports: boolean;
}

export type CommandVerdict =
  | { readonly accepted: true; readonly target: FlowStatus; readonly changes: boolean }
  | { readonly accepted: false; readonly target: FlowStatus };

const accept = (target: FlowStatus, changes = true): CommandVerdict => ({ accepted: true, target, changes });
const refuse = (target: FlowStatus): CommandVerdict => ({ accepted: false, target });

const judges: Readonly<Record<CommandType, (context: CommandContext) => CommandVerdict>> = {
  pause: ({ status }) => {
    if (status === 'paused') return accept('paused', false);
    return canTransition(status, 'paused') ? accept('paused') : refuse('paused');
  },
  resume: ({ status, pausedFrom }) =>
    status === 'paused' ? accept(pausedFrom ?? 'running') : refuse('running'),
  cancel: ({ status }) => {
    if (status === 'cancelled') return accept('cancelled', false);
    return canTransition(status, 'cancelled') ? accept('cancelled') : refuse('cancelled');
  },
  retry: ({ status }) => (status === 'failed' ? accept('running') : refuse('running')),
  decide: ({ status }) => (status === 'waiting_for_approval' ? accept('running') : refuse('running')),
  rerun: ({ status }) => (status === 'waiting_for_approval' ? accept('running') : refuse('running')),
  add_import: ({ status, acceptsImports }) =>
    !isTerminal(status) && acceptsImports ? accept(status) : refuse(status),
};

/**
 * Whether a command is accepted in a status, and where it leads. Pausing a paused flow is accepted and changes
 * nothing; so does cancelling a cancelled one. A refusal is answered with `FLOW_003`.
 */
export function judgeCommand(type: CommandType, context: CommandContext): CommandVerdict {
  return judges[type](context);
}
