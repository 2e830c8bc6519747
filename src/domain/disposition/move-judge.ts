import type { AttributeName, AttributeValues } from '../attributes/types';
import type { MoveFacts } from '../dependencies/outlook';
import type { AssetType } from '../lists';
import { textOf } from './fact-values';
import { createFactBuilder } from './facts';
import { assessReadiness, type Readiness } from './readiness';

/** The attributes that say whether an asset is ready to move. */
export const readinessAttributes: readonly AttributeName[] = [
  'operating_system',
  'os_version',
  'model',
  'virtualization_platform',
  'hosting_model',
  'power_state',
  'network_zone',
  'compliance_scope',
  'migration_scope',
  'migration_complexity',
  'cloud_readiness',
  'license',
  'database_engine',
  'database_version',
  'cpu_cores',
  'memory_gb',
  'storage_gb',
];

/** Sizes among them: it matters whether they are known and whether they are nothing, so their sign may stand for them. */
export const sizeAttributes: ReadonlySet<AttributeName> = new Set(['cpu_cores', 'memory_gb', 'storage_gb']);

export interface MovingAsset {
  readonly assetType: AssetType;
  readonly subtype: string | null;
  readonly values: AttributeValues;
}

const worth: Readonly<Record<Readiness['status'], number>> = {
  ready: 1,
  ready_with_conditions: 0.7,
  unknown: 0.4,
  not_ready: 0,
};
const criticalities: Readonly<Record<string, number>> = { critical: 1, high: 0.75, medium: 0.5, low: 0.25 };

type MoveReadiness = Pick<MoveFacts, 'readiness' | 'obstacle'>;

/**
 * Judges as of one day (YYYY-MM-DD) whether assets are ready, by their class and values only, as plans are made before
 * technical debt is assessed.
 */
export function createReadinessJudge(today: string): (asset: MovingAsset) => MoveReadiness {
  const factsOf = createFactBuilder({ today });
  return (asset) => readinessOf(asset, () => assessReadiness(factsOf({ ...asset, name: '' })));
}

/** How much it would hurt if the move of an asset with such values failed. */
export function importanceOf(values: AttributeValues): Omit<MoveFacts, keyof MoveReadiness> {
  const environment = textOf(values, 'environment');
  return {
    criticality: criticalities[textOf(values, 'business_criticality')] ?? null,
    isProduction: environment === '' || environment === 'unknown' ? null : environment === 'production',
  };
}

/** Classes whose move can be blocked; switches and racks are no matter of readiness. */
const judged: ReadonlySet<AssetType> = new Set(['server', 'database', 'application']);

function readinessOf({ assetType }: MovingAsset, assess: () => Readiness): MoveReadiness {
  if (!judged.has(assetType)) return { readiness: null, obstacle: null };
  const { status, findings } = assess();
  const blocker = findings.find(({ weight }) => weight === 'blocker');
  if (blocker !== undefined) return { readiness: worth.not_ready, obstacle: blocker.reason };
  // Size and system of applications and databases are those of their servers.
  if (assetType !== 'server') return { readiness: null, obstacle: null };
  return { readiness: worth[status], obstacle: findings[0]?.reason ?? null };
}
