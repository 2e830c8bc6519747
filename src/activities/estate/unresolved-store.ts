import { attributeValue, versionBytes } from '../../db/binary-rows';
import { Integers } from '../../domain/dependencies/growing';
import type { DependencyType } from '../../domain/lists';
import type { ByteTable } from './byte-table';

/** A reference that became no edge, as it is kept. */
export interface UnresolvedReference {
  readonly run: number;
  readonly rowNumber: number;
  /** The record's own asset by its place; −1 for rows of relations and flows. */
  readonly own: number;
  /** Number of the text that names nothing; of the source of a row that says nothing, −1 when it has none. */
  readonly reference: number;
  /** Number of the target of a row that says nothing; −1: `reference` alone is what is told. */
  readonly target: number;
  readonly isSkipped: boolean;
  readonly reason: string;
  readonly type: DependencyType;
}

/** References without an edge as columns: 28 bytes each, because a file of flows may have millions. */
export class UnresolvedStore {
  private readonly runs = new Integers();
  private readonly rows = new Integers();
  private readonly owns = new Integers();
  private readonly references = new Integers();
  private readonly targets = new Integers();
  private readonly codes = new Integers();
  readonly kinds: Pick<UnresolvedReference, 'reason' | 'type' | 'isSkipped'>[] = [];
  private readonly codeOfKind = new Map<string, number>();

  get length(): number {
    return this.runs.length;
  }

  add(one: UnresolvedReference): void {
    this.runs.push(one.run);
    this.rows.push(one.rowNumber);
    this.owns.push(one.own);
    this.references.push(one.reference);
    this.targets.push(one.target);
    this.codes.push(this.codeOf(one));
  }

  runOf(place: number): number {
    return this.runs.at(place);
  }

  rowOf(place: number): number {
    return this.rows.at(place);
  }

  ownOf(place: number): number {
    return this.owns.at(place);
  }

  /** Number of its reason and type in `kinds`. */
  kindOf(place: number): number {
    return this.codes.at(place);
  }

  /** What a reference says, by the texts of references and the cells of rows that say nothing. */
  textAt(place: number, texts: ByteTable, cells: ByteTable): string {
    const reference = this.references.at(place);
    if (this.kinds[this.codes.at(place)]?.isSkipped !== true) return texts.text(reference);
    const said = [reference, this.targets.at(place)].filter((cell) => cell >= 0);
    return said.map((cell) => String(attributeValue(cells.text(cell).slice(versionBytes)))).join(' → ');
  }

  private codeOf({ reason, type, isSkipped }: UnresolvedReference): number {
    const key = `${reason} ${type} ${String(isSkipped)}`;
    const known = this.codeOfKind.get(key);
    if (known !== undefined) return known;
    this.codeOfKind.set(key, this.kinds.length);
    return this.kinds.push({ reason, type, isSkipped }) - 1;
  }
}
