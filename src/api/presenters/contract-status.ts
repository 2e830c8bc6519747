import type { FlowStatus } from '../../domain/flow/status';

const statusRoute: Readonly<Partial<Record<FlowStatus, string>>> = {
  waiting_for_approval: 'paused',
  failed: 'error',
};

const activeRoute: Readonly<Partial<Record<FlowStatus, string>>> = {
  waiting_for_approval: 'active',
  failed: 'error',
};

const masterRoute: Readonly<Partial<Record<FlowStatus, string>>> = {
  initialized: 'pending',
  running: 'in_progress',
  waiting_for_approval: 'active',
  archived: 'cancelled',
};

/** The older words for a status that clients of the contract routes expect; `detailed_status` stays exact. */
export const contractStatus = {
  ofStatusRoute: (status: FlowStatus): string => statusRoute[status] ?? status,
  ofActiveRoute: (status: FlowStatus): string => activeRoute[status] ?? status,
  ofMasterRoute: (status: FlowStatus): string => masterRoute[status] ?? status,
};
