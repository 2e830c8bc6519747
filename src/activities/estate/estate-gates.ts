import type { PhaseResult } from '../../domain/flow/messages';
import type { Gate } from '../../domain/flow/phases';
import { systemActor } from '../../db/accounts/audit';
import { setFlowStatus } from '../../db/flows/flow-status';
import { findGate, openGate } from '../../db/flows/gates';
import type { TenantTrx } from '../../db/connection/tenant';
import type { PhaseWork } from '../phase-run/phase-pieces';

export type EstateGate = Extract<Gate, 'conflict_resolution' | 'preview_approval'>;

/** Whether the decision at a gate was taken. */
export async function isAnswered(trx: TenantTrx, flowId: string, gate: EstateGate): Promise<boolean> {
  const row = await findGate(trx, { flowId, gate, importId: null });
  return row?.consumedAt instanceof Date;
}

/** Opens a gate, or finds it open, and lets the flow wait there; `detail` is kept with the run. */
export async function waitAt(
  phase: PhaseWork,
  flowId: string,
  gate: EstateGate,
  detail: Readonly<Record<string, unknown>>,
): Promise<PhaseResult> {
  let version = 0;
  await phase.batch(async (trx) => {
    version = (await openGate(trx, { flowId, gate, importId: null })).version;
    const status = { status: 'waiting_for_approval', waitingFor: gate } as const;
    await setFlowStatus(trx, flowId, status, systemActor);
    return { positionDetail: detail };
  });
  return { status: 'waiting', gate, version };
}
