import { attributeValue, versionBytes } from '../../db/binary-rows';
import { Integers } from '../../domain/dependencies/growing';
import { type DependencyType, dependencyTypes } from '../../domain/lists';
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
  private readonly kinds: Pick<UnresolvedReference, 'reason' | 'type' | 'isSkipped'>[] = [];
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

  at(place: number): UnresolvedReference {
    const kind = this.kinds[this.codes.at(place)] ?? unknownKind;
    return {
      run: this.runs.at(place),
      rowNumber: this.rows.at(place),
      own: this.owns.at(place),
      reference: this.references.at(place),
      target: this.targets.at(place),
      ...kind,
    };
  }

  /** What a reference says, by the texts of references and the cells of rows that say nothing. */
  textAt(place: number, texts: ByteTable, cells: ByteTable): string {
    const { reference, target, isSkipped } = this.at(place);
    if (!isSkipped) return texts.text(reference);
    const said = [reference, target].filter((cell) => cell >= 0);
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

const unknownKind = { reason: 'not_found', type: dependencyTypes[0], isSkipped: false } as const;
