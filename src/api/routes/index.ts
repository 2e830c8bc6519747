import { repeatable } from '../repeatable';
import type { Route } from '../route';
import type { ApiServices } from '../services';
import { accountRoutes } from './accounts';
import { withAliases } from './aliases';
import { assetChangeRoutes } from './asset-changes';
import { assetRoutes } from './assets';
import { conflictRoutes } from './conflicts';
import { estateResultRoutes } from './estate-results';
import { estateChangeRoutes } from './estate-changes';
import { fieldMappingRoutes } from './field-mappings';
import { flowCommandRoutes } from './flow-commands';
import { flowMappingRoutes } from './flow-mappings';
import { flowStreamRoutes } from './flow-stream';
import { flowRoutes } from './flows';
import { healthRoutes } from './health';
import { importDeltaRoutes } from './import-delta';
import { importRoutes } from './imports';
import { loginRoutes } from './login';
import { mappingDecisionRoutes } from './mapping-decisions';
import { masterFlowRoutes } from './master-flows';
import { meRoutes } from './me';
import { monitoringRoutes } from './monitoring';
import { profileDecisionRoutes } from './profile-decisions';
import { recipeRoutes } from './recipes';
import { reconciliationRoutes } from './reconciliation';
import { rejectedRoutes } from './rejected';
import { sourceRoutes } from './sources';
import { startRoutes } from './starts';
import { targetFieldRoutes } from './target-fields';

/** Every route of the API. */
export function apiRoutes(services: ApiServices): Route[] {
  const routes = [
    ...healthRoutes(services),
    ...loginRoutes(services),
    ...meRoutes(services),
    ...accountRoutes(services),
    ...startRoutes(services),
    ...importRoutes(services),
    ...importDeltaRoutes(services),
    ...rejectedRoutes(services),
    ...estateChangeRoutes(services),
    ...targetFieldRoutes(services),
    ...fieldMappingRoutes(services),
    ...mappingDecisionRoutes(services),
    ...recipeRoutes(services),
    ...flowRoutes(services),
    ...flowMappingRoutes(services),
    ...profileDecisionRoutes(services),
    ...flowCommandRoutes(services),
    ...masterFlowRoutes(services),
    ...flowStreamRoutes(services),
    ...assetRoutes(services),
    ...assetChangeRoutes(services),
    ...conflictRoutes(services),
    ...estateResultRoutes(services),
    ...reconciliationRoutes(services),
    ...sourceRoutes(services),
    ...monitoringRoutes(services),
  ];
  return withAliases(routes).map((route) => repeatable(services, route));
}
