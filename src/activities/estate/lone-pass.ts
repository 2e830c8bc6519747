import type { AttributeValues } from '../../domain/attributes/types';
import { type LoneChange, insertLoneChanges, takeBackChanges } from '../../db/estate/asset-changes';
import { readInventory } from '../../db/estate/source-records';
import type { TenantTrx } from '../../db/connection/tenant';
import type { PhaseWork } from '../phase-run/phase-pieces';
import { readAhead } from '../phase-run/read-ahead';
import { assetIdOfRow } from './asset-ids';
import { estateRecord, type RunFacts } from './estate-records';
import type { InventoryState } from './inventory-state';
import type { KeyLinks } from './key-links';
import type { EstateWork } from './lease';
import { linkKeys } from './link-records';
import { loneChange, SharedDocuments } from './lone-changes';
import type { PlainChange } from './project-records';
import type { ProjectedNames } from './projected-names';

/** The newest records of a flow, of an import that the estate knows nothing of. */
export interface LoneRun {
  readonly facts: RunFacts;
  /** Place of the run in the list of runs. */
  readonly index: number;
  /** Records of one read; their values are let go at once. */
  readonly limit: number;
}

export interface LoneOrder {
  readonly links: KeyLinks;
  readonly lone: LoneRun;
  /** Takes the names of the first projection of an estate. */
  readonly names: ProjectedNames | undefined;
}

interface LonePage {
  readonly lastRow: number;
  readonly changes: readonly PlacedChange[];
}

interface PlacedChange {
  readonly record: number;
  readonly change: LoneChange;
}

const firstCells = 1 << 12;

/**
 * Looks at the records of one import once: finds what they belong with, and makes assets of those that belong with no
 * other so far, which most do. What turns out to belong with a later record is taken back, to be projected with it.
 */
export class LonePass {
  private readonly phase: PhaseWork;
  private readonly links: KeyLinks;
  private readonly run: LoneRun;
  private readonly names: ProjectedNames | undefined;
  private readonly documents = new SharedDocuments();
  private readonly firstRecord: number;
  /** For each record the number of its naming cells. */
  private cells = new Int32Array(firstCells);
  private lastWritten = 0;

  constructor(
    private readonly estate: EstateWork,
    { links, lone, names }: LoneOrder,
  ) {
    this.phase = estate.phase;
    this.links = links;
    this.run = lone;
    this.names = names;
    this.firstRecord = links.size;
    names?.setImport(lone.facts.importKey);
  }

  /** Answers the state after the pass; `state` is how far an earlier attempt had come. */
  async project(state: InventoryState): Promise<InventoryState> {
    let last = state;
    let waiting: LonePage | undefined;
    for await (const page of readAhead(this.pages())) {
      if (waiting !== undefined) last = await this.write(waiting, last);
      this.lastWritten = waiting?.lastRow ?? 0;
      waiting = page;
    }
    // All records are known by now, so nothing of this page is ever taken back.
    if (waiting !== undefined) last = await this.write(waiting, last);
    if (last.done === 0) await this.takeBack();
    this.useNames();
    return last;
  }

  private async *pages(): AsyncGenerator<LonePage, void, undefined> {
    const { limit } = this.run;
    for (let afterRow = 0; ;) {
      const before = this.links.size;
      const page = await this.phase.read((trx) => this.readPage(trx, afterRow));
      const rows = this.links.size - before;
      if (rows > 0) yield page;
      if (rows < limit) return;
      afterRow = page.lastRow;
    }
  }

  private async readPage(trx: TenantTrx, afterRow: number): Promise<LonePage> {
    const { facts, limit } = this.run;
    const changes: PlacedChange[] = [];
    let lastRow = afterRow;
    for await (const records of readInventory(trx, { phaseRunId: facts.run.phaseRunId, afterRow, limit })) {
      for (const { rowNumber, values } of records) {
        const change = this.look(rowNumber, values);
        if (change !== undefined) changes.push(change);
        lastRow = rowNumber;
      }
    }
    return { lastRow, changes };
  }

  private look(rowNumber: number, values: AttributeValues): PlacedChange | undefined {
    const { facts, index } = this.run;
    const known = estateRecord(facts, { run: index, rowNumber, values, assetId: null, pinnedBy: null });
    const record = this.links.add(index, rowNumber, true);
    linkKeys(this.links, record, known.identity);
    // What belongs with an earlier record never stands alone.
    const change = this.links.isAlone(record) ? loneChange(known, facts, this.documents) : undefined;
    if (change === undefined) return undefined;
    this.links.settle(record);
    if (this.names !== undefined) this.remember(this.names, record, { change, values });
    return { record, change };
  }

  private remember(names: ProjectedNames, record: number, { change, values }: PlainChange): void {
    const at = record - this.firstRecord;
    if (at >= this.cells.length) {
      const cells = new Int32Array(Math.max(at + 1, this.cells.length * 2));
      cells.set(this.cells);
      this.cells = cells;
    }
    names.addLone(change, change.rowNumber);
    this.cells[at] = names.cellOf(values);
  }

  private async write(page: LonePage, state: InventoryState): Promise<InventoryState> {
    const { lastRow, changes } = page;
    if (lastRow <= state.aloneAfter) return state;
    const next: InventoryState = { ...state, aloneAfter: lastRow };
    await this.estate.gather(changes.length, async (trx, run) => {
      const alone = changes.filter(({ record }) => this.links.isAlone(record)).map(({ change }) => change);
      await insertLoneChanges(trx, run.id, alone);
      const { length } = alone;
      const counts = { created: length, rowsIn: length, rowsOut: length };
      return { ...counts, position: run.position + length, positionDetail: next };
    });
    return next;
  }

  /** Records that were written and have met another since; they are projected with it. */
  private async takeBack(): Promise<void> {
    const { links, run, lastWritten } = this;
    const ids: string[] = [];
    for (let record = this.firstRecord; record < links.size; record += 1) {
      if (links.rowOf(record) > lastWritten) break;
      if (links.isSettled(record) && !links.isAlone(record)) {
        ids.push(assetIdOfRow(run.facts.importKey, links.rowOf(record)));
      }
    }
    if (ids.length === 0) return;
    await this.estate.gather(ids.length, async (trx, { id, position }) => {
      const taken = await takeBackChanges(trx, id, ids);
      return { created: -taken, rowsIn: -taken, rowsOut: -taken, position: position - taken };
    });
  }

  private useNames(): void {
    const { links, names } = this;
    if (names === undefined) return;
    for (let record = this.firstRecord; record < links.size; record += 1) {
      if (links.isSettled(record) && links.isAlone(record)) {
        names.useCell(this.cells[record - this.firstRecord] as number); // set when the record was settled
      }
    }
  }
}
