import type { AttributeName, AttributeValue, AttributeValues } from '../../domain/attributes/types';
import { duplicateHashes } from '../../domain/inventory/identity/near-duplicates';
import type { NamedAsset } from '../../db/estate/duplicate-subjects';
import { namingAttributes } from '../../db/estate/application-members';
import type { LoneChange } from '../../db/estate/asset-changes';
import { AssetHashes } from './asset-hashes';
import { assetIdOfRow } from './asset-ids';
import { applicationKeysOf, type Projection } from './project-records';
import { withSerial } from './named-serial';

/** Different cells that are looked at together; with more of them memory would grow with the estate. */
export const mostNamingCells = 5_000;

const noCell = -1;
const serialStart = 'serial:';

/**
 * What the first projection of an estate remembers of the names in the assets that it makes, so that they are not read
 * again. Assets may be added that come to nothing; cells count when they are used.
 */
export class ProjectedNames {
  private readonly hashes = new AssetHashes();
  /** Ids of the assets with negative numbers. */
  private readonly ids: string[] = [];
  private importKey = '';
  /** Identity keys of the applications, without their class. */
  readonly applicationKeys: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly cells: AttributeValues[] = [];
  private readonly used = new Set<number>();
  private hasTooMany = false;

  /** The import whose records stand alone, by the text that stands for it in the rules. */
  setImport(importKey: string): void {
    this.importKey = importKey;
  }

  /** Everything that a batch makes. */
  addProjection({ changes, lone }: Projection): void {
    for (const { change, values } of lone) {
      this.addLone(change, this.numberOf(change.assetId));
      this.useCell(this.cellOf(values));
    }
    for (const change of changes) {
      if (change.state !== 'created' && change.state !== 'updated') continue;
      const { name, asset_type: assetType, values, keys = [] } = change.after;
      const serial = values.serial_number === undefined ? null : String(values.serial_number);
      this.addNamed(this.numberOf(change.assetId), { id: change.assetId, name, assetType, serial });
      if (assetType === 'application') this.applicationKeys.push(...applicationKeysOf(keys));
      else this.useCell(this.cellOf(values));
    }
  }

  /** `asset` is the row of its record in the import, when it is of that. */
  addLone({ assetId: id, name, shared, keys }: LoneChange, asset: number): void {
    const serial = keys.find((key) => key.startsWith(serialStart)) ?? null;
    this.addNamed(asset, { id, name, assetType: shared.asset_type, serial });
  }

  private addNamed(number: number, asset: NamedAsset): void {
    this.hashes.add(number, duplicateHashes(withSerial(asset)));
  }

  /** Assets that no row of the import stands for have negative numbers. */
  private numberOf(id: string): number {
    return -this.ids.push(id);
  }

  /** A number for the cells of an asset that may name applications; negative when it has none. */
  cellOf(values: AttributeValues): number {
    const key = cellKey(values);
    if (key === undefined) return noCell;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    if (this.cells.length >= mostNamingCells) {
      this.hasTooMany = true;
      return noCell;
    }
    this.numbers.set(key, this.cells.length);
    return this.cells.push(pickNaming(values)) - 1;
  }

  useCell(cell: number): void {
    if (cell !== noCell) this.used.add(cell);
  }

  /** Ids of the assets whose names may be alike, with some that are none. */
  alikeIds(): string[] {
    const { ids, importKey } = this;
    return Array.from(this.hashes.sharing(), (asset) =>
      asset < 0 ? (ids[-asset - 1] ?? '') : assetIdOfRow(importKey, asset),
    );
  }

  /** Cells that name applications, each once; undefined when there are too many to remember. */
  namingCells(): AttributeValues[] | undefined {
    if (this.hasTooMany) return undefined;
    return this.cells.filter((_, cell) => this.used.has(cell));
  }
}

/** Equal for equal cells; undefined when there are none. */
function cellKey(values: AttributeValues): string | undefined {
  const { application_name: name, tags, custom_attributes: others } = values;
  if (tags === undefined && others === undefined && typeof name !== 'object') return name?.toString();
  return `\n${JSON.stringify([name, tags, others])}`;
}

function pickNaming(values: AttributeValues): AttributeValues {
  const picked: { [name in AttributeName]?: AttributeValue } = {};
  for (const name of namingAttributes) {
    const value = values[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
