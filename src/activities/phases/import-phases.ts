import type { PhaseActivities } from '../types';
import type { ActivityDependencies } from '../dependencies';
import { cleanseImport } from './data-cleansing';
import { importData } from './data-import';
import { validateImport } from './data-validation';
import { suggestMappings } from './field-mapping';

type ImportPhaseActivities = Pick<
  PhaseActivities,
  'importData' | 'validateImport' | 'suggestMappings' | 'cleanseImport'
>;

/** The four phases that run for each import of a flow. */
export function createImportPhases(deps: ActivityDependencies): ImportPhaseActivities {
  return {
    importData: (request) => importData(deps, request),
    validateImport: (request) => validateImport(deps, request),
    suggestMappings: (request) => suggestMappings(deps, request),
    cleanseImport: (request) => cleanseImport(deps, request),
  };
}
