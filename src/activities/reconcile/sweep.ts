import { deleteExpiredIdempotencyKeys } from '../../db/flows/idempotency';
import { findObject, listOrphanObjects, type OrphanObject, setObjectDeleted } from '../../db/imports/objects';
import { inSystemScope } from '../../db/connection/scopes';
import {
  deleteDerivedRows,
  deleteEndedTasks,
  isObjectAwaited,
  isRunInUse,
  listRunsToSweep,
  listTenantsWithExpiredKeys,
  type RunToSweep,
  setRunSwept,
} from '../../db/flows/sweeps';
import { inTenant } from '../../db/connection/tenant';
import type { ReconcileRound } from './reconcile-round';

/** Rows deleted by one transaction. */
const batchRows = 25_000;
const itemsPerRound = 1_000;

/** Removes what nobody reads any more; whatever the time of one round does not suffice for, the next one takes. */
export async function sweep(round: ReconcileRound): Promise<void> {
  const deadline = Date.now() + round.timing.sweepMs;
  const isTimeLeft = (): boolean => Date.now() < deadline && !round.deps.cancellation().aborted;
  await sweepRuns(round, isTimeLeft);
  await sweepUploads(round, isTimeLeft);
  await sweepKeys(round, isTimeLeft);
  await inSystemScope(round.deps.system, (trx) =>
    deleteEndedTasks(trx, round.before(round.timing.tasksMs), batchRows),
  );
}

type TimeLeft = () => boolean;

async function sweepRuns(round: ReconcileRound, isTimeLeft: TimeLeft): Promise<void> {
  const before = round.before(round.timing.supersededMs);
  const runs = await inSystemScope(round.deps.system, (trx) => listRunsToSweep(trx, before, itemsPerRound));
  for (const run of runs) {
    if (!isTimeLeft()) return;
    await sweepRun(round, run, isTimeLeft);
  }
}

async function sweepRun({ deps }: ReconcileRound, run: RunToSweep, isTimeLeft: TimeLeft): Promise<void> {
  for (let isWhole = false; !isWhole && isTimeLeft();) {
    isWhole = await inTenant(deps.app, run, async (trx) => {
      if (await isRunInUse(trx, run.id)) return true;
      const deleted = await deleteDerivedRows(trx, run.id, batchRows);
      if (deleted >= batchRows) return false;
      await setRunSwept(trx, run.id);
      return true;
    });
  }
}

async function sweepUploads(round: ReconcileRound, isTimeLeft: TimeLeft): Promise<void> {
  const before = round.before(round.timing.orphanMs);
  const orphans = await inSystemScope(round.deps.system, (trx) =>
    listOrphanObjects(trx, before, itemsPerRound),
  );
  for (const orphan of orphans) {
    if (!isTimeLeft()) return;
    await removeOrphan(round, orphan);
  }
}

/** The bytes go first: a crash in between leaves a row that the next round finds again, never bytes without a row. */
async function removeOrphan({ deps }: ReconcileRound, orphan: OrphanObject): Promise<void> {
  const key = await inTenant(deps.app, orphan, async (trx) => {
    const awaited = await isObjectAwaited(trx, orphan.id);
    return awaited ? undefined : (await findObject(trx, orphan.id))?.storageKey;
  });
  if (key === undefined) return;
  await deps.objects.remove(orphan, key);
  await inTenant(deps.app, orphan, (trx) => setObjectDeleted(trx, orphan.id));
}

async function sweepKeys({ deps }: ReconcileRound, isTimeLeft: TimeLeft): Promise<void> {
  const tenants = await inSystemScope(deps.system, (trx) => listTenantsWithExpiredKeys(trx, itemsPerRound));
  for (const tenant of tenants) {
    if (!isTimeLeft()) return;
    await inTenant(deps.app, tenant, deleteExpiredIdempotencyKeys);
  }
}
