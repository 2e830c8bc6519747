import { flagColumns } from '../../domain/inventory/classification/record-kind';
import { truthy } from '../../domain/inventory/skip-reason';
import { uploadGroups } from '../../domain/inventory/upload-groups';
import { detailRulesOf } from '../../domain/mapping/formats/detail-rules';
import { type DataImport, listFlowImports } from '../../db/imports/imports';
import { listMappings } from '../../db/imports/mappings';
import { listMarkedKeys } from '../../db/imports/marked-records';
import type { TenantTrx } from '../../db/connection/tenant';

const none: ReadonlySet<string> = new Set();

/**
 * Ids of what another table of the same export marks as a template or placeholder: the disks and adapters of a
 * template make no asset either. Empty for a table whose rows are whole assets.
 */
export async function markedAssets(trx: TenantTrx, entry: DataImport): Promise<ReadonlySet<string>> {
  if (detailRulesOf(entry.formatId) === undefined) return none;
  const marked = new Set<string>();
  const imports = (await listFlowImports(trx, entry.flowId)).filter(({ undoneAt }) => undoneAt === null);
  const uploads = uploadGroups(imports);
  const own = uploads[imports.findIndex(({ id }) => id === entry.id)];
  for (const [at, other] of imports.entries()) {
    if (!isWholeTable(other) || uploads[at] !== own) continue;
    for (const key of await keysOf(trx, other)) marked.add(key);
  }
  return marked;
}

function isWholeTable({ tableKind, formatId }: DataImport): boolean {
  return tableKind === 'inventory' && detailRulesOf(formatId) === undefined;
}

async function keysOf(trx: TenantTrx, { id, columns }: DataImport): Promise<string[]> {
  const mapped = (await listMappings(trx, id)).filter(({ target }) => target !== null);
  const key = mapped.find(({ target }) => target === 'external_id')?.columnPosition;
  const positions = new Set(mapped.map(({ columnPosition }) => columnPosition));
  const flags = flagColumns(columns, positions).map(({ position }) => position);
  if (key === undefined || flags.length === 0) return [];
  return listMarkedKeys(trx, { importId: id, flags, key, yes: [...truthy] });
}
