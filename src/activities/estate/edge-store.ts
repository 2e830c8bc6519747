import { Integers, longer } from '../../domain/dependencies/growing';
import { sortedByKeys } from '../../domain/dependencies/sorted-by-keys';
import {
  type DependencyOrigin,
  dependencyOrigins,
  type DependencyType,
  dependencyTypes,
  type Hardness,
} from '../../domain/lists';

/** What an edge is, beside its ends. */
export interface EdgeShape {
  readonly type: DependencyType;
  readonly origin: DependencyOrigin;
  /** 1 to 65,535, null when it is not known. */
  readonly port: number | null;
  readonly protocol: string | null;
  readonly connections: number | null;
}

/** Why there is an edge that no record states as such. */
export interface EdgeEvidence {
  /** 0 to 1. */
  readonly confidence: number;
  readonly text: string | null;
}

export interface EdgeEnds {
  readonly from: number;
  readonly to: number;
  readonly type: DependencyType;
}

/** The place of a record in the order of imports and rows. */
export interface RecordPlace {
  run: number;
  rowNumber: number;
}

/** What edges of one shape have in common as they are written. */
export type StoredShape = Pick<EdgeShape, 'type' | 'origin' | 'protocol'> & {
  readonly confidence: number;
  readonly evidence: string | null;
};

const firstSlots = 1 << 12;
const fullest = 0.6;
const empty = -1;
const none = -1;
const gone = -2;
const ports = 1 << 16;
const codeOfType = new Map(dependencyTypes.map((type, code) => [type, code]));
const person = dependencyOrigins.indexOf('person');

/** Edges between assets by their places, each pair, type and port once: about 60 bytes an edge, none of them an object. */
export class EdgeStore {
  private readonly from = new Integers();
  private readonly to = new Integers();
  /** Type and port in one number. */
  private readonly kinds = new Integers();
  private readonly origins = new Integers();
  private readonly protocols = new Integers();
  private readonly runs = new Integers();
  private readonly rows = new Integers();
  private readonly evidences = new Integers();
  private connections = new Float64Array(1024);
  private readonly asked = new Map<number, Hardness>();
  private readonly protocolNames: (string | null)[] = [null];
  private readonly protocolCodes = new Map<string | null, number>([[null, 0]]);
  private readonly evidenceList: EdgeEvidence[] = [];
  private slots = new Int32Array(firstSlots).fill(empty);

  /** Adds what a record states. The first record in the order of imports stands for an edge, whatever is read first. */
  state(shape: EdgeShape, from: number, to: number, { run, rowNumber }: RecordPlace): void {
    const edge = this.edgeOf(from, to, kindOf(shape.type, shape.port));
    const { connections } = shape;
    if (connections !== null) {
      const before = this.connections[edge] as number; // edges are numbered by this class
      this.connections[edge] = Number.isNaN(before) ? connections : before + connections;
    }
    const known = this.runs.at(edge);
    if (known !== none && (known < run || (known === run && this.rows.at(edge) <= rowNumber))) return;
    this.runs.set(edge, run);
    this.rows.set(edge, rowNumber);
    this.origins.set(edge, dependencyOrigins.indexOf(shape.origin));
    this.protocols.set(edge, this.protocolCode(shape.protocol));
  }

  /** Numbers a piece of evidence that many edges have. */
  addEvidence(evidence: EdgeEvidence): number {
    this.evidenceList.push(evidence);
    return this.evidenceList.length - 1;
  }

  /** Adds an edge that no record states as such. Of a known one the word of a person changes where it comes from. */
  infer(ends: EdgeEnds, port: number | null, origin: DependencyOrigin, evidence: number): number {
    const known = this.from.length;
    const edge = this.edgeOf(ends.from, ends.to, kindOf(ends.type, port));
    const isNew = edge === known;
    if (isNew) this.evidences.set(edge, evidence);
    if (isNew || origin === 'person') this.origins.set(edge, dependencyOrigins.indexOf(origin));
    return edge;
  }

  /** Takes edges away, of any port when `port` is null. */
  remove(ends: EdgeEnds, port: number | null): void {
    this.eachOf(ends, port, (edge) => {
      this.kinds.set(edge, gone);
      this.asked.delete(edge);
    });
  }

  /** Sets the hardness that a person wants, of any port when `port` is null. */
  harden(ends: EdgeEnds, port: number | null, hardness: Hardness): void {
    this.eachOf(ends, port, (edge) => this.asked.set(edge, hardness));
  }

  /** The hardness that a person wants. */
  askedOf(edge: number): Hardness | undefined {
    return this.asked.get(edge);
  }

  fromOf(edge: number): number {
    return this.from.at(edge);
  }

  toOf(edge: number): number {
    return this.to.at(edge);
  }

  typeOf(edge: number): DependencyType {
    return dependencyTypes[this.kinds.at(edge) >> 16] as DependencyType; // the code of a type
  }

