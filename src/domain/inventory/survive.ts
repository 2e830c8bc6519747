import { attributeDefinition } from '../attributes/registry';
import { attributeNames } from '../attributes/types';
import type { AttributeName, AttributeValue, AttributeValues } from '../attributes/types';
import { assetTypes } from '../lists';
import type { AssetType } from '../lists';
import { partsOf, textOf } from './attribute-text';
import { chooseClass } from './classification/class-choice';
import { joinDetails } from './detail-records';
import { disagreementOn } from './disagreements';
import { resolveName } from './naming';
import { moreSpecific } from './identity/specific-text';
import { rankRecords } from './record-order';
import type { AssetOverride, Disagreement, SourceRecord, SurvivingAsset, ValueOrigin } from './types';

type Origins = { [name in AttributeName]?: ValueOrigin };
type Values = { [name in AttributeName]?: AttributeValue };

interface Survivor {
  readonly value: AttributeValue;
  readonly origin: ValueOrigin;
}

function fromSource(record: SourceRecord, name: AttributeName): ValueOrigin {
  const { importId, rowNumber, detailRows } = record;
  const rows = detailRows?.[name] ?? [];
  const origin = {
    by: 'source',
    importId,
    rowNumber: rows[0] ?? rowNumber,
    rule: null,
    userId: null,
  } as const;
  return rows.length > 1 ? { ...origin, rowNumbers: rows } : origin;
}

function fromPerson(override: AssetOverride): ValueOrigin {
  return { by: 'person', importId: null, rowNumber: null, rule: null, userId: override.userId };
}

function isFilled(record: SourceRecord, name: AttributeName): boolean {
  const value = record.values[name];
  if (value === undefined) return false;
  return typeof value === 'string' ? value.trim() !== '' : partsOf(record.values, name).length > 0;
}

/** The freshest statement of each source about one attribute, the most trusted source first. */
function statements(ranked: readonly SourceRecord[], name: AttributeName): SourceRecord[] {
  const stated: SourceRecord[] = [];
  for (const record of ranked) {
    if (isFilled(record, name) && !stated.some((other) => other.sourceId === record.sourceId))
      stated.push(record);
  }
  if (ranked.length < 2) return stated;
  return attributeDefinition(name).multiple
    ? stated.flatMap((record) => [record, ...complements(ranked, record, name)])
    : stated.map((record) => complements(ranked, record, name).find(isJoined(name)) ?? record);
}

/** What the other tables of the upload of a statement say about the same. */
function complements(
  ranked: readonly SourceRecord[],
  { uploadId, importId }: SourceRecord,
  name: AttributeName,
): SourceRecord[] {
  if (uploadId === undefined) return [];
  return ranked.filter(
    (other) => other.uploadId === uploadId && other.importId !== importId && isFilled(other, name),
  );
}

/** What the parts of an asset add up to says more than what another table of the same upload says of the whole. */
function isJoined(name: AttributeName): (record: SourceRecord) => boolean {
  return ({ detailRows }) => detailRows?.[name] !== undefined;
}

/** Addresses, references and tags of all sources together, the most trusted first. */
function united(stated: readonly SourceRecord[], name: AttributeName): AttributeValue {
  const parts = new Map<string, string>();
  for (const record of stated) {
    for (const part of partsOf(record.values, name)) {
      const key = part.toLowerCase();
      if (!parts.has(key)) parts.set(key, part);
    }
  }
  return [...parts.values()];
}

function single(stated: readonly SourceRecord[], name: AttributeName): Survivor | null {
  const [best, ...others] = stated;
  const value = best?.values[name];
  if (best === undefined || value === undefined) return null;
  if (name === 'environment' && value === 'unknown') {
    const known = others.find((record) => textOf(record.values, name) !== 'unknown');
    if (known !== undefined) return { value: known.values[name] ?? value, origin: fromSource(known, name) };
  }
  const equals = others.filter((record) => record.rank === best.rank);
  const finer = equals.find((record) => moreSpecific(name, record.values[name], value));
  const chosen = finer ?? best;
  return { value: chosen.values[name] ?? value, origin: fromSource(chosen, name) };
}

