import { DomainError } from '../../domain/errors';
import type { CorrectImportRequest } from '../../domain/flow/messages';
import { isTerminal } from '../../domain/flow/status';
import { findUnconsumedDecision } from '../../db/imports/corrections';
import type { MasterFlow } from '../../db/flows/flow-rows';
import { lockFlow } from '../../db/flows/flows';
import { findPublishedRun, type PhaseRun } from '../../db/flows/phase-runs';
import { type ImportRuns, readImportRuns } from '../../db/imports/rejected-records';
import type { TenantTrx } from '../../db/connection/tenant';

/**
 * Whether corrected records can be taken at this moment. `gate`: the flow waits for its mappings, nothing of it runs ·
 * `failed`: it failed because of its rejected records · `closed`: its records are in the estate · `later`: neither.
 */
export type CorrectionStand =
  | { readonly kind: 'later' }
  | {
      readonly kind: 'gate' | 'failed' | 'closed';
      readonly runs: ImportRuns;
      /** The run in which the records of a closed flow are counted; null for an open flow. */
      readonly inventoryRun: PhaseRun | null;
      readonly dependencyRun: PhaseRun | null;
    };

/** Failures whose cause lies in rejected records: correcting them is what the flow lacks. */
const ofRejected: readonly (string | null)[] = ['IMP_004', 'IMP_008'];

/**
 * Locks the flow and says where it stands.
 *
 * @throws DomainError `IMP_010` when the flow ended without bringing anything into the estate.
 */
export async function standOf(trx: TenantTrx, request: CorrectImportRequest): Promise<CorrectionStand> {
  const { flowId, importId } = request;
  const flow = await lockFlow(trx, flowId);
  if (flow === undefined) throw new DomainError('FLOW_002', { flow_id: flowId });
  const runs = await readImportRuns(trx, importId);
  const open = { runs, inventoryRun: null, dependencyRun: null };
  if (isTerminal(flow.flowStatus)) return closedStand(trx, flow, runs);
  if (flow.flowStatus === 'waiting_for_approval' && flow.waitingFor === 'mapping_approval') {
    const isSettled = (await findUnconsumedDecision(trx, flowId)) === undefined;
    return isSettled ? { kind: 'gate', ...open } : { kind: 'later' };
  }
  if (flow.flowStatus === 'failed' && ofRejected.includes(flow.failureCode) && isReadWhole(runs)) {
    return { kind: 'failed', ...open };
  }
  return { kind: 'later' };
}

async function closedStand(trx: TenantTrx, flow: MasterFlow, runs: ImportRuns): Promise<CorrectionStand> {
  const { flowId } = flow;
  const inventoryRun = await findPublishedRun(trx, { flowId, phase: 'asset_inventory' });
  const dependencyRun = await findPublishedRun(trx, { flowId, phase: 'dependency_analysis' });
  if (inventoryRun === undefined || runs.data_cleansing === undefined) {
    throw new DomainError('IMP_010', { current_state: flow.flowStatus });
  }
  return { kind: 'closed', runs, inventoryRun, dependencyRun: dependencyRun ?? null };
}

/** Every record of the file was looked at, by cleansing too if it has begun. */
function isReadWhole({ data_import: landed, data_cleansing: cleansed }: ImportRuns): boolean {
  return landed !== undefined && (cleansed === undefined || cleansed.rowsIn === landed.passed);
}
