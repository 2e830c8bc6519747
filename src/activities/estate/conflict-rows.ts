import type { ClusterConflict } from '../../domain/inventory/identity/clusters';
import type { NearDuplicate } from '../../domain/inventory/identity/near-duplicates';
import type { Disagreement } from '../../domain/inventory/types';
import type { NewConflict } from '../../db/estate/conflicts';
import type { NamedAsset } from '../../db/estate/duplicate-subjects';
import { fingerprintOf } from './asset-ids';
import { type EstateRecord, importOfKey } from './estate-records';

/** What sources of equal rank say differently about one asset. */
export function disagreementRow(assetId: string, disagreement: Disagreement): NewConflict {
  const { kind, attribute, message, candidates } = disagreement;
  const values = candidates.map(({ value }) => JSON.stringify(value)).toSorted();
  return {
    assetId,
    kind,
    attribute,
    message,
    candidates: candidates.map(({ value, importId, rowNumber }) => ({
      value,
      import_id: importOfKey(importId),
      row_number: rowNumber,
    })),
    fingerprint: fingerprintOf([kind, assetId, attribute ?? '', ...values]),
  };
}

/** Records that look like one asset and stand on several. Undefined when they are one by now. */
export function clashRow(
  conflict: ClusterConflict,
  records: readonly EstateRecord[],
  assetOf: (record: number) => string,
): NewConflict | undefined {
  const { kind, key, message } = conflict;
  const assets = [...new Set(conflict.records.map(assetOf))].toSorted();
  const [assetId] = assets;
  if (assetId === undefined || assets.length < 2) return undefined;
  const candidates = conflict.records.flatMap((at) => {
    const source = records[at]?.source;
    if (source === undefined) return [];
    const { importId, rowNumber } = source;
    return [{ asset_id: assetOf(at), import_id: importOfKey(importId), row_number: rowNumber }];
  });
  const fingerprint = fingerprintOf([kind, key.kind, key.value, ...assets]);
  return { assetId, kind, attribute: null, message, candidates, fingerprint };
}

/** Two assets that may be one, as a question to people. */
export function proposalRow(
  { score, reasons }: NearDuplicate,
  pair: readonly [NamedAsset, NamedAsset],
): NewConflict {
  const [one, two] = pair.toSorted((first, second) => (first.id < second.id ? -1 : 1));
  const ids = pair.map(({ id }) => id).toSorted();
  return {
    assetId: ids[0] ?? null,
    kind: 'near_duplicate',
    attribute: null,
    message: `"${one?.name ?? ''}" and "${two?.name ?? ''}" may be one: ${reasons.join(', ')}`,
    candidates: [one, two].flatMap((asset) =>
      asset === undefined ? [] : [{ asset_id: asset.id, name: asset.name, score }],
    ),
    fingerprint: fingerprintOf(['near_duplicate', 'alike', ...ids]),
  };
}
