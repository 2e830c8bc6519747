import type { AttributeValues } from '../../attributes/types';
import type { TableKind } from '../../lists';
import { hasValue } from '../attribute-text';
import { classifyAsset } from './classify';
import { noNameReason, resolveName } from '../naming';
import { marksRecords, skipReason } from '../skip-reason';
import type { RecordContext } from '../types';

/** What a cleansed record is; `reason` says why a skipped one is no asset and is null for others. */
export interface RecordKind {
  readonly kind: 'inventory' | 'relation' | 'skipped';
  readonly reason: string | null;
}

const relationKinds: readonly TableKind[] = ['relations', 'network_flows'];
const inventoryRecord: RecordKind = { kind: 'inventory', reason: null };
const relationRecord: RecordKind = { kind: 'relation', reason: null };
const nameless: RecordKind = { kind: 'skipped', reason: noNameReason };

/** Tells assets from relations, and both from rows that are neither; a row that names nothing is `no_name`. */
export function recordKind(values: AttributeValues, context: RecordContext): RecordKind {
  const { tableKind } = context;
  if (relationKinds.includes(tableKind)) return relationRecord;
  if (tableKind !== 'inventory') return { kind: 'skipped', reason: `not_inventory_${tableKind}` };
  const reason = skipReason(values, context);
  if (reason !== null) return { kind: 'skipped', reason };
  return isNamed(values, context) ? inventoryRecord : nameless;
}

/** A name serves every class; only without one does the class decide what else may stand for it. */
function isNamed(values: AttributeValues, context: RecordContext): boolean {
  if (hasValue(values, 'name')) return true;
  return resolveName(values, classifyAsset(values, context).assetType) !== undefined;
}

/** A column whose cells may say that a row is no asset. */
export interface FlagColumn {
  readonly position: number;
  readonly column: string;
}

/** Of the columns without a target, those that tell assets from templates and the like. */
export function flagColumns(columns: readonly string[], mapped: ReadonlySet<number>): FlagColumn[] {
  return columns
    .map((column, position) => ({ column, position }))
    .filter(({ column, position }) => !mapped.has(position) && marksRecords(column));
}

/** The table's context with the flags of one row. */
export function rowContext(
  table: RecordContext,
  flags: readonly FlagColumn[],
  cells: readonly string[],
): RecordContext {
  if (flags.length === 0) return table;
  const unmapped: Record<string, string> = {};
  for (const { column, position } of flags) unmapped[column] = cells[position] ?? '';
  return { ...table, unmapped };
}
