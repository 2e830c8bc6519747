import type { AttributeValues } from '../../src/domain/attributes/types';
import { assessLifecycle } from '../../src/domain/disposition/lifecycle';
import type { ComponentVersion, DispositionFacts } from '../../src/domain/disposition/types';
import type { AssetType } from '../../src/domain/lists';

/** The day on which the test assets are judged. */
export const assessmentDay = '2026-03-01';

export interface TestAsset {
  readonly name?: string;
  readonly type?: AssetType;
  readonly subtype?: string;
  readonly values?: AttributeValues;
  readonly members?: readonly AttributeValues[];
  /** Products as `kind product version`, such as `operating_system windows-server 2012 R2`. */
  readonly runs?: readonly string[];
  /** Left out: no relations of the estate are known. */
  readonly dependents?: number;
  readonly dependencies?: number;
}

function componentOf(text: string): ComponentVersion {
  const [kind = '', product = '', ...version] = text.split(' ');
  // The tests write only these three words.
  return { kind: kind as ComponentVersion['kind'], product, version: version.join(' ') || null };
}

/** Facts about an asset as the assessment builds them. */
export function factsOf(asset: TestAsset): DispositionFacts {
  return {
    name: asset.name ?? 'asset-1',
    assetType: asset.type ?? 'application',
    subtype: asset.subtype ?? null,
    values: asset.values ?? {},
    members: asset.members ?? [],
    lifecycle: (asset.runs ?? []).map((text) => assessLifecycle(componentOf(text), assessmentDay)),
    dependents: asset.dependents ?? 0,
    dependencies: asset.dependencies ?? 0,
    dependenciesKnown: asset.dependents !== undefined || asset.dependencies !== undefined,
  };
}
