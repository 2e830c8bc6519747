import type { AttributeName, AttributeValues } from '../../domain/attributes/types';
import type { Evidence, SurvivingAsset, ValueOrigin } from '../../domain/inventory/types';
import type { AssetDocument, PreviousAsset } from '../../db/estate/asset-changes';
import type { StoredOrigin, StoredOrigins, StoredRecordRef } from '../../db/estate/assets';
import { type EstateRecord, importOfKey } from './estate-records';

type Cluster = readonly EstateRecord[];

/** Evidence of the surest record that has the asset's class. */
function evidenceOf(records: Cluster, asset: SurvivingAsset): readonly Evidence[] {
  let best: EstateRecord | undefined;
  for (const record of records) {
    const { assetType, confidence } = record.source.classification;
    if (assetType !== asset.assetType) continue;
    if (best === undefined || confidence > best.source.classification.confidence) best = record;
  }
  return best?.source.classification.evidence ?? [];
}

function refOf(importKey: string, rowNumber: number): StoredRecordRef {
  return { import_id: importOfKey(importKey), row_number: rowNumber };
}

/** An asset of many thousand parts is explained by the first of them. */
const mostRows = 200;

function storedOrigin(origin: ValueOrigin): StoredOrigin | null {
  if (origin.by === 'person') return { user_id: origin.userId ?? '' };
  if (origin.by === 'rule') return { rule: origin.rule ?? '' };
  if (origin.importId === null) return null;
  const ref = refOf(origin.importId, origin.rowNumber ?? 0);
  return origin.rowNumbers === undefined ? ref : { ...ref, rows: origin.rowNumbers.slice(0, mostRows) };
}

/** The record that most values come from stands once, the others by attribute. */
function storedOrigins(records: Cluster, asset: SurvivingAsset): StoredOrigins | null {
  // The origins are keyed by the registry's names.
  const entries = Object.entries(asset.origins) as [AttributeName, ValueOrigin][];
  const main = mainRecord(records, entries);
  if (main === undefined) return null;
  const { importId, rowNumber } = main.source;
  const others: Partial<Record<AttributeName, StoredOrigin>> = {};
  for (const [name, origin] of entries) {
    if (origin.by === 'source' && isOf(origin, importId, rowNumber) && !origin.rowNumbers) continue;
    const stored = storedOrigin(origin);
    if (stored !== null) others[name] = stored;
  }
  return { record: refOf(importId, rowNumber), others };
}

function isOf(origin: ValueOrigin, importId: string, rowNumber: number): boolean {
  return origin.importId === importId && origin.rowNumber === rowNumber;
}

function mainRecord(
  records: Cluster,
  entries: readonly (readonly [AttributeName, ValueOrigin])[],
): EstateRecord | undefined {
  if (records.length === 1) return records[0];
  let main: EstateRecord | undefined;
  let most = -1;
  for (const record of records) {
    const { importId, rowNumber } = record.source;
    const count = entries.filter(([, origin]) => isOf(origin, importId, rowNumber)).length;
    if (count > most) {
      main = record;
      most = count;
    }
  }
  return main;
}

/** What is stored of an asset that survives from a cluster of records. `flowOf` names the flow of a record. */
export function assetDocument(
  records: Cluster,
  asset: SurvivingAsset,
  flowOf: (record: EstateRecord) => string | null,
): AssetDocument {
  const first = records[0];
  const last = records.at(-1);
  return {
    name: asset.name,
    asset_type: asset.assetType,
    subtype: asset.subtype,
    confidence: asset.classificationConfidence,
    classification: evidenceOf(records, asset),
    values: asset.values,
    origins: storedOrigins(records, asset),
    first_flow_id: first === undefined ? null : flowOf(first),
    last_flow_id: last === undefined ? null : flowOf(last),
  };
}

/** Whether people would see no difference between an asset as it was and as it is now. */
export function isSameAsset(before: PreviousAsset, after: AssetDocument): boolean {
  return (
    before.name === after.name &&
    before.asset_type === after.asset_type &&
    before.subtype === after.subtype &&
    haveSameValues(before.values, after.values)
  );
}

function haveSameValues(before: AttributeValues, after: AttributeValues): boolean {
  // Values are keyed by the registry's names.
  const names = Object.keys(after) as AttributeName[];
  if (names.length !== Object.keys(before).length) return false;
  return names.every((name) => {
    const one = before[name];
    const two = after[name];
    if (typeof one !== 'object' || typeof two !== 'object') return one === two;
    return one.length === two.length && one.every((part, at) => part === two[at]);
  });
}
