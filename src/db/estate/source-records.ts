import type { AttributeValues } from '../../domain/attributes/types';
import type { TableKind } from '../../domain/lists';
import { planForManyRows } from '../bulk/bulk-plans';
import { copyOut } from '../bulk/copy';
import { decodeCopy, parseCopyArray } from '../bulk/copy-text';
import { integerLiteral, tenantCondition, uuidLiteral } from '../bulk/literals';
import { execute, queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** A published cleansing of one import, and what its records are worth. */
export interface SourceRun {
  readonly phaseRunId: string;
  readonly importId: string;
  readonly flowId: string;
  /** The stored upload; the tables of one upload are of one moment. */
  readonly objectId: string;
  readonly dataSourceId: string | null;
  readonly product: string | null;
  /** Lower is trusted more. */
  readonly rank: number;
  /** ISO date-time; null when nobody knows when the export was true. */
  readonly asOf: string | null;
  readonly tableKind: TableKind | null;
  readonly formatId: string | null;
  readonly headerFingerprint: string | null;
  readonly isFull: boolean;
  /** Whether the import belongs to the flow that asks. */
  readonly isOfFlow: boolean;
  /** Whether its flow has reached the estate. */
  readonly isProjected: boolean;
}

/** Published cleansings of all imports that are not undone, in the order in which the imports came. */
export async function listSourceRuns(trx: TenantTrx, flowId: string | null): Promise<SourceRun[]> {
  return queryRows<SourceRun>(
    trx,
    `select f.phase_run_id, i.id as import_id, i.flow_id, i.object_id, i.data_source_id,
       coalesce(s.product, i.format_vendor) as product, coalesce(s.rank, 100) as rank,
       to_char(i.as_of at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as as_of, i.table_kind, i.format_id,
       i.header_fingerprint, i.coverage = 'full' as is_full,
       i.flow_id is not distinct from :flowId::uuid as is_of_flow,
       exists (select from flow_results p where p.client_account_id = i.client_account_id
         and p.engagement_id = i.engagement_id and p.flow_id = i.flow_id and p.phase = 'asset_inventory'
         and p.scenario_id is null) as is_projected
     from flow_results f
     join data_imports i on i.client_account_id = f.client_account_id and i.engagement_id = f.engagement_id
       and i.id = f.import_id
     left join data_sources s on s.client_account_id = i.client_account_id and s.engagement_id = i.engagement_id
       and s.id = i.data_source_id
     where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId
       and f.phase = 'data_cleansing' and f.scenario_id is null and i.undone_at is null
     order by i.created_at, i.flow_id, i.position, i.id`,
    { ...tenantOf(trx), flowId },
  );
}

/** How many records of some cleansing runs are of each kind. */
export async function countCleansed(
  trx: TenantTrx,
  phaseRunIds: readonly string[],
): Promise<{ readonly inventory: number; readonly relation: number }> {
  return queryOne(
    trx,
    `select count(*) filter (where kind = 'inventory') as inventory,
       count(*) filter (where kind = 'relation') as relation
     from cleansed_records where client_account_id = :clientAccountId and engagement_id = :engagementId
       and phase_run_id = any (:phaseRunIds::uuid[])`,
    { ...tenantOf(trx), phaseRunIds },
  );
}

export interface KnownRecord {
  readonly rowNumber: number;
  readonly assetId: string;
  /** Identity keys as `kind:value`. */
  readonly identity: readonly string[];
}

/** The records of a cleansing run that speak of assets, in row order, some hundreds at a time. */
export async function* streamKnownRecords(
  trx: TenantTrx,
  phaseRunId: string,
): AsyncGenerator<KnownRecord[], void, undefined> {
  const query = `select row_number, asset_id, identity from asset_sources
    where ${tenantCondition(trx)} and phase_run_id = ${uuidLiteral(phaseRunId)} order by row_number`;
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    yield rows.map(([rowNumber, assetId, identity]) => ({
      rowNumber: Number(rowNumber),
      assetId: assetId ?? '',
      identity: parseCopyArray(identity ?? '{}').map((key) => key ?? ''),
    }));
  }
}

