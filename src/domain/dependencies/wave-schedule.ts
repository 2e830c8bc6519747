import { PriorityQueue } from './priority-queue';
import type { Block } from './wave-blocks';

export interface Capacity {
  readonly groups: number;
  readonly assets: number;
  /** Groups of the first wave that moves applications. */
  readonly pilotGroups: number;
}

/** Blocks that did not fit are looked past at most so often per wave, so that filling stays linear. */
const mostDeferred = 64;

/** Fills waves one after the other with blocks whose needs are met, the most urgent and least risky first. */
export class WaveSchedule {
  /** Blocks by wave. */
  readonly waves: number[][] = [];
  private readonly open: Int32Array;
  private readonly dependents: number[][];
  private readonly deadlines: number[];
  private readonly ready: PriorityQueue;
  private readonly later = new Map<number, number[]>();
  private left: number;
  private pilotDone = false;

  constructor(
    private readonly blocks: readonly Block[],
    private readonly capacity: Capacity,
  ) {
    this.left = blocks.length;
    this.open = Int32Array.from(blocks, (block) => block.needs.length);
    this.dependents = blocks.map(() => []);
    blocks.forEach((block, index) => {
      for (const need of block.needs) this.dependents[need]?.push(index);
    });
    this.deadlines = this.inheritDeadlines();
    this.ready = new PriorityQueue((one, two) => this.before(one, two));
  }

  run(): void {
    this.placeShared();
    this.blocks.forEach((block, index) => {
      if (!block.isShared && this.open[index] === 0) this.admit(index, this.waves.length + 1);
    });
    while (this.left > 0) this.fillWave();
  }

  /** What a block needs must move by the block's own deadline. */
  private inheritDeadlines(): number[] {
    const deadlines = this.blocks.map((block) => block.notAfter);
    const urgent = deadlines.flatMap((deadline, index) => (Number.isFinite(deadline) ? [index] : []));
    for (let index = urgent.pop(); index !== undefined; index = urgent.pop()) {
      const deadline = deadlines[index] ?? Number.POSITIVE_INFINITY;
      for (const need of this.blocks[index]?.needs ?? []) {
        if ((deadlines[need] ?? 0) <= deadline) continue;
        deadlines[need] = deadline;
        urgent.push(need);
      }
    }
    return deadlines;
  }

  private before(one: number, two: number): boolean {
    const deadline = (this.deadlines[one] ?? 0) - (this.deadlines[two] ?? 0);
    if (deadline !== 0 && !Number.isNaN(deadline)) return deadline < 0;
    const first = this.blocks[one];
    const second = this.blocks[two];
    if (first === undefined || second === undefined) return one < two;
    if (first.priority !== second.priority) return first.priority < second.priority;
    return first.name === second.name ? one < two : first.name < second.name;
  }

  private placeShared(): void {
    const shared = this.blocks.flatMap((block, index) => (block.isShared ? [index] : []));
    shared.sort((one, two) => (this.before(one, two) ? -1 : 1));
    let wave: number[] = [];
    for (const index of shared) {
      if (wave.length >= this.capacity.groups) wave = [];
      if (wave.length === 0) this.waves.push(wave);
      wave.push(index);
    }
    for (const index of shared) this.settle(index);
  }

  /** Marks a block as placed; what waited for it becomes available. */
  private settle(index: number): void {
    this.left -= 1;
    for (const dependent of this.dependents[index] ?? []) {
      this.open[dependent] = (this.open[dependent] ?? 1) - 1;
    }
  }

  private admit(index: number, wave: number): void {
    const notBefore = this.blocks[index]?.notBefore ?? 1;
    if (notBefore <= wave) {
      this.ready.push(index);
      return;
    }
    const waiting = this.later.get(notBefore) ?? [];
    waiting.push(index);
    this.later.set(notBefore, waiting);
  }

  private fillWave(): void {
    const number = this.waves.length + 1;
    for (const index of this.later.get(number) ?? []) this.ready.push(index);
    this.later.delete(number);
    const wave = this.takeBlocks(number);
    this.waves.push(wave);
    if (wave.length > 0) this.pilotDone = true;
  }

  private takeBlocks(number: number): number[] {
    const wave: number[] = [];
    const deferred: number[] = [];
    const room = { groups: this.groupsAllowed(), assets: this.capacity.assets };
    for (let index = this.ready.pop(); index !== undefined; index = this.ready.pop()) {
      if (this.fits(index, wave, room, number)) {
        wave.push(index);
        room.groups -= this.blocks[index]?.groups.length ?? 0;
        room.assets -= this.blocks[index]?.assets ?? 0;
        this.release(index, number);
      } else {
        deferred.push(index);
        if (deferred.length === mostDeferred) break;
      }
    }
    for (const index of deferred) this.ready.push(index);
    return wave;
  }

  private groupsAllowed(): number {
    return this.pilotDone ? this.capacity.groups : Math.min(this.capacity.groups, this.capacity.pilotGroups);
  }

  private fits(
    index: number,
    wave: readonly number[],
    room: { groups: number; assets: number },
    number: number,
  ): boolean {
    const block = this.blocks[index];
    if (block === undefined || wave.length === 0 || (this.deadlines[index] ?? 0) <= number) return true;
    return block.groups.length <= room.groups && block.assets <= room.assets;
  }

  private release(index: number, wave: number): void {
    this.settle(index);
    for (const dependent of this.dependents[index] ?? []) {
      if (this.open[dependent] === 0 && this.blocks[dependent]?.isShared === false)
        this.admit(dependent, wave);
    }
  }
}
