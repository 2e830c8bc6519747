import { DomainError } from '../../domain/errors';
import { namingTargets, namesRows } from '../../domain/mapping/table/required-targets';
import {
  type DataImport,
  listFlowImports,
  setImportDetection,
  setImportStatus,
} from '../../db/imports/imports';
import { listMappings } from '../../db/imports/mappings';
import type { TenantTrx } from '../../db/connection/tenant';

interface Place {
  readonly flowId: string;
  readonly importId: string;
}

/** Reason of a table whose rows nothing names. */
const namelessReason = 'No column names the rows';

/** Whether an error says that a table cannot be read, whatever is tried. */
export function isTableFault(error: unknown): error is DomainError {
  return error instanceof DomainError && /^(?:UPLOAD|IMP)_/.test(error.code) && error.code !== 'IMP_003';
}

/**
 * Ends an import whose table cannot be read: it is failed with its code, its flow goes on with the other tables.
 *
 * @throws The fault itself when the flow has no other import that was or can be read.
 */
export async function leaveOutUnread(trx: TenantTrx, place: Place, fault: DomainError): Promise<void> {
  if (!(await otherImports(trx, place)).some(({ status }) => status !== 'failed')) throw fault;
  const { message, code, suggestion } = fault;
  await setImportStatus(trx, place.importId, 'failed', { code, message: `${message}. ${suggestion}.` });
}

/** Why a table that was read is no part of the estate, whatever its columns say; null for any other. */
export function leftOutReason({ status, errorMessage }: DataImport): string | null {
  return status === 'failed' ? `The table could not be read: ${errorMessage ?? ''}` : null;
}

/**
 * Takes an inventory without any mapped name out of the estate: its rows are kept and skipped, its flow goes on with
 * the other tables.
 *
 * @throws DomainError `MAP_004` when the flow has no other table that can feed the estate.
 */
export async function leaveOutNameless(trx: TenantTrx, place: Place): Promise<void> {
  const { flowId, importId } = place;
  const own = (await listFlowImports(trx, flowId)).find(({ id }) => id === importId);
  if (own === undefined || (await feedsEstate(trx, own))) return;
  if (own.tableKind !== 'inventory') return;
  if (!(await hasOtherFeed(trx, place)))
    throw new DomainError('MAP_004', { import_id: importId, one_of: namingTargets });
  await setImportDetection(trx, importId, { tableKind: 'unknown', notInventoryReason: namelessReason });
}

async function hasOtherFeed(trx: TenantTrx, place: Place): Promise<boolean> {
  for (const other of await otherImports(trx, place)) {
    if (other.tableKind === null || (await feedsEstate(trx, other))) return true;
  }
  return false;
}

async function otherImports(trx: TenantTrx, { flowId, importId }: Place): Promise<DataImport[]> {
  const imports = await listFlowImports(trx, flowId);
  return imports.filter(({ id, undoneAt }) => id !== importId && undoneAt === null);
}

async function feedsEstate(trx: TenantTrx, { id, tableKind, status }: DataImport): Promise<boolean> {
  if (status === 'failed') return false;
  if (tableKind === 'relations' || tableKind === 'network_flows') return true;
  return tableKind === 'inventory' && namesRows(await listMappings(trx, id));
}
