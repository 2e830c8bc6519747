import { DomainError } from '../../domain/errors';
import { estateChangeInput } from '../../domain/flow/estate-changes';
import { insertAuditEvent, systemActor } from '../../db/accounts/audit';
import {
  endEstateChange,
  findEstateChange,
  listQuietChanges,
  type OpenEstateChange,
} from '../../db/estate/estate-changes';
import { inSystemScope } from '../../db/connection/scopes';
import { inTenant } from '../../db/connection/tenant';
import type { ReconcileRound } from './reconcile-round';

const changesPerRound = 200;
const lost = new DomainError('CHANGE_002');

/** Starts the changes whose start was lost, and marks those as failed whose workflow ended without a word. */
export async function reconcileChanges(round: ReconcileRound): Promise<void> {
  const { deps, timing } = round;
  const before = round.before(timing.quietMs);
  const quiet = await inSystemScope(deps.system, (trx) => listQuietChanges(trx, before, changesPerRound));
  for (const change of quiet) await healChange(round, change);
}

async function healChange(round: ReconcileRound, change: OpenEstateChange): Promise<void> {
  const { directory } = round.deps;
  const state = await directory.describeChange(change);
  if (state === 'running') return;
  const ref = { ...change, flowId: change.id };
  if (state === 'missing') return round.heal(ref, 'change_not_started', () => start(round, change));
  await round.heal(ref, 'change_ended', () => giveUp(round, change));
}

async function start({ deps }: ReconcileRound, change: OpenEstateChange): Promise<void> {
  const row = await inTenant(deps.app, change, (trx) => findEstateChange(trx, change.id));
  if (row !== undefined) await deps.directory.startChange(estateChangeInput(row));
}

/** The workflow was terminated, or ended before its last activity: a person asks again when it is still wanted. */
async function giveUp({ deps }: ReconcileRound, { id, ...tenant }: OpenEstateChange): Promise<void> {
  const { code, message } = lost;
  await inTenant(deps.app, tenant, async (trx) => {
    if (!(await endEstateChange(trx, id, { code, message }))) return;
    await insertAuditEvent(trx, systemActor, {
      action: 'estate_change.failed',
      resourceType: 'estate_change',
      resourceId: id,
      details: { kind: tenant.kind, failureCode: code },
    });
  });
}
