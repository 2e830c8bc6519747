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

interface KeyedLifecycle {
  readonly key: string;
  readonly assessment: LifecycleAssessment;
}

const keyed = (assessment: LifecycleAssessment): KeyedLifecycle => {
  const { component, product, version, status } = assessment;
  return { key: [component, product, version, status].join('\n'), assessment };
};

/** Gives assets the lifecycles of what they run, and applications those of their members as well, each once. */
export function createFactBuilder(options: FactBuilderOptions): (asset: AssetContext) => DispositionFacts {
  const { today, catalogue = lifecycleCatalogue } = options;
  const assess = createLifecycleAssessor(today, catalogue);
  const known = new Map<string, readonly KeyedLifecycle[]>();
  /** Members of many applications are alike, and have the same values then. */
  const ofMembers = new WeakMap<AttributeValues, readonly KeyedLifecycle[]>();

  function lifecycleOf(values: AttributeValues): readonly KeyedLifecycle[] {
    const key = componentAttributes.map((attribute) => textOf(values, attribute)).join('\n');
    let assessments = known.get(key);
    if (!assessments) {
      assessments = readComponents(values).map((component) => keyed(assess(component)));
      if (known.size >= memoryLimit) known.clear();
      known.set(key, assessments);
    }
    const stated = statedEnd(values, today);
    return stated.length === 0 ? assessments : [...assessments, ...stated.map(keyed)];
  }

  function lifecycleOfMember(values: AttributeValues): readonly KeyedLifecycle[] {
    let assessments = ofMembers.get(values);
    if (!assessments) {
      assessments = lifecycleOf(values);
      ofMembers.set(values, assessments);
    }
    return assessments;
  }

  return (asset) => {
    const members = asset.members ?? [];
    const lifecycle = new Map<string, LifecycleAssessment>();
    for (const { key, assessment } of lifecycleOf(asset.values)) lifecycle.set(key, assessment);
    for (const values of members) {
      for (const { key, assessment } of lifecycleOfMember(values)) lifecycle.set(key, assessment);
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
