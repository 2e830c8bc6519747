import { type BinaryRow, versionBytes } from '../../db/bulk/binary-rows';
import { relationFields } from '../../db/estate/estate-statements';
import type { AttributeName, AttributeValue } from '../../domain/attributes/types';
import {
  connectionNoise,
  type NoiseReason,
  numberOf,
  portNoise,
  protocolNoise,
  targetNoise,
} from '../../domain/dependencies/flow-noise';
import { Integers } from '../../domain/dependencies/growing';
import type { RelationMeaning } from '../../domain/dependencies/relation-types';
import { originOf, statedMeaning, statedProtocol } from '../../domain/dependencies/statements';
import { textOf } from '../../domain/inventory/attribute-text';
import type { DependencyOrigin, TableKind } from '../../domain/lists';
import { type Collected, portOf } from './asset-statements';
import { ByteTable } from './byte-table';
import { reasonOf, type ReferenceLane } from './reference-book';
import type { UnresolvedPlace } from './unresolved-store';

export interface RelationCounts {
  linked: number;
  unresolved: number;
  skipped: number;
}

/** What rows with the same words and protocol have in common. */
interface RowKind {
  readonly meaning: RelationMeaning;
  readonly protocol: string | null;
  readonly noise: NoiseReason | null;
  readonly source: ReferenceLane;
  readonly target: ReferenceLane;
}

interface RowPort {
  readonly port: number | null;
  readonly noise: NoiseReason | null;
}

interface RowEnds {
  /** Numbers of references, less than 0 where a row names none. */
  readonly from: number;
  readonly to: number;
}

const kindAttributes: readonly AttributeName[] = ['dependency_type', 'protocol', 'environment'];
const nothing = -1;
const longestCount = 15;

/** Cells that name an end, each once: the text that it is as a reference, and why flows to it are noise. */
export class EndCells {
  readonly cells = new ByteTable();
  private readonly references = new Integers();
  private readonly noises: (NoiseReason | null)[] = [];

  constructor(private readonly texts: ByteTable) {}

  /** The number of a cell, −1 when it is empty. */
  numberOf(row: BinaryRow, field: number): number {
    if (row.isNull(field)) return nothing;
    const cell = this.cells.numberOf(row.bytes, row.startOf(field), row.endOf(field));
    if (cell === this.references.length) this.note(textOf(asValues(row.value(field)), 'name'));
    return cell;
  }

  /** The number of the reference in a cell, −1 when it names nothing. */
  referenceOf(cell: number): number {
    return cell === nothing ? nothing : this.references.at(cell);
  }

  noiseOf(cell: number): NoiseReason | null {
    return cell === nothing ? 'no_target' : (this.noises[cell] ?? null);
  }

  private note(text: string | undefined): void {
    this.references.push(text === undefined ? nothing : this.texts.numberOfText(text));
    this.noises.push(targetNoise(text ?? ''));
  }
}

/** The rows of one run of relations or network flows: each becomes an edge, an unresolved reference or is passed over. */
export class RelationRows {
  private readonly isFlows: boolean;
  private readonly origin: DependencyOrigin;
  private readonly kindTable = new ByteTable();
  private readonly kinds: RowKind[] = [];
  private readonly portTable = new ByteTable();
  private readonly ports: RowPort[] = [];

  constructor(
    private readonly collected: Collected,
    private readonly ends: EndCells,
    private readonly of: {
      readonly run: number;
      readonly tableKind: TableKind;
      readonly counts: RelationCounts;
    },
  ) {
    this.isFlows = of.tableKind === 'network_flows';
    this.origin = originOf(of);
  }

  readonly add = (row: BinaryRow): void => {
    const { ends } = this;
    const source = ends.numberOf(row, relationFields.source);
    const target = ends.numberOf(row, relationFields.target);
    const kind = this.kindOf(row);
    const port = this.portOf(row);
    const connections = countIn(row, relationFields.connections);
    const noise = this.noiseOf(target, port, kind, connections);
    const from = noise === null ? this.firstEnd(row, source) : nothing;
    const to = ends.referenceOf(target);
    if (from < 0 || to < 0) {
      this.skip(row, { from: source, to: target }, noise ?? 'incomplete');
      return;
    }
    const named = kind.meaning.reversed ? { from: to, to: from } : { from, to };
    const isLinked = this.link(row, kind, named, { port: port.port, connections });
    this.of.counts[isLinked ? 'linked' : 'unresolved'] += 1;
  };

