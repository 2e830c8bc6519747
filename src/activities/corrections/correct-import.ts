import { randomUUID } from 'node:crypto';
import type { CorrectImportRequest, CorrectionResult } from '../../domain/flow/messages';
import { insertAuditEvent } from '../../db/accounts/audit';
import { acceptCommand } from '../../db/flows/commands';
import { countCorrected } from '../../db/imports/corrections';
import { addChangeSummary } from '../../db/estate/estate-changes';
import { readImportRuns } from '../../db/imports/rejected-records';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { type CorrectedRow, correctedRows } from '../../intake/corrected/corrected-file';
import { type CorrectedUpload, openCorrectedUpload } from './corrected-upload';
import { type CorrectionStand, standOf } from './correction-stand';
import type { ActivityDependencies } from '../dependencies';
import { takeCorrections } from './take-corrections';

/** Rows of a corrected file that one transaction takes. */
const rowsAtOnce = 2_000;

/**
 * Takes the rows of a corrected file that were rejected before into their import, some at a time: what was taken is no
 * longer rejected, so that a second attempt goes on with the others.
 */
export async function correctImport(
  deps: ActivityDependencies,
  request: CorrectImportRequest,
): Promise<CorrectionResult> {
  const { app } = deps;
  const upload = await openCorrectedUpload(deps, request);
  const stand = await inTenant(app, request, (trx) => standOf(trx, request));
  if (stand.kind === 'later') return { status: 'later' };
  for await (const rows of correctedRows(upload.table, upload.places)) {
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const some = rows.slice(from, from + rowsAtOnce);
      if (!(await take(deps, request, upload, some))) return { status: 'later' };
    }
  }
  return inTenant(app, request, (trx) => finish(trx, request, upload));
}

async function take(
  deps: ActivityDependencies,
  request: CorrectImportRequest,
  upload: CorrectedUpload,
  rows: readonly CorrectedRow[],
): Promise<boolean> {
  return inTenant(
    deps.app,
    request,
    async (trx) => {
      const stand = await standOf(trx, request);
      if (stand.kind === 'later') return false;
      const { batchRows, maxCellBytes } = deps.intakeLimits;
      await takeCorrections(trx, { request, upload, stand, batchRows, maxCellBytes }, rows);
      return true;
    },
    { signal: deps.cancellation() },
  );
}

async function finish(
  trx: TenantTrx,
  request: CorrectImportRequest,
  { places }: CorrectedUpload,
): Promise<CorrectionResult> {
  const { changeId, importId, flowId, userId } = request;
  const stand = await standOf(trx, request);
  if (stand.kind === 'later') return { status: 'later' };
  const corrected = await countCorrected(trx, changeId);
  const runs = await readImportRuns(trx, importId);
  const stillRejected = (runs.data_import?.rejected ?? 0) + (runs.data_cleansing?.rejected ?? 0);
  const summary = { corrected, still_rejected: stillRejected, ignored_columns: places.unknown };
  await addChangeSummary(trx, changeId, summary);
  const result = corrected === 0 ? ({ status: 'nothing' } as const) : await goOn(trx, request, stand);
  await insertAuditEvent(
    trx,
    { userId },
    {
      action: 'import.corrected',
      resourceType: 'data_import',
      resourceId: importId,
      flowId,
      details: { changeId, corrected, stillRejected },
    },
  );
  return result;
}

/** A flow that failed for want of these records is tried again; a closed one has its estate projected. */
async function goOn(
  trx: TenantTrx,
  { flowId, userId, changeId }: CorrectImportRequest,
  { kind }: CorrectionStand,
): Promise<CorrectionResult> {
  if (kind === 'closed') return { status: 'applied' };
  if (kind !== 'failed') return { status: 'taken' };
  const command = {
    id: randomUUID(),
    flowId,
    type: 'retry',
    idempotencyKey: changeId,
    origin: 'api',
  } as const;
  const answer = await acceptCommand(trx, command, { userId });
  return answer?.accepted === true ? { status: 'retry', commandId: answer.command.id } : { status: 'taken' };
}
