import type { PhaseRequest, PhaseResult, Tenant } from '../../domain/flow/messages';
import type { Phase } from '../../domain/flow/phases';

/** A phase to run: of a flow, or of an estate change. */
export interface PhaseOrder extends Tenant {
  readonly flowId: string | null;
  readonly changeId: string | null;
  readonly phase: Phase;
  readonly importId: string | null;
}

/** A command that ends the work of a phase at its next batch. */
export type StopCommand = Extract<PhaseResult, { status: 'interrupted' }>['command'];

/** Ends the work of a phase because a command waits; what was committed stays. */
export class Interruption extends Error {
  override readonly name = 'Interruption';

  constructor(readonly command: StopCommand) {
    super(`A ${command} command waits`);
  }
}

/** The order of a phase of one import. */
export function importOrder(request: PhaseRequest): {
  readonly order: PhaseOrder;
  readonly importId: string;
} {
  const { importId } = request;
  if (importId === null) throw new TypeError(`${request.phase} runs for an import`);
  return { order: { ...request, changeId: null }, importId };
}