export interface InventoryRecord {
  readonly rowNumber: number;
  readonly values: AttributeValues;
  /** The asset that the record speaks of already, or null. */
  readonly assetId: string | null;
}

/** The inventory records of a cleansing run in row order, some hundreds at a time. */
export async function* streamInventory(
  trx: TenantTrx,
  phaseRunId: string,
): AsyncGenerator<InventoryRecord[], void, undefined> {
  await planForManyRows(trx);
  const query = `select c.row_number, c."values", s.asset_id from cleansed_records c
    left join asset_sources s on s.client_account_id = c.client_account_id and s.engagement_id = c.engagement_id
      and s.phase_run_id = c.phase_run_id and s.row_number = c.row_number
    where ${tenantCondition(trx, 'c')} and c.phase_run_id = ${uuidLiteral(phaseRunId)} and c.kind = 'inventory'
    order by c.row_number`;
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    yield rows.map(([rowNumber, values, assetId]) => ({
      rowNumber: Number(rowNumber),
      values: valuesOf(values),
      assetId: assetId ?? null,
    }));
  }
}

/** Whether a cleansing run holds inventory records, and whether some of them speak of assets. */
export async function findRunContents(
  trx: TenantTrx,
  phaseRunId: string,
): Promise<{ readonly hasRecords: boolean; readonly isKnown: boolean }> {
  const ofRun = `client_account_id = :clientAccountId and engagement_id = :engagementId
    and phase_run_id = :phaseRunId`;
  return queryOne(
    trx,
    `select exists (select from cleansed_records where ${ofRun} and kind = 'inventory') as has_records,
       exists (select from asset_sources where ${ofRun}) as is_known`,
    { ...tenantOf(trx), phaseRunId },
  );
}

export interface RecordPage {
  readonly phaseRunId: string;
  /** Records behind this row. */
  readonly afterRow: number;
  readonly limit: number;
}

/** Inventory records of a cleansing run that no asset knows, in row order, some hundreds at a time. */
export async function* readInventory(
  trx: TenantTrx,
  { phaseRunId, afterRow, limit }: RecordPage,
): AsyncGenerator<Pick<InventoryRecord, 'rowNumber' | 'values'>[], void, undefined> {
  const query = `select row_number, "values" from cleansed_records
    where ${tenantCondition(trx)} and phase_run_id = ${uuidLiteral(phaseRunId)} and kind = 'inventory'
      and row_number > ${integerLiteral(afterRow)} order by row_number limit ${integerLiteral(limit)}`;
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    yield rows.map(([rowNumber, values]) => ({ rowNumber: Number(rowNumber), values: valuesOf(values) }));
  }
}

/** Cleansing wrote the values under the names of the attribute registry. */
export function valuesOf(text: string | null | undefined): AttributeValues {
  return JSON.parse(text ?? '{}') as AttributeValues;
}

/** Takes the records of undone imports, and of cleansings that were replaced, out of the estate. */
export async function deleteStaleSources(trx: TenantTrx): Promise<number> {
  await planForManyRows(trx);
  return execute(
    trx,
    `delete from asset_sources s
     where s.client_account_id = :clientAccountId and s.engagement_id = :engagementId
       and s.phase_run_id not in (
         select f.phase_run_id from flow_results f
         join data_imports i on i.client_account_id = f.client_account_id and i.engagement_id = f.engagement_id
           and i.id = f.import_id
         where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId
           and f.phase = 'data_cleansing' and f.scenario_id is null and i.undone_at is null)`,
    { ...tenantOf(trx) },
  );
}

/** Takes the records of one import out of the estate; they stay in `cleansed_records`. */
export async function deleteImportSources(trx: TenantTrx, importId: string): Promise<number> {
  return execute(
    trx,
    `delete from asset_sources where client_account_id = :clientAccountId and engagement_id = :engagementId
       and import_id = :importId`,
    { ...tenantOf(trx), importId },
  );
}