  /** Connections that network flows counted; 1 where nobody counts. */
  weightOf(edge: number): number {
    const connections = this.connections[edge] as number; // edges are numbered by this class
    return Number.isNaN(connections) ? 1 : connections;
  }

  runOf(edge: number): number {
    return this.runs.at(edge);
  }

  rowOf(edge: number): number {
    return this.rows.at(edge);
  }

  portOf(edge: number): number | null {
    const port = this.kinds.at(edge) & (ports - 1);
    return port === 0 ? null : port;
  }

  connectionsOf(edge: number): number | null {
    const connections = this.connections[edge] as number; // edges are numbered by this class
    return Number.isNaN(connections) ? null : connections;
  }

  /** A number that edges of one shape have in common. */
  codeOf(edge: number): number {
    const place = (this.evidences.at(edge) + 1) * this.protocolNames.length + this.protocols.at(edge);
    const code = place * dependencyOrigins.length + this.origins.at(edge);
    return code * dependencyTypes.length + (this.kinds.at(edge) >> 16);
  }

  shapeOf(edge: number): StoredShape {
    const origin = this.origins.at(edge);
    const { confidence = 1, text = null } = this.evidenceList[this.evidences.at(edge)] ?? {};
    return {
      type: this.typeOf(edge),
      protocol: this.protocolNames[this.protocols.at(edge)] ?? null,
      origin: dependencyOrigins[origin] as DependencyOrigin, // the code of an origin
      // The word of a person needs no evidence.
      confidence: origin === person ? 1 : confidence,
      evidence: text,
    };
  }

  /** The edges by their ends, types and ports, whatever order they came in; `assets` is the number of assets. */
  sorted(assets: number): Int32Array {
    const living = new Integers();
    for (let edge = 0; edge < this.kinds.length; edge += 1)
      if (this.kinds.at(edge) !== gone) living.push(edge);
    return sortedByKeys(living.all(), [
      { keys: this.kinds.items, size: dependencyTypes.length * ports },
      { keys: this.to.items, size: assets },
      { keys: this.from.items, size: assets },
    ]);
  }

  private eachOf({ from, to, type }: EdgeEnds, port: number | null, take: (edge: number) => void): void {
    const code = codeOfType.get(type);
    for (let edge = 0; edge < this.from.length; edge += 1) {
      if (this.from.at(edge) !== from || this.to.at(edge) !== to) continue;
      const kind = this.kinds.at(edge);
      if (kind >> 16 === code && (port === null || kind === kindOf(type, port))) take(edge);
    }
  }

  /** The edge of a pair and kind; makes it. */
  private edgeOf(from: number, to: number, kind: number): number {
    let slot = slotOf(from, to, kind) & (this.slots.length - 1);
    for (;;) {
      const edge = this.slots[slot] as number; // slots are within the array
      if (edge === empty) break;
      if (this.from.at(edge) === from && this.to.at(edge) === to && this.kinds.at(edge) === kind) return edge;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    this.slots[slot] = this.from.length;
    this.push(from, to, kind);
    if (this.from.length > this.slots.length * fullest) this.grow();
    return this.from.length - 1;
  }

  private push(from: number, to: number, kind: number): void {
    const edge = this.from.length;
    if (edge === this.connections.length) {
      const wider = new Float64Array(edge * 2);
      wider.set(this.connections);
      this.connections = wider;
    }
    this.connections[edge] = Number.NaN;
    this.from.push(from);
    this.to.push(to);
    this.kinds.push(kind);
    this.origins.push(0);
    this.protocols.push(0);
    this.runs.push(none);
    this.rows.push(0);
    this.evidences.push(none);
  }

  private protocolCode(name: string | null): number {
    const known = this.protocolCodes.get(name);
    if (known !== undefined) return known;
    this.protocolCodes.set(name, this.protocolNames.length);
    return this.protocolNames.push(name) - 1;
  }

  private grow(): void {
    const slots = longer(this.slots).fill(empty);
    const mask = slots.length - 1;
    for (let edge = 0; edge < this.from.length; edge += 1) {
      let slot = slotOf(this.from.at(edge), this.to.at(edge), this.kinds.at(edge)) & mask;
      while (slots[slot] !== empty) slot = (slot + 1) & mask;
      slots[slot] = edge;
    }
    this.slots = slots;
  }
}

function kindOf(type: DependencyType, port: number | null): number {
  return ((codeOfType.get(type) ?? 0) << 16) | (port ?? 0);
}

function slotOf(from: number, to: number, kind: number): number {
  let hash = Math.imul(from, 0x9e3779b1) ^ Math.imul(to, 0x85ebca6b) ^ Math.imul(kind, 0xc2b2ae35);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x27d4eb2f);
  return hash ^ (hash >>> 13);
}
