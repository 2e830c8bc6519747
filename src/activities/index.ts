import type { Activities } from './types';
import type { ActivityDependencies } from './dependencies';
import { createEstateActivities } from './estate-change';
import { createEstatePhases } from './phases/estate-phases';
import { createImportPhases } from './phases/import-phases';
import { createReconcileActivities } from './reconcile/reconcile';
import { createRecordActivities } from './records';

/** Every activity that a worker registers. */
export function createActivities(deps: ActivityDependencies): Activities {
  return {
    ...createRecordActivities(deps),
    ...createImportPhases(deps),
    ...createEstatePhases(deps),
    ...createEstateActivities(deps),
    ...createReconcileActivities(deps),
  };
}
