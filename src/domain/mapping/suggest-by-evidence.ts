import { attributeNames } from '../attributes/types';
import type { AttributeName } from '../attributes/types';
import type { MappingCombination } from '../lists';
import { assignRows, noGains } from './assignment';
import type { Candidate, WeighedColumn } from './candidates';
import { combinationOf, findCoreProduct, mayJoin } from './combinations';
import type { CoreProduct } from './combinations';

/** A column with the target it feeds. */
export interface Assigned {
  readonly column: WeighedColumn;
  readonly candidate: Candidate;
  readonly combine: MappingCombination;
  readonly order: number;
}

/** A target must beat "leave unmapped" by this much. */
const threshold = 0.25;

function candidateFor(column: WeighedColumn, target: AttributeName): Candidate | undefined {
  return column.candidates.find((candidate) => candidate.target === target);
}

/** An empty column yields its target to one that has values. */
const emptyLoss = 1.5;

function gainOf(column: WeighedColumn, candidate: Candidate): number {
  const gain = candidate.score - column.unmapped;
  if (gain <= threshold || !column.column.values.isEmpty) return gain;
  return Math.max(threshold + 0.01, gain - emptyLoss);
}

/** Gives each target at most one column so that the sum of the weights is largest. */
function assignLeaders(
  columns: readonly WeighedColumn[],
  targets: readonly AttributeName[],
): Map<AttributeName, WeighedColumn> {
  const gains = noGains(targets.length, columns.length);
  const rows = new Map(targets.map((target, row) => [target, row]));
  for (const [position, column] of columns.entries()) {
    for (const candidate of column.candidates) {
      const row = rows.get(candidate.target);
      const gain = gainOf(column, candidate);
      if (row !== undefined && gain > threshold) gains.values[row * columns.length + position] = gain;
    }
  }
  const leaders = new Map<AttributeName, WeighedColumn>();
  for (const [row, position] of assignRows(gains).entries()) {
    const target = targets[row];
    const column = columns[position];
    if (target !== undefined && column !== undefined) leaders.set(target, column);
  }
  return leaders;
}

function byHeader(left: WeighedColumn, right: WeighedColumn): number {
  const first = left.column;
  const second = right.column;
  if (first.normalised !== second.normalised) return first.normalised < second.normalised ? -1 : 1;
  return first.profile.position - second.profile.position;
}

/** Further columns that feed a target together with its leader, in the order of the file for lists and sums. */
function joiners(
  target: AttributeName,
  leader: WeighedColumn,
  free: readonly WeighedColumn[],
): WeighedColumn[] {
  return free.filter((column) => {
    const best = column.candidates[0];
    return (
      best?.target === target && best.score - column.unmapped > threshold && mayJoin(leader, column, best)
    );
  });
}

function group(target: AttributeName, leader: WeighedColumn, others: readonly WeighedColumn[]): Assigned[] {
  const combine = combinationOf(target) ?? 'first';
  const sorted = [...others].sort(
    (left, right) => left.column.profile.position - right.column.profile.position,
  );
  return [leader, ...sorted].flatMap((column, order) => {
    const candidate = candidateFor(column, target);
    return candidate === undefined
      ? []
      : [{ column, candidate, combine: others.length > 0 ? combine : 'first', order }];
  });
}

function productOf(columns: readonly WeighedColumn[], product: CoreProduct): Assigned[] {
  const parts = [product.sockets, product.coresPerSocket];
  return parts.flatMap((part, order) => {
    const column = columns.find((one) => one.column === part);
    if (column === undefined) return [];
    const text = 'Cores are sockets times cores per socket';
    const reasons = [{ code: 'combine.product', weight: 4, text }];
    const values = { weight: 2, shows: true, reasons: [] };
    const match = {
      target: 'cpu_cores',
      kind: 'words',
      phrase: 'cores',
      ambiguous: false,
      weight: 3,
    } as const;
    const candidate: Candidate = { target: 'cpu_cores', score: 5, match, values, learned: false, reasons };
    return [{ column, candidate, combine: 'product' as const, order }];
  });
}

/** Decides all columns of a table together. `taken`: targets that a recognised format already feeds. */
export function assignColumns(
  columns: readonly WeighedColumn[],
  taken: ReadonlySet<AttributeName>,
): Assigned[] {
  const sorted = [...columns].sort(byHeader);
  const product = taken.has('cpu_cores') ? null : findCoreProduct(sorted.map((one) => one.column));
  const assigned = product === null ? [] : productOf(sorted, product);
  const used = new Set(assigned.map((one) => one.column));
  const open = attributeNames.filter(
    (name) => !taken.has(name) && !(assigned.length > 0 && name === 'cpu_cores'),
  );
  const rest = sorted.filter((column) => !used.has(column));
  const leaders = assignLeaders(rest, open);
  const led = new Set(leaders.values());
  const free = rest.filter((column) => !led.has(column));
  for (const [target, leader] of leaders)
    assigned.push(...group(target, leader, joiners(target, leader, free)));
  return assigned;
}
