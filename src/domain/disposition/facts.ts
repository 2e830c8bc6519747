import type { AttributeName, AttributeValues } from '../attributes/types';
import type { AssetType } from '../lists';
import { lifecycleCatalogue, type LifecycleCatalogue } from './catalogue';
import { textOf } from './fact-values';
import { createLifecycleAssessor, lifecycleStatusOn } from './lifecycle';
import { readComponents } from './read-components';
import type { DispositionFacts, LifecycleAssessment } from './types';

/** What the estate knows of an asset beside its own values. */
export interface AssetContext {
  readonly name: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  readonly values: AttributeValues;
  /** Values of the servers and databases of an application. */
  readonly members?: readonly AttributeValues[];
  readonly dependents?: number;
  readonly dependencies?: number;
  readonly dependenciesKnown?: boolean;
}

export interface FactBuilderOptions {
  /** Day of the assessment, YYYY-MM-DD. */
  readonly today: string;
  readonly catalogue?: LifecycleCatalogue;
}

/** The attributes that products are read from; values alike in them have the same lifecycle. */
const componentAttributes: readonly AttributeName[] = [
  'operating_system',
  'os_version',
  'database_engine',
  'database_version',
  'technology_stack',
  'application_name',
  'application_version',
];

const memoryLimit = 50_000;

function statedEnd(values: AttributeValues, today: string): readonly LifecycleAssessment[] {
  const ends = textOf(values, 'end_of_life_date');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(ends)) return [];
  const status = lifecycleStatusOn(today, ends);
  return [
    {
      component: 'asset',
      product: null,
      version: null,
      status,
      endOfSupport: ends,
      endOfExtendedSupport: null,
      reason: `The records state ${ends} as its end of life`,
      source: null,
    },
  ];
}

const keyOf = (assessment: LifecycleAssessment): string =>
  [assessment.component, assessment.product, assessment.version, assessment.status].join('\n');

/** Gives assets the lifecycles of what they run, and applications those of their members as well, each once. */
export function createFactBuilder(options: FactBuilderOptions): (asset: AssetContext) => DispositionFacts {
  const { today, catalogue = lifecycleCatalogue } = options;
  const assess = createLifecycleAssessor(today, catalogue);
  const known = new Map<string, readonly LifecycleAssessment[]>();

  function lifecycleOf(values: AttributeValues): readonly LifecycleAssessment[] {
    const key = componentAttributes.map((attribute) => textOf(values, attribute)).join('\n');
    let assessments = known.get(key);
    if (!assessments) {
      assessments = readComponents(values).map(assess);
      if (known.size >= memoryLimit) known.clear();
      known.set(key, assessments);
    }
    return [...assessments, ...statedEnd(values, today)];
  }

  return (asset) => {
    const members = asset.members ?? [];
    const lifecycle = new Map<string, LifecycleAssessment>();
    for (const values of [asset.values, ...members]) {
      for (const assessment of lifecycleOf(values)) lifecycle.set(keyOf(assessment), assessment);
    }
    return {
      name: asset.name,
      assetType: asset.assetType,
      subtype: asset.subtype,
      values: asset.values,
      members,
      lifecycle: [...lifecycle.values()],
      dependents: asset.dependents ?? 0,
      dependencies: asset.dependencies ?? 0,
      dependenciesKnown: asset.dependenciesKnown ?? false,
    };
  };
}
