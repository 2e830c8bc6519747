import type {
  CorrectImportRequest,
  EstateChangeEnd,
  EstateChangeFailure,
  EstateChangeRef,
  PhaseResult,
  ProjectEstateRequest,
  UndoImportRequest,
} from '../domain/flow/messages';
import { DomainError } from '../domain/errors';
import { insertAuditEvent } from '../db/accounts/audit';
import { countCorrectedAssets, countCorrectedRelations, moveLedger } from '../db/imports/corrections';
import {
  addChangeSummary,
  beginEstateChange,
  endEstateChange,
  type EstateChangeRow,
  findEstateChange,
} from '../db/estate/estate-changes';
import { findImport, setImportUndone } from '../db/imports/imports';
import { findCompletedRun } from '../db/flows/estate-runs';
import { insertFlowError } from '../db/flows/flow-errors';
import { findPublishedRun } from '../db/flows/phase-runs';
import { deleteImportSources } from '../db/estate/source-records';
import { inTenant, type TenantTrx } from '../db/connection/tenant';
import { correctImport } from './corrections/correct-import';
import type { ActivityDependencies } from './dependencies';
import { changeOrder } from './estate/estate-order';
import { projectInventory } from './phases/asset-inventory';
import { analyseDependencies } from './phases/dependency-analysis';
import { assessTechnicalDebt } from './phases/tech-debt-assessment';
import { completed } from './phase-run/phase-work';
import type { EstateActivities } from './types';

/** Changes of an estate outside an open flow. */
export function createEstateActivities(deps: ActivityDependencies): EstateActivities {
  return {
    beginEstateChange: (request) => begin(deps, request),
    endEstateChange: (request) => end(deps, request),
    failEstateChange: (request) => fail(deps, request),
    undoImport: (request) => undoImport(deps, request),
    correctImport: (request) => correctImport(deps, request),
    countCorrections: (request) => countCorrections(deps, request),
    projectEstate: (request) => projectEstate(deps, request),
  };
}

async function begin(deps: ActivityDependencies, request: EstateChangeRef): Promise<boolean> {
  const row = await inTenant(deps.app, request, (trx) => beginEstateChange(trx, request.changeId));
  if (row === undefined) throw new DomainError('CHANGE_001', { change_id: request.changeId });
  return row.status === 'running';
}

async function end(deps: ActivityDependencies, request: EstateChangeEnd): Promise<void> {
  const { changeId, userId, rowsOut } = request;
  await inTenant(deps.app, request, async (trx) => {
    await addChangeSummary(trx, changeId, { rows_out: rowsOut });
    if (!(await endEstateChange(trx, changeId, null))) return;
    await note(trx, userId, await findEstateChange(trx, changeId));
  });
}

async function fail(deps: ActivityDependencies, request: EstateChangeFailure): Promise<void> {
  const { changeId, userId, code, message } = request;
  await inTenant(deps.app, request, async (trx) => {
    if (!(await endEstateChange(trx, changeId, { code, message }))) return;
    const row = await findEstateChange(trx, changeId);
    if (row?.flowId) {
      const place = { flowId: row.flowId, phase: null, code, message };
      await insertFlowError(trx, { ...place, category: 'estate_change', severity: 'high' });
    }
    await note(trx, userId, row);
  });
}

async function note(trx: TenantTrx, userId: string, row: EstateChangeRow | undefined): Promise<void> {
  if (row === undefined) return;
  await insertAuditEvent(
    trx,
    { userId },
    {
      action: `estate_change.${row.status}`,
      resourceType: 'estate_change',
      resourceId: row.id,
      flowId: row.flowId,
      details: { kind: row.kind, importId: row.importId, failureCode: row.failureCode },
    },
  );
}

async function undoImport(deps: ActivityDependencies, request: UndoImportRequest): Promise<void> {
  const { importId, flowId, userId, changeId } = request;
  await inTenant(deps.app, request, async (trx) => {
    const entry = await findImport(trx, importId);
    if (entry?.flowId !== flowId) throw new DomainError('IMP_003', { import_id: importId });
    if (!(await setImportUndone(trx, importId))) return;
    const records = await deleteImportSources(trx, importId);
    await insertAuditEvent(
      trx,
      { userId },
      {
        action: 'import.undone',
        resourceType: 'data_import',
        resourceId: importId,
        flowId,
        details: { changeId, records },
      },
    );
  });
}

const phases = {
  asset_inventory: projectInventory,
  dependency_analysis: analyseDependencies,
  tech_debt_assessment: assessTechnicalDebt,
} as const;

async function projectEstate(
  deps: ActivityDependencies,
  request: ProjectEstateRequest,
): Promise<PhaseResult> {
  const { changeId, phase } = request;
  // A flow's run is found through its results; a change has none, so its run is looked for itself.
  const done = await inTenant(deps.app, request, (trx) => findCompletedRun(trx, { changeId, phase }));
  return done === undefined ? phases[phase](deps, changeOrder(request)) : completed(done);
}

/** The ledger of the flow counts the corrected records as what the projection has made of them, once. */
async function countCorrections(deps: ActivityDependencies, request: CorrectImportRequest): Promise<void> {
  const { changeId, flowId } = request;
  await inTenant(deps.app, request, async (trx) => {
    const row = await findEstateChange(trx, changeId);
    if (row === undefined || 'assets' in row.summary) return;
    const inventory = await findPublishedRun(trx, { flowId, phase: 'asset_inventory' });
    const dependencies = await findPublishedRun(trx, { flowId, phase: 'dependency_analysis' });
    const projected = await findCompletedRun(trx, { changeId, phase: 'asset_inventory' });
    const analysed = await findCompletedRun(trx, { changeId, phase: 'dependency_analysis' });
    if (inventory === undefined || projected === undefined || analysed === undefined) return;
    const { created, updated, merged, unchanged } = await countCorrectedAssets(trx, changeId, projected.id);
    const moved = created + updated + merged;
    await moveLedger(trx, inventory.id, { created, updated, merged, unchanged: -moved });
    const { linked } = await countCorrectedRelations(trx, changeId, analysed.id);
    if (dependencies !== undefined) await moveLedger(trx, dependencies.id, { linked, unresolved: -linked });
    await addChangeSummary(trx, changeId, { assets: { created, updated, merged, unchanged }, linked });
  });
}
