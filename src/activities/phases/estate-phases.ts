import type { PhaseActivities } from '../types';
import type { ActivityDependencies } from '../dependencies';
import { flowOrder } from '../estate/estate-order';
import { projectInventory } from './asset-inventory';
import { analyseDependencies } from './dependency-analysis';
import { assessTechnicalDebt } from './tech-debt-assessment';

type EstatePhaseActivities = Pick<
  PhaseActivities,
  'projectInventory' | 'analyseDependencies' | 'assessTechnicalDebt'
>;

/** The three phases that run for the estate of the engagement. */
export function createEstatePhases(deps: ActivityDependencies): EstatePhaseActivities {
  return {
    projectInventory: (request) => projectInventory(deps, flowOrder(request)),
    analyseDependencies: (request) => analyseDependencies(deps, flowOrder(request)),
    assessTechnicalDebt: (request) => assessTechnicalDebt(deps, flowOrder(request)),
  };
}
