import { attributeValue, versionBytes } from '../../db/bulk/binary-rows';
import { Integers } from '../../domain/dependencies/growing';
import type { DependencyType } from '../../domain/lists';
import type { ByteTable } from './byte-table';

/** Why references became no edge. */
export interface UnresolvedKind {
  readonly reason: string;
  readonly type: DependencyType;
  /** Whether the whole row says nothing: its cells are told then, not a reference. */
  readonly isSkipped: boolean;
}

/** The record of a reference: a run, a row of it, and its own asset by its place (−1: none). */
export interface UnresolvedPlace {
  readonly run: number;
  readonly rowNumber: number;
  readonly own: number;
}

/** Numbers of the text that names nothing, or of the two cells of a row that says nothing; −1 for what there is not. */
export interface UnresolvedTexts {
  readonly reference: number;
  readonly target: number;
}

/** References without an edge as columns: 24 bytes each, because a file of flows may have millions. */
export class UnresolvedStore {
  private readonly runs = new Integers();
  private readonly rows = new Integers();
  private readonly owns = new Integers();
  private readonly references = new Integers();
  private readonly targets = new Integers();
  private readonly codes = new Integers();
  readonly kinds: UnresolvedKind[] = [];

  get length(): number {
    return this.runs.length;
  }

  /** Numbers a kind of reference. */
  addKind(kind: UnresolvedKind): number {
    const { reason, type, isSkipped } = kind;
    const known = this.kinds.findIndex(
      (one) => one.reason === reason && one.type === type && one.isSkipped === isSkipped,
    );
    return known === -1 ? this.kinds.push(kind) - 1 : known;
  }

  add(kind: number, { run, rowNumber, own }: UnresolvedPlace, { reference, target }: UnresolvedTexts): void {
    this.runs.push(run);
    this.rows.push(rowNumber);
    this.owns.push(own);
    this.references.push(reference);
    this.targets.push(target);
    this.codes.push(kind);
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
}
