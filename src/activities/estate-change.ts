import type { PhaseResult, ProjectEstateRequest, UndoImportRequest } from '../domain/flow/messages';
import { DomainError } from '../domain/errors';
import { insertAuditEvent } from '../db/audit';
import { findImport, setImportUndone } from '../db/imports';
import { findCompletedRun } from '../db/estate-runs';
import { deleteImportSources } from '../db/source-records';
import { inTenant } from '../db/tenant';
import type { ActivityDependencies } from './dependencies';
import { changeOrder } from './estate/estate-order';
import { projectInventory } from './phases/asset-inventory';
import { analyseDependencies } from './phases/dependency-analysis';
import { assessTechnicalDebt } from './phases/tech-debt-assessment';
import { completed } from './phase-work';
import type { EstateActivities } from './types';

/** Changes of an estate outside an open flow. */
export function createEstateActivities(deps: ActivityDependencies): EstateActivities {
  return {
    undoImport: (request) => undoImport(deps, request),
    projectEstate: (request) => projectEstate(deps, request),
  };
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
