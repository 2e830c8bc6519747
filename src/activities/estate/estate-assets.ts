import { type BinaryRow, versionBytes } from '../../db/bulk/binary-rows';
import {
  assetFields,
  type FormerAsset,
  listFormerAssets,
  mentionAttributes,
  readEstateAssets,
  referenceAttributes,
} from '../../db/estate/estate-assets';
import { attributeValue } from '../../db/bulk/binary-rows';
import type { TenantTrx } from '../../db/connection/tenant';
import type { AttributeName, AttributeValue, AttributeValues } from '../../domain/attributes/types';
import { Integers } from '../../domain/dependencies/growing';
import { type MovingAsset, readinessAttributes } from '../../domain/disposition/move-judge';
import type { AssetType } from '../../domain/lists';
import type { NameTables, ReferenceAsset } from '../../domain/dependencies/resolve';
import { BytePool, ByteTable } from './byte-table';
import { addPlainNames, fieldEnd } from './plain-names';
import { IdColumn } from '../../db/bulk/id-column';

/** Class of an asset as it is stored. */
export interface AssetKind {
  readonly assetType: AssetType;
  readonly subtype: string | null;
}

const lengthBytes = 4;

/**
 * All living assets of an estate as columns, told by their places: about 250 bytes an asset, none of them an object.
 * What a row says beside its names is kept once for all rows that say it.
 */
export class EstateAssets {
  readonly ids = new IdColumn();
  /** By asset: number in `kinds`. */
  readonly kindOf = new Integers();
  readonly kinds: AssetKind[] = [];
  /** By asset: what it says about its readiness, its importance and its applications, each a number of its own. */
  readonly readinessOf = new Integers();
  readonly importanceOf = new Integers();
  readonly mentionsOf = new Integers();
  readonly readiness: MovingAsset[] = [];
  readonly importance: AttributeValues[] = [];
  readonly mentions: AttributeValues[] = [];
  private readonly kindTable = new ByteTable();
  private readonly readinessTable = new ByteTable();
  private readonly importanceTable = new ByteTable();
  private readonly mentionTable = new ByteTable();
  private readonly roleTable = new ByteTable();
  private readonly roleOf = new Integers();
  /** Name and references of each asset as the server sent them. */
  private readonly names = new BytePool();
  private readonly formerly = new Map<number, ReferenceAsset[]>();

  get length(): number {
    return this.ids.length;
  }

  /** An asset as references name it; undefined beyond the last. */
  at(place: number): ReferenceAsset | undefined {
    if (place >= this.length) return undefined;
    const { assetType } = this.kind(place);
    const formerly = this.formerly.get(place);
    const shape = this.names.read(place, (page, start) => ({
      name: fieldText(page, start),
      values: fieldValues(page, fieldEnd(page, start)),
    }));
    return { ...shape, assetType, ...(formerly !== undefined && { formerly }) };
  }

  /** Adds the names of an asset by their bytes, see `ReferenceAssets`. */
  addNames(place: number, tables: NameTables): boolean {
    if (this.kind(place).assetType === 'application' || this.formerly.has(place)) return false;
    return this.names.read(place, (page, start) => addPlainNames(page, start, place, tables));
  }

  kind(place: number): AssetKind {
    return this.kinds[this.kindOf.at(place)] as AssetKind; // kinds are numbered as assets are added
  }

  nameOf(place: number): string {
    return this.names.read(place, fieldText);
  }

  /** What a machine does, null when it is not known. */
  serverRoleOf(place: number): string | null {
    const text = this.roleTable.text(this.roleOf.at(place)).slice(versionBytes);
    const value = text === '' ? null : attributeValue(text);
    return typeof value === 'string' ? value : null;
  }

  add(row: BinaryRow): void {
    this.ids.add(row.bytes, row.startOf(assetFields.id));
    this.names.add(row.bytes, row.markOf(assetFields.name), row.endOf(assetFields.environment));
    this.roleOf.push(numberOf(this.roleTable, row, row.startOf(assetFields.role), assetFields.role));
    this.addKind(row);
    this.addReadiness(row);
    this.addImportance(row);
    this.addMentions(row);
  }

  /** Says which assets were merged into others. */
  addFormer(former: readonly FormerAsset[]): void {
    for (const { livingId, ...asset } of former) {
      const place = this.ids.placeOf(livingId);
      if (place === undefined) continue;
      const list = this.formerly.get(place);
      if (list === undefined) this.formerly.set(place, [asset]);
      else list.push(asset);
    }
  }

  private addKind(row: BinaryRow): void {
    const kind = numberOf(this.kindTable, row, row.markOf(assetFields.type), assetFields.subtype);
    if (kind === this.kinds.length) {
      const assetType = row.ownText(assetFields.type) as AssetType; // the column holds asset types only
      const subtype = row.isNull(assetFields.subtype) ? null : row.ownText(assetFields.subtype);
      this.kinds.push({ assetType, subtype });
    }
    this.kindOf.push(kind);
  }

  private addReadiness(row: BinaryRow): void {
    const last = assetFields.mentions - 1;
    const readiness = numberOf(this.readinessTable, row, row.markOf(assetFields.type), last);
    if (readiness === this.readiness.length) {
      const values = row.ownValues(readinessAttributes, assetFields.readiness);
      this.readiness.push({ ...this.kind(this.kindOf.length - 1), values });
    }
    this.readinessOf.push(readiness);
  }

  private addImportance(row: BinaryRow): void {
    const { environment, criticality } = assetFields;
    const importance = numberOf(this.importanceTable, row, row.markOf(environment), criticality);
    if (importance === this.importance.length) {
      this.importance.push(row.ownValues(['environment', 'business_criticality'], environment));
    }
    this.importanceOf.push(importance);
  }

  private addMentions(row: BinaryRow): void {
    const first = assetFields.mentions;
    const last = first + mentionAttributes.length - 1;
    const mention = numberOf(this.mentionTable, row, row.markOf(first), last);
    if (mention === this.mentions.length) this.mentions.push(row.ownValues(mentionAttributes, first));
    this.mentionsOf.push(mention);
  }
}

/** Reads all living assets, by name. */
export async function loadEstateAssets(trx: TenantTrx): Promise<EstateAssets> {
  const assets = new EstateAssets();
  await readEstateAssets(trx, (row) => assets.add(row));
  assets.addFormer(await listFormerAssets(trx));
  return assets;
}

function numberOf(table: ByteTable, row: BinaryRow, start: number, last: number): number {
  return table.numberOf(row.bytes, start, row.endOf(last));
}

function fieldText(page: Buffer, mark: number): string {
  return page.toString('utf8', mark + lengthBytes, fieldEnd(page, mark));
}

function fieldValues(page: Buffer, start: number): AttributeValues {
  const values: { [name in AttributeName]?: AttributeValue } = {};
  let mark = start;
  for (const name of referenceAttributes) {
    const end = fieldEnd(page, mark);
    const text = mark + lengthBytes + versionBytes;
    if (end > text) values[name] = attributeValue(page.toString('utf8', text, end));
    mark = end;
  }
  return values;
}
