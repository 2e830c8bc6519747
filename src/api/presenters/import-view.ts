import type { z } from 'zod';
import type { DataImport } from '../../db/imports/imports';
import type { RecordView } from '../../db/imports/read-imports';
import type { QualityFindingRow } from '../../db/imports/quality-findings';
import type { Finding, ImportView, RawRecords } from '../schemas/imports';
import { uuidOfName } from '../uuid-v5';

/** An import as lists and answers show it. */
export function presentImport(row: DataImport): z.output<typeof ImportView> {
  return {
    id: row.id,
    flow_id: row.flowId,
    master_flow_id: row.flowId,
    filename: row.filename,
    import_name: row.importName,
    import_category: row.importCategory,
    status: row.status,
    detailed_status: row.status,
    records_total: row.totalRecords,
    records_processed: row.acceptedRecords + row.rejectedRecords,
    records_accepted: row.acceptedRecords,
    records_rejected: row.rejectedRecords,
    file_size: row.fileSize,
    container: row.container,
    encoding: row.encoding,
    delimiter: row.delimiter,
    archive_entry: row.archiveEntry,
    sheet_name: row.sheetName,
    table_name: row.tableName,
    header_line: row.headerLine,
    detection: row.detection,
    columns: [...row.columns],
    table_kind: row.tableKind,
    not_inventory_reason: row.notInventoryReason,
    format: { vendor: row.formatVendor, id: row.formatId, confidence: row.formatConfidence },
    data_source_id: row.dataSourceId,
    as_of: row.asOf?.toISOString() ?? null,
    coverage: row.coverage,
    warnings: [...row.warnings],
    failure: row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? '' },
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    completed_at: row.completedAt?.toISOString() ?? null,
    undone_at: row.undoneAt?.toISOString() ?? null,
  };
}

/** A record by its headers, as read and as cleansed. */
export function presentRecord(
  { id, columns }: Pick<DataImport, 'id' | 'columns'>,
  record: RecordView,
): z.output<typeof RawRecords>['records'][number] {
  return {
    id: uuidOfName(`record/${id}/${record.rowNumber}`),
    row_number: record.rowNumber,
    line_number: record.lineNumber,
    raw_data: Object.fromEntries(columns.map((column, position) => [column, record.cells[position] ?? ''])),
    cleansed_data: record.values === null ? null : { ...record.values },
    is_valid: record.reason === null,
    is_processed: record.kind !== null,
    validation_errors: record.reason === null ? [] : [record.reason],
    asset_id: record.assetId,
  };
}

export function presentFinding(row: QualityFindingRow): z.output<typeof Finding> {
  return {
    id: row.id,
    import_id: row.importId,
    issue_type: row.code,
    code: row.code,
    severity: row.severity,
    blocking: row.blocking,
    field_name: row.sourceColumn,
    attribute: row.attribute,
    affected_rows: row.affectedRows,
    message: row.message,
    examples: [...row.examples],
    status: row.decidedAt === null ? 'open' : 'decided',
    action: row.action,
    decided_at: row.decidedAt?.toISOString() ?? null,
  };
}
