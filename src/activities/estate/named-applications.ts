import type { AttributeValues } from '../../domain/attributes/types';
import { applicationCandidates, certain } from '../../domain/inventory/applications';
import {
  type AssetDocument,
  insertAssetChanges,
  listForsakenAssets,
  type NewAssetChange,
} from '../../db/estate/asset-changes';
import {
  listProjectedApplicationKeys,
  type NamingAsset,
  streamNamingAssets,
} from '../../db/estate/application-members';
import {
  type KnownAsset,
  listKnownAssets,
  listNamedApplications,
  namedByAssets,
  type NamedApplication,
} from '../../db/estate/assets';
import { type TenantTrx, tenantOf } from '../../db/connection/tenant';
import { assetIdOfApplication } from './asset-ids';
import { previousOf } from './project-records';
import { mostNamingCells, type ProjectedNames } from './projected-names';

/** Applications that exist only because other assets name them, as assets, by their identity key. */
export async function loadNamedOnly(trx: TenantTrx): Promise<Map<string, KnownAsset>> {
  const named = await listNamedApplications(trx);
  return new Map(named.filter(({ isDerived }) => isDerived).map((one) => [one.key, knownAsset(one)]));
}

function knownAsset({ id, name }: NamedApplication): KnownAsset {
  const shape = { assetType: 'application', subtype: null, mergedInto: null, isDeleted: false } as const;
  return { id, name, values: { name }, createdAt: 0, ...shape };
}

/**
 * Once all records are projected: makes the applications that assets name and nobody describes, removes those that
 * nobody names any more, and the assets that no record speaks of. Answers how many changes that were.
 */
export async function projectNamedApplications(
  trx: TenantTrx,
  run: { readonly runId: string; readonly flowId: string | null },
  names?: ProjectedNames,
): Promise<number> {
  const named = await listNamedApplications(trx);
  const keyOf = new Map(named.map(({ id, key }) => [id, key]));
  const forsaken = await listKnownAssets(trx, await listForsakenAssets(trx, run.runId));
  // What is gone names no application any more, so it goes first.
  const gone = forsaken.filter(({ id }) => !keyOf.has(id)).map(removal);
  await insertAssetChanges(trx, run.runId, gone);
  const wanted = await mentionedApplications(trx, run.runId, names?.namingCells());
  const derived = new Set(named.filter(({ isDerived }) => isDerived).map(({ id }) => id));
  const changes = forsaken.flatMap((asset): NewAssetChange[] => {
    const key = keyOf.get(asset.id);
    if (key === undefined) return [];
    const name = wanted.get(key);
    if (name === undefined) return [removal(asset)];
    if (derived.has(asset.id)) return [];
    const after = namedDocument(name, key, run.flowId);
    return [{ assetId: asset.id, state: 'updated', before: previousOf(asset), after }];
  });
  const projected = names?.applicationKeys ?? (await listProjectedApplicationKeys(trx, run.runId));
  const owned = new Set([...projected, ...keyOf.values()]);
  const { engagementId } = tenantOf(trx);
  for (const [key, name] of wanted) {
    if (owned.has(key)) continue;
    const after = namedDocument(name, key, run.flowId);
    changes.push({ assetId: assetIdOfApplication(engagementId, key), state: 'created', before: null, after });
  }
  await insertAssetChanges(trx, run.runId, changes);
  return gone.length + changes.length;
}

function removal(asset: KnownAsset): NewAssetChange {
  return { assetId: asset.id, state: 'removed', before: previousOf(asset), after: null };
}

/** Names of the applications that assets name for certain, by key. */
async function mentionedApplications(
  trx: TenantTrx,
  runId: string,
  cells: readonly AttributeValues[] | undefined,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  let subjects: NamingAsset[] = [];
  const note = (): void => {
    for (const { asset, confidence, key, name } of applicationCandidates(subjects)) {
      if (asset !== null || confidence < certain) continue;
      const known = names.get(key);
      if (known === undefined || name < known) names.set(key, name);
    }
    subjects = [];
  };
  if (cells === undefined) {
    for await (const assets of streamNamingAssets(trx, runId)) {
      subjects.push(...assets);
      if (subjects.length >= mostNamingCells) note();
    }
  } else {
    subjects = cells.map((values) => ({ name: '', assetType: 'other', values }));
  }
  note();
  return new Map([...names].toSorted(([one], [two]) => (one < two ? -1 : 1)));
}

function namedDocument(name: string, key: string, flowId: string | null): AssetDocument {
  return {
    name,
    asset_type: 'application',
    subtype: null,
    confidence: certain,
    classification: [{ code: namedByAssets, weight: certain, text: 'other assets name it' }],
    values: { name },
    origins: { record: null, others: { name: { rule: namedByAssets } } },
    first_flow_id: flowId,
    last_flow_id: flowId,
    keys: [`name:application|${key}`],
  };
}
