import type { AttributeName, AttributeValue, AttributeValues } from '../../domain/attributes/types';
import { duplicateHashes } from '../../domain/inventory/near-duplicates';
import type { NamedAsset } from '../../db/duplicate-subjects';
import { namingAttributes } from '../../db/application-members';
import type { LoneChange } from '../../db/asset-changes';
import { AssetHashes } from './asset-hashes';
import type { Projection } from './project-records';
import { withSerial } from './propose-duplicates';

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
  private readonly numbers = new Map<string, number>();
  private readonly cells: AttributeValues[] = [];
  private readonly used = new Set<number>();
  private hasTooMany = false;

  /** An asset by its name and serial number, or identity key of it. */
  addNamed(asset: NamedAsset): void {
    this.hashes.add(asset.id, duplicateHashes(withSerial(asset)));
  }

  /** Everything that a batch makes. */
  addProjection({ changes, lone }: Projection): void {
    for (const { change, values } of lone) {
      this.addLone(change);
      this.useCell(this.cellOf(values));
    }
    for (const change of changes) {
      if (change.state !== 'created' && change.state !== 'updated') continue;
      const { name, asset_type: assetType, values } = change.after;
      const serial = values.serial_number === undefined ? null : String(values.serial_number);
      this.addNamed({ id: change.assetId, name, assetType, serial });
      if (assetType !== 'application') this.useCell(this.cellOf(values));
    }
  }

  addLone({ assetId: id, name, shared, keys }: LoneChange): void {
    const serial = keys.find((key) => key.startsWith(serialStart)) ?? null;
    this.addNamed({ id, name, assetType: shared.asset_type, serial });
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
    return this.hashes.sharedIds();
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
