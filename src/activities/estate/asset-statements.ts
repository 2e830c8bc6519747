import { type BinaryRow } from '../../db/bulk/binary-rows';
import { statementAttributes, statementFields } from '../../db/estate/estate-statements';
import { statedDependencies } from '../../domain/dependencies/statements';
import type { StatedDependency } from '../../domain/dependencies/types';
import type { DependencyType } from '../../domain/lists';
import { ByteTable } from './byte-table';
import type { EdgeShape, EdgeStore } from './edge-store';
import type { EstateAssets } from './estate-assets';
import type { RunFacts } from './estate-records';
import { reasonOf, type ReferenceBook, type ReferenceLane } from './reference-book';
import type { UnresolvedPlace, UnresolvedStore } from './unresolved-store';

/** An end of a statement: a reference, or the record's own asset when there is none. */
interface StatedEnd {
  readonly lane: ReferenceLane;
  readonly reference: number;
}

interface Statement {
  readonly shape: EdgeShape;
  readonly source: StatedEnd | undefined;
  readonly target: StatedEnd | undefined;
}

/** Where what the records of an estate say is collected. */
export interface Collected {
  readonly assets: EstateAssets;
  readonly references: ReferenceBook;
  readonly edges: EdgeStore;
  readonly unresolved: UnresolvedStore;
}

const { run: runField, rowNumber: rowField, assetId, values: firstValue, others } = statementFields;
const lastValue = firstValue + statementAttributes.length - 1;
const software: ReadonlySet<string> = new Set(['database', 'application', 'component']);
/** Reasons that are worth a row when a column of an asset refers. */
const telling: ReadonlySet<string> = new Set(['not_found', 'ambiguous']);

/**
 * Collects what columns of inventories say about the assets of their records. Records alike say the same, so what a
 * record says is worked out once for all that have its cells; only its own end differs.
 */
export class AssetStatements {
  /** One table for each class of assets and kind of run, because these decide how cells read. */
  private readonly tables = new Map<string, { readonly rows: ByteTable; readonly said: Statement[][] }>();

  constructor(
    private readonly collected: Collected,
    private readonly runs: readonly RunFacts[],
  ) {}

  readonly add = (row: BinaryRow): void => {
    const own = this.collected.assets.ids.placeAt(row.bytes, row.startOf(assetId));
    if (own === undefined) return;
    const run = row.integer(runField);
    const rowNumber = row.integer(rowField);
    for (const statement of this.statementsOf(row, run, own))
      this.collect(statement, { run, rowNumber, own });
  };

  private statementsOf(row: BinaryRow, run: number, own: number): readonly Statement[] {
    const { assetType } = this.collected.assets.kind(own);
    const { tableKind = 'inventory', formatId = null } = this.runs[run]?.context ?? {};
    const { rows, said } = this.tableOf(`${assetType} ${tableKind} ${formatId ?? ''}`);
    // What machines are called says nothing about what they need, and would make each row one of its kind.
    const first = software.has(assetType) || tableKind !== 'inventory' ? firstValue : others;
    const number = rows.numberOf(row.bytes, row.markOf(first), row.endOf(lastValue));
    const known = said[number];
    if (known !== undefined) return known;
    const values = row.ownValues(statementAttributes, firstValue);
    const { environment } = values;
    const stated = statedDependencies(values, { tableKind, formatId, assetType }).map((one) =>
      this.statement(one, typeof environment === 'string' ? environment : undefined),
    );
    said.push(stated);
    return stated;
  }

  private tableOf(key: string): { readonly rows: ByteTable; readonly said: Statement[][] } {
    const known = this.tables.get(key);
    if (known !== undefined) return known;
    const table = { rows: new ByteTable(), said: [] };
    this.tables.set(key, table);
    return table;
  }

  private statement(stated: StatedDependency, environment: string | undefined): Statement {
    const { type, origin, protocol, connections, source, target } = stated;
    const { references } = this.collected;
    const ownEnd = stated.ownEnd ?? (source === null ? 'source' : undefined);
    const end = (name: 'source' | 'target', text: string): StatedEnd | undefined => {
      if (name === ownEnd) return undefined;
      return {
        lane: references.lane(type, name, environment),
        reference: references.texts.numberOfText(text),
      };
    };
    return {
      shape: { type, origin, port: portOf(stated.port), protocol, connections },
      source: end('source', source ?? ''),
      target: end('target', target),
    };
  }

  private collect({ shape, source, target }: Statement, place: UnresolvedPlace): void {
    const from = this.placeOf(source, shape.type, place);
    const to = this.placeOf(target, shape.type, place);
    if (from >= 0 && to >= 0 && from !== to) this.collected.edges.state(shape, from, to, place);
  }

  private placeOf(end: StatedEnd | undefined, type: DependencyType, place: UnresolvedPlace): number {
    const { own } = place;
    if (end === undefined) return own;
    const { references, unresolved } = this.collected;
    const code = references.resolve(end.lane, end.reference, own);
    if (code >= 0) return code;
    const reason = reasonOf(code);
    if (telling.has(reason)) {
      const kind = unresolved.addKind({ reason, type, isSkipped: false });
      unresolved.add(kind, place, { reference: end.reference, target: -1 });
    }
    return code;
  }
}

/** A port that there is; other numbers say nothing. */
export function portOf(port: number | null): number | null {
  return port !== null && port >= 1 && port <= 65_535 ? port : null;
}
