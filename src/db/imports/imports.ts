import type { ImportStatus, SourceCoverage, TableKind } from '../../domain/lists';
import { toJson } from '../bulk/json';
import { execute, executeLater, prepare, queryFirst, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** A row of `data_imports`: one uploaded export in one flow. */
export interface DataImport {
  readonly clientAccountId: string;
  readonly engagementId: string;
  readonly id: string;
  readonly flowId: string;
  /** Order among the imports of the flow, from 1. */
  readonly position: number;
  readonly objectId: string;
  readonly dataSourceId: string | null;
  readonly importName: string;
  readonly importCategory: string | null;
  readonly filename: string | null;
  readonly fileSize: number | null;
  readonly sha256: string | null;
  readonly mimeType: string | null;
  readonly container: ImportContainer | null;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** Entry of the archive that holds the table; null when the upload is no archive. */
  readonly archiveEntry: string | null;
  /** Sheet of the workbook that holds the table; null when the file is no workbook. */
  readonly sheetName: string | null;
  /** What the bytes said when they were received: encoding, separator, title and total lines; empty when unknown. */
  readonly detection: Readonly<Record<string, unknown>>;
  readonly tableName: string | null;
  readonly headerLine: number | null;
  readonly columns: readonly string[];
  readonly tableKind: TableKind | null;
  readonly notInventoryReason: string | null;
  readonly formatVendor: string | null;
  readonly formatId: string | null;
  readonly formatConfidence: number | null;
  readonly headerFingerprint: string | null;
  /** The recipe that was applied to the columns; null: none. */
  readonly recipeId: string | null;
  readonly asOf: Date | null;
  readonly asOfOrigin: 'file' | 'asked' | null;
  readonly coverage: SourceCoverage;
  readonly status: ImportStatus;
  readonly totalRecords: number;
  readonly acceptedRecords: number;
  readonly rejectedRecords: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly warnings: readonly string[];
  readonly processingConfig: Readonly<Record<string, unknown>>;
  readonly importedBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly undoneAt: Date | null;
}

export type ImportContainer = 'csv' | 'xlsx' | 'json' | 'ndjson';

/** A table of an upload that joins a flow. Name, size and digest come from its stored object. */
export interface NewImport {
  readonly id: string;
  readonly objectId: string;
  readonly importedBy: string | null;
  /** Default: `Discovery Import {id}`. */
  readonly importName?: string | undefined;
  readonly importCategory?: string | undefined;
  /** What the sender says of the file; `as_of` and `coverage` become columns. */
  readonly processingConfig?: Readonly<Record<string, unknown>> | undefined;
  /** Where the table lies in the upload; absent: the upload is the table. */
  readonly place?: { readonly entry: string | null; readonly sheet: string | null } | undefined;
  /** What the bytes of the table said when they were received. */
  readonly detection?: Readonly<Record<string, unknown>> | undefined;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** Inserts an import of a stored object, once. False when the id exists already or the object does not. */
export async function insertImport(
  trx: TenantTrx,
  entry: NewImport & { readonly flowId: string },
): Promise<boolean> {
  return (await insertImports(trx, entry.flowId, [entry])) > 0;
}

/** Inserts the tables of uploads behind the imports that a flow has, each once; answers how many are new. */
export async function insertImports(
  trx: TenantTrx,
  flowId: string,
  entries: readonly NewImport[],
): Promise<number> {
  return execute(
    trx,
    `insert into data_imports (client_account_id, engagement_id, id, flow_id, position, object_id, import_name,
       import_category, filename, file_size, sha256, mime_type, processing_config, imported_by, as_of,
       as_of_origin, coverage, archive_entry, sheet_name, detection)
     select o.client_account_id, o.engagement_id, n.id, :flowId,
       (select coalesce(max(i.position), 0) from data_imports i where i.client_account_id = o.client_account_id
         and i.engagement_id = o.engagement_id and i.flow_id = :flowId) + n.place,
       o.id, n.name, n.category, o.filename, o.size, o.sha256, o.media_type, n.settings, n.author, n.as_of,
       case when n.as_of is not null then 'asked' end, coalesce(n.coverage, 'partial'), n.entry, n.sheet, n.detection
     from jsonb_to_recordset(:entries::jsonb) as n(place integer, id uuid, object uuid, name text, category text,
       settings jsonb, author uuid, as_of timestamptz, coverage text, entry text, sheet text, detection jsonb)
     join stored_objects o on o.client_account_id = :clientAccountId and o.engagement_id = :engagementId
       and o.id = n.object and o.state = 'ready'
     on conflict (client_account_id, engagement_id, id) do nothing`,
    { ...tenantOf(trx), flowId, entries: toJson(entries.map(recordOf)) },
  );
}

function recordOf(entry: NewImport, at: number): Record<string, unknown> {
  const { id, objectId, importedBy, importName, importCategory, processingConfig = {}, place } = entry;
  const { detection = {} } = entry;
  return {
    place: at + 1,
    id,
    object: objectId,
    name: importName ?? `Discovery Import ${id}`,
    category: importCategory,
    settings: processingConfig,
    author: importedBy,
    as_of: textIn(processingConfig, 'as_of'),
    coverage: textIn(processingConfig, 'coverage'),
    ...place,
    detection,
  };
}

function textIn(settings: NewImport['processingConfig'], name: string): string | undefined {
  const value = settings?.[name];
  return typeof value === 'string' ? value : undefined;
}

const importById = prepare('import_by_id', `select * from data_imports where ${ofTenant} and id = :importId`);

const importsOfFlow = prepare(
  'imports_of_flow',
  `select * from data_imports where ${ofTenant} and flow_id = :flowId order by position`,
);

export async function findImport(trx: TenantTrx, importId: string): Promise<DataImport | undefined> {
  return queryFirst<DataImport>(trx, importById, { ...tenantOf(trx), importId });
}

/** Imports of one flow in the order in which they joined it, undone ones included. */
export async function listFlowImports(trx: TenantTrx, flowId: string): Promise<DataImport[]> {
  return queryRows<DataImport>(trx, importsOfFlow, { ...tenantOf(trx), flowId });
}

/** What detection and recognition say of the file; only the given fields are written. */
export interface ImportDetection {
  readonly container?: ImportContainer;
  readonly encoding?: string | null;
  readonly delimiter?: string | null;
  /** All that the bytes said, as JSON text. */
  readonly detection?: string;
  readonly tableName?: string | null;
  readonly headerLine?: number;
  readonly columns?: readonly string[];
  readonly tableKind?: TableKind;
  readonly notInventoryReason?: string | null;
  readonly formatVendor?: string | null;
  readonly formatId?: string | null;
  /** 0 to 1. */
  readonly formatConfidence?: number | null;
  readonly headerFingerprint?: string;
  readonly dataSourceId?: string;
  readonly coverage?: SourceCoverage;
}

const detectionColumns: Readonly<Record<keyof ImportDetection, string>> = {
  container: 'container',
  encoding: 'encoding',
  delimiter: 'delimiter',
  detection: 'detection',
  tableName: 'table_name',
  headerLine: 'header_line',
  columns: 'columns',
  tableKind: 'table_kind',
  notInventoryReason: 'not_inventory_reason',
  formatVendor: 'format_vendor',
  formatId: 'format_id',
  formatConfidence: 'format_confidence',
  headerFingerprint: 'header_fingerprint',
  dataSourceId: 'data_source_id',
  coverage: 'coverage',
};

export async function setImportDetection(
  trx: TenantTrx,
  importId: string,
  detection: ImportDetection,
): Promise<void> {
  const assignments = Object.entries(detectionColumns)
    .filter(([field]) => field in detection)
    .map(([field, column]) => `${column} = :${field}`);
  if (assignments.length === 0) return;
  await executeLater(
    trx,
    `update data_imports set ${assignments.join(', ')}, updated_at = clock_timestamp()
     where ${ofTenant} and id = :importId`,
    { ...tenantOf(trx), importId, ...detection },
  );
}

/** When the export was true, and whether the file or a person said so. */
export async function setImportAsOf(
  trx: TenantTrx,
  importId: string,
  asOf: Date,
  origin: 'file' | 'asked',
): Promise<void> {
  await executeLater(
    trx,
    `update data_imports set as_of = :asOf, as_of_origin = :origin, updated_at = clock_timestamp()
     where ${ofTenant} and id = :importId`,
    { ...tenantOf(trx), importId, asOf, origin },
  );
}

/** Adds the records of one batch. Accepted and rejected together are the records read. */
export async function addImportRecords(
  trx: TenantTrx,
  importId: string,
  batch: { readonly accepted: number; readonly rejected: number },
): Promise<void> {
  await executeLater(
    trx,
    `update data_imports set total_records = total_records + :accepted + :rejected,
       accepted_records = accepted_records + :accepted, rejected_records = rejected_records + :rejected,
       updated_at = clock_timestamp()
     where ${ofTenant} and id = :importId`,
    { ...tenantOf(trx), importId, ...batch },
  );
}

/** Adds warnings about a file, each once. */
export async function addImportWarnings(
  trx: TenantTrx,
  importId: string,
  warnings: readonly string[],
): Promise<void> {
  await executeLater(
    trx,
    `update data_imports set updated_at = clock_timestamp(), warnings = (
       select jsonb_agg(distinct w) from jsonb_array_elements(warnings || :warnings::jsonb) w)
     where ${ofTenant} and id = :importId and :warnings::jsonb <> '[]'`,
    { ...tenantOf(trx), importId, warnings: toJson(warnings) },
  );
}

/** A failed import names the code of the catalogue. */
export async function setImportStatus(
  trx: TenantTrx,
  importId: string,
  status: ImportStatus,
  failure?: { readonly code: string; readonly message: string },
): Promise<void> {
  await executeLater(
    trx,
    `update data_imports set status = :status::text, error_code = :code, error_message = :message,
       started_at = case when :status = 'processing' then coalesce(started_at, clock_timestamp())
         else started_at end,
       completed_at = case when :status in ('completed', 'failed') then clock_timestamp() end,
       updated_at = clock_timestamp()
     where ${ofTenant} and id = :importId`,
    { ...tenantOf(trx), importId, status, code: failure?.code, message: failure?.message },
  );
}

/** Takes an import out of the estate; its rows stay. False when it was undone before. */
export async function setImportUndone(trx: TenantTrx, importId: string): Promise<boolean> {
  const undone = await execute(
    trx,
    `update data_imports set undone_at = clock_timestamp(), updated_at = clock_timestamp()
     where ${ofTenant} and id = :importId and undone_at is null`,
    { ...tenantOf(trx), importId },
  );
  return undone > 0;
}

/** Marks the imports of a flow that were not read to their end as failed. */
export async function failOpenImports(
  trx: TenantTrx,
  flowId: string,
  failure: { readonly code: string; readonly message: string },
): Promise<void> {
  await executeLater(
    trx,
    `update data_imports set status = 'failed', error_code = :code, error_message = :message,
       completed_at = clock_timestamp(), updated_at = clock_timestamp()
     where ${ofTenant} and flow_id = :flowId and status in ('pending', 'processing')`,
    { ...tenantOf(trx), flowId, ...failure },
  );
}