function survivorOf(stated: readonly SourceRecord[], name: AttributeName): Survivor | null {
  const [best] = stated;
  if (best === undefined) return null;
  if (attributeDefinition(name).multiple)
    return { value: united(stated, name), origin: fromSource(best, name) };
  return single(stated, name);
}

function latestOverrides(overrides: readonly AssetOverride[]): Map<AttributeName, AssetOverride> {
  const latest = new Map<AttributeName, AssetOverride>();
  for (const override of overrides) {
    const known = latest.get(override.attribute);
    if (known === undefined || newerThan(override, known)) latest.set(override.attribute, override);
  }
  return latest;
}

function newerThan(one: AssetOverride, two: AssetOverride): boolean {
  return one.at === two.at ? JSON.stringify(one.value) > JSON.stringify(two.value) : one.at > two.at;
}

function overriddenType(overrides: ReadonlyMap<AttributeName, AssetOverride>): AssetType | undefined {
  const value = overrides.get('asset_type')?.value;
  return assetTypes.find((type) => type === value);
}

interface Projection {
  readonly values: Values;
  readonly origins: Origins;
  readonly disagreements: Disagreement[];
}

function project(
  ranked: readonly SourceRecord[],
  overrides: ReadonlyMap<AttributeName, AssetOverride>,
): Projection {
  const projection: Projection = { values: {}, origins: {}, disagreements: [] };
  for (const name of attributeNames) {
    const override = overrides.get(name);
    if (override !== undefined) {
      projection.origins[name] = fromPerson(override);
      if (override.value !== null) projection.values[name] = override.value;
      continue;
    }
    // Most attributes are told by no record.
    if (!ranked.some(({ values }) => values[name] !== undefined)) continue;
    const stated = statements(ranked, name);
    const survivor = survivorOf(stated, name);
    if (survivor === null) continue;
    projection.values[name] = survivor.value;
    projection.origins[name] = survivor.origin;
    const disagreement = disagreementOn(name, stated);
    if (disagreement !== null) projection.disagreements.push(disagreement);
  }
  return projection;
}

/** The role that classification read from a name or a declared type, where no source has one. */
function addRole(projection: Projection, role: string | null | undefined): void {
  if (role === null || role === undefined || projection.values.server_role !== undefined) return;
  if (projection.origins.server_role !== undefined) return;
  projection.values.server_role = role;
  projection.origins.server_role = {
    by: 'rule',
    importId: null,
    rowNumber: null,
    rule: 'role_of_class_or_name',
    userId: null,
  };
}

/** Any name that the records or the person give; an asset of nameless records is called by its class. */
function nameOf(values: AttributeValues, assetType: AssetType, ranked: readonly SourceRecord[]): string {
  const resolved = resolveName(values, assetType) ?? textOf(values, 'application_name');
  if (resolved !== undefined) return resolved;
  const address = partsOf(values, 'ip_address')[0];
  return address ?? `${assetType} of row ${String(ranked[0]?.rowNumber ?? 0)}`;
}

/**
 * The asset that a set of records speaks of. Each value is a person's override, else that of the most trusted
 * source, the freshest export, the fullest record; lists are united. The order of records is no matter.
 * Throws when there is no record.
 */
export function survive(
  records: readonly SourceRecord[],
  overrides: readonly AssetOverride[],
): SurvivingAsset {
  if (records.length === 0) throw new Error('an asset needs at least one record');
  const ranked = rankRecords(joinDetails(records));
  const decided = latestOverrides(overrides);
  const projection = project(ranked, decided);
  const choice = chooseClass(ranked);
  const forcedType = overriddenType(decided);
  const assetType = forcedType ?? choice.classification.assetType;
  const keepsSubtype = assetType === choice.classification.assetType;
  if (keepsSubtype) addRole(projection, choice.classification.serverRole);
  const classDisagreement = forcedType === undefined ? choice.disagreement : null;
  return {
    name: nameOf(projection.values, assetType, ranked),
    assetType,
    subtype: keepsSubtype ? choice.classification.subtype : null,
    classificationConfidence: forcedType === undefined ? choice.classification.confidence : 1,
    values: projection.values,
    origins: projection.origins,
    disagreements:
      classDisagreement === null
        ? projection.disagreements
        : [classDisagreement, ...projection.disagreements],
  };
}
