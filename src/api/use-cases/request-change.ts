import { randomUUID } from 'node:crypto';
import { insertAuditEvent } from '../../db/accounts/audit';
import {
  type EstateChangeRow,
  findChangeOfImport,
  insertEstateChange,
  type NewEstateChange,
  requestProjection,
} from '../../db/estate/estate-changes';
import { findFlow, lockFlow } from '../../db/flows/flows';
import { type DataImport, findImport } from '../../db/imports/imports';
import type { TenantTrx } from '../../db/connection/tenant';
import { inTenant } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { estateChangeInput, projectionDelayMs } from '../../domain/flow/estate-changes';
import { isTerminal } from '../../domain/flow/status';
import { auditActor } from '../audit-actor';
import type { RouteInput } from '../route';
import type { ApiServices } from '../services';

type Caller = Pick<RouteInput, 'tenant' | 'actor' | 'traceId' | 'ctx'>;

/**
 * Asks for the estate to follow what a person has decided, in the transaction of the decision. Call `startChange` with
 * the answer once it is committed.
 */
export function followDecision(
  trx: TenantTrx,
  { actor }: Pick<Caller, 'actor'>,
  reason: 'asset' | 'conflict' | 'membership' | 'wave_constraint' | 'dependency' | 'source',
): Promise<EstateChangeRow> {
  return requestProjection(trx, { id: randomUUID(), reason, requestedBy: actor.userId });
}

/** Starts the workflow of a requested change. What cannot be started now is started by the reconciler. */
export async function startChange(services: ApiServices, row: EstateChangeRow): Promise<void> {
  if (row.status !== 'pending') return;
  try {
    await services.changes.start(
      estateChangeInput(row),
      row.kind === 'project' ? projectionDelayMs : undefined,
    );
  } catch (error) {
    services.warn('An estate change was left to the reconciler', { changeId: row.id, error });
  }
}

/**
 * Asks for an import to be taken back.
 *
 * @throws DomainError `IMP_007` while its flow is open.
 */
export async function requestUndo(
  services: ApiServices,
  caller: Caller,
  entry: DataImport,
): Promise<EstateChangeRow> {
  const row = await inTenant(services.app, caller.tenant, async (trx) => {
    await lockFlow(trx, entry.flowId);
    const flow = await findFlow(trx, entry.flowId);
    if (flow === undefined || !isTerminal(flow.flowStatus)) {
      throw new DomainError('IMP_007', { current_state: flow?.flowStatus });
    }
    const known = await findChangeOfImport(trx, entry.id, 'undo_import');
    if (known !== undefined && known.status !== 'failed') return known;
    return insertChange(trx, caller, { kind: 'undo_import', entry, objectId: null });
  });
  await startChange(services, row);
  return row;
}

/**
 * Asks for the rows of a stored corrected file to be taken into their import.
 *
 * @throws DomainError `IMP_010` for an import that was taken back.
 */
export async function requestCorrection(
  services: ApiServices,
  caller: Caller,
  { importId, objectId }: { readonly importId: string; readonly objectId: string },
): Promise<EstateChangeRow> {
  const row = await inTenant(services.app, caller.tenant, async (trx) => {
    const entry = await findImport(trx, importId);
    if (entry === undefined || entry.undoneAt !== null)
      throw new DomainError('IMP_010', { import_id: importId });
    return insertChange(trx, caller, { kind: 'correct_import', entry, objectId });
  });
  await startChange(services, row);
  return row;
}

async function insertChange(
  trx: TenantTrx,
  caller: Caller,
  change: Pick<NewEstateChange, 'kind' | 'objectId'> & { readonly entry: DataImport },
): Promise<EstateChangeRow> {
  const { kind, objectId, entry } = change;
  const { id: importId, flowId } = entry;
  const asked = { id: randomUUID(), kind, flowId, importId, objectId, requestedBy: caller.actor.userId };
  const row = await insertEstateChange(trx, asked);
  await insertAuditEvent(trx, auditActor(caller), {
    action: `estate_change.requested`,
    resourceType: 'estate_change',
    resourceId: row.id,
    flowId,
    details: { kind, importId },
  });
  return row;
}