  private noiseOf(
    target: number,
    port: RowPort,
    kind: RowKind,
    connections: number | null,
  ): NoiseReason | null {
    if (!this.isFlows) return null;
    return this.ends.noiseOf(target) ?? port.noise ?? kind.noise ?? connectionNoise(connections);
  }

  /** A row of an asset list in the shape of relations names its first end as its own. */
  private firstEnd(row: BinaryRow, source: number): number {
    const reference = this.ends.referenceOf(source);
    return reference >= 0 ? reference : this.ends.referenceOf(this.ends.numberOf(row, relationFields.name));
  }

  private link(
    row: BinaryRow,
    kind: RowKind,
    ends: RowEnds,
    counted: { readonly port: number | null; readonly connections: number | null },
  ): boolean {
    const from = this.placeOf(row, kind.source, ends.from, kind);
    const to = this.placeOf(row, kind.target, ends.to, kind);
    if (from < 0 || to < 0) return false;
    if (from !== to) {
      const { origin } = this;
      const shape = { type: kind.meaning.type, protocol: kind.protocol, origin, ...counted };
      this.collected.edges.state(shape, from, to, { run: this.of.run, rowNumber: rowNumberOf(row) });
    }
    return true;
  }

  private placeOf(row: BinaryRow, lane: ReferenceLane, reference: number, { meaning }: RowKind): number {
    const { references, unresolved } = this.collected;
    const code = references.resolve(lane, reference, nothing);
    if (code < 0) {
      const kind = unresolved.addKind({ reason: reasonOf(code), type: meaning.type, isSkipped: false });
      unresolved.add(kind, this.recordOf(row), { reference, target: nothing });
    }
    return code;
  }

  private skip(row: BinaryRow, { from, to }: RowEnds, reason: string): void {
    const type = this.isFlows ? 'connects_to' : 'depends_on';
    const { unresolved } = this.collected;
    const kind = unresolved.addKind({ reason, type, isSkipped: true });
    unresolved.add(kind, this.recordOf(row), { reference: from, target: to });
    this.of.counts.skipped += 1;
  }

  private recordOf(row: BinaryRow): UnresolvedPlace {
    return { run: this.of.run, rowNumber: rowNumberOf(row), own: nothing };
  }

  private kindOf(row: BinaryRow): RowKind {
    const { kind: first, last } = relationFields;
    const number = this.kindTable.numberOf(row.bytes, row.markOf(first), row.endOf(last));
    const known = this.kinds[number];
    if (known !== undefined) return known;
    const values = row.ownValues(kindAttributes, first);
    const meaning = statedMeaning(values, this.of);
    const environment = typeof values.environment === 'string' ? values.environment : undefined;
    const { references } = this.collected;
    const kind: RowKind = {
      meaning,
      protocol: statedProtocol(values),
      noise: protocolNoise(textOf(values, 'protocol') ?? ''),
      source: references.lane(meaning.type, 'source', environment),
      target: references.lane(meaning.type, 'target', environment),
    };
    this.kinds.push(kind);
    return kind;
  }

  private portOf(row: BinaryRow): RowPort {
    const field = relationFields.port;
    const number = this.portTable.numberOf(row.bytes, row.startOf(field), row.endOf(field));
    const known = this.ports[number];
    if (known !== undefined) return known;
    const stated = numberOf(row.ownValues(['port'], field), 'port');
    const port = { port: portOf(stated), noise: portNoise(stated) };
    this.ports.push(port);
    return port;
  }
}

function rowNumberOf(row: BinaryRow): number {
  return row.integer(relationFields.rowNumber);
}

function asValues(name: AttributeValue | undefined) {
  return name === undefined ? {} : { name };
}

/** A count of connections; most are written as digits alone. */
function countIn(row: BinaryRow, field: number): number | null {
  if (row.isNull(field)) return null;
  const text = row.text(field).slice(versionBytes);
  if (text.length <= longestCount && /^\d+$/.test(text)) return Number(text);
  return numberOf(row.ownValues(['connection_count'], field), 'connection_count');
}
