import { attributeDefinition } from '../attributes/registry';
import type { AttributeName } from '../attributes/types';
import type { MappingCombination } from '../lists';
import type { Candidate, WeighedColumn } from './candidates';
import type { ColumnEvidence } from './evidence/column-evidence';

const sizes: ReadonlySet<AttributeName> = new Set(['storage_gb', 'storage_used_gb']);
const rates: ReadonlySet<AttributeName> = new Set([
  'disk_iops',
  'disk_throughput_mbps',
  'network_throughput_mbps',
]);

/** How further columns may join the one that feeds a target; null: they may not. */
export function combinationOf(target: AttributeName): MappingCombination | null {
  if (attributeDefinition(target).multiple) return 'list';
  if (sizes.has(target) || rates.has(target)) return 'sum';
  return target === 'operating_system' ? 'first' : null;
}

function words(column: ColumnEvidence): readonly string[] {
  return column.header.words;
}

const directionPairs: readonly (readonly [string, string])[] = [
  ['read', 'write'],
  ['in', 'out'],
  ['sent', 'received'],
  ['receive', 'transmit'],
  ['rx', 'tx'],
  ['entrant', 'sortant'],
  ['entrada', 'saida'],
  ['entrante', 'saliente'],
  ['eingehend', 'ausgehend'],
  ['inbound', 'outbound'],
  ['ingress', 'egress'],
  ['leitura', 'escrita'],
];

/** Whether two headers differ in the direction alone: reads and writes, in and out. */
function oppositeDirections(left: ColumnEvidence, right: ColumnEvidence): boolean {
  return directionPairs.some(([one, other]) => {
    const swap = (word: string): string => (word === one ? other : word === other ? one : word);
    const turned = words(left).map(swap).join(' ');
    return turned === words(right).join(' ') && turned !== words(left).join(' ');
  });
}

/** Whether two headers name two of a series: `Disk 1 size`, `Disk 2 size`; `C: size`, `D: size`. */
function sameSeries(left: ColumnEvidence, right: ColumnEvidence): boolean {
  const counted = left.header.index !== right.header.index;
  if (counted && words(left).join(' ') === words(right).join(' ')) return true;
  const strip = (column: ColumnEvidence): string =>
    words(column)
      .filter((word) => !/^[a-z]$/.test(word))
      .join(' ');
  const lettered = [left, right].every((column) => words(column).some((word) => /^[a-z]$/.test(word)));
  return lettered && strip(left) === strip(right);
}

function joinsSum(target: AttributeName, leader: ColumnEvidence, column: ColumnEvidence): boolean {
  if (sizes.has(target)) return sameSeries(leader, column);
  return oppositeDirections(leader, column) || sameSeries(leader, column);
}

/** Lists and second choices take further columns whose header plainly says the same. */
const joinScore = 2;

/** Whether a column may feed a target together with the column that was assigned to it. */
export function mayJoin(leader: WeighedColumn, column: WeighedColumn, candidate: Candidate): boolean {
  const combination = combinationOf(candidate.target);
  if (combination === null) return false;
  const surplus = candidate.score - column.unmapped;
  if (combination === 'sum') return surplus > 0.5 && joinsSum(candidate.target, leader.column, column.column);
  if (surplus < joinScore) return false;
  return (
    combination === 'list' ||
    (candidate.match !== null && !candidate.match.ambiguous && candidate.values.shows)
  );
}

const perSocket =
  /\bcores? ?(?:per|by|\/|p\/) ?(?:socket|cpu|processor|proc|s)\b|kerne (?:pro|je)|coeurs? par|nucleos? por/;
const socketCount = /\bsockets?\b|\bsockel\b/;
const packageCount = /\b(?:cpus?|processors?|procs?|prozessoren|processeurs|procesadores|processadores)\b/;

/** Sockets and cores per socket: the total is their product. */
export interface CoreProduct {
  readonly sockets: ColumnEvidence;
  readonly coresPerSocket: ColumnEvidence;
}

/** Finds sockets and cores per socket. `CPUs` beside `Cores per Socket` are the total; beside `Cores per CPU` not. */
export function findCoreProduct(columns: readonly ColumnEvidence[]): CoreProduct | null {
  const numeric = columns.filter((column) => column.values.numeric > 0.6);
  const each = numeric.find((column) => perSocket.test(folded(column)));
  if (each === undefined) return null;
  const rest = numeric.filter((column) => column !== each && !perSocket.test(folded(column)));
  if (rest.some(isTotal)) return null;
  const counted = /cpu|proc/.test(folded(each)) ? packageCount : socketCount;
  const count = rest.find((column) => counted.test(folded(column)) && isCount(column));
  return count === undefined ? null : { sockets: count, coresPerSocket: each };
}

function folded(column: ColumnEvidence): string {
  return column.header.original
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}/]+/gu, ' ')
    .toLowerCase()
    .trim();
}

/** Whether the values can be numbers of sockets or processors. */
function isCount(column: ColumnEvidence): boolean {
  const numbers = column.profile.numbers;
  const best = column.matches[0]?.target;
  const counts = best === undefined || best === null || best === 'cpu_cores';
  return counts && numbers !== null && numbers.integers === numbers.count && numbers.maximum <= 64;
}

function isTotal(column: ColumnEvidence): boolean {
  const best = column.matches[0];
  if (best?.target !== 'cpu_cores' || best.weight < 2.4) return false;
  return words(column).some((word) => ['core', 'vcpu', 'logical'].includes(word));
}
