import { maskSample } from '../../domain/quality/profile/pii';
import type { UploadVerdictBody } from '../schemas/uploads';
import type { Inspection, TableInspection } from '../use-cases/upload-inspection';

type Check = UploadVerdictBody['agent_results'][number];
type TableBody = UploadVerdictBody['tables'][number];

const mostFindings = 200;

/** What a dry run found, with one check for each thing that people ask of a file. */
export function presentVerdict({ upload, tables, ignored }: Inspection): UploadVerdictBody {
  const main = mainTable(tables);
  const checks = [format(tables), security(upload.filename), privacy(tables), quality(tables)];
  const status = statusOf(checks);
  const { entry: _entry, sheet: _sheet, table: _table, ...view } = presentTable(main);
  return {
    success: status !== 'rejected',
    file_status: status,
    filename: upload.filename,
    ...view,
    tables: tables.map(presentTable),
    ignored: ignored.map(({ place, reason }) => ({ ...place, reason })),
    agent_results: checks,
    next_step: status === 'rejected' ? 'choose_another_file' : 'store_import',
    message: messages[status],
  };
}

/** The table that people mean by the file: its first inventory, else its first table. */
function mainTable(tables: Inspection['tables']): TableInspection {
  return tables.find(({ proposal }) => proposal.inventory) ?? tables[0];
}

function presentTable(table: TableInspection): TableBody {
  const { place, detection, proposal, profile } = table;
  const { container, encoding, delimiter } = detection;
  return {
    ...place,
    table: table.name,
    container,
    encoding,
    delimiter,
    header_line: table.headerLine,
    table_kind: proposal.kind,
    not_inventory_reason: proposal.inventory ? null : proposal.reason,
    format: { vendor: proposal.format?.vendor ?? null, confidence: proposal.format?.confidence ?? null },
    rows_read: table.rowsRead,
    rows_rejected: table.rowsRejected,
    is_whole_file: table.isWhole,
    columns: proposal.suggestions.map(({ sourceColumn, position, target, confidence, samples }) => ({
      source_field: sourceColumn,
      target_field: target,
      confidence,
      samples: samples.map((text) => maskSample(text, profile.columns[position]?.pii ?? [])),
    })),
    findings: table.findings.slice(0, mostFindings).map((finding) => ({
      code: finding.code,
      severity: finding.severity,
      blocking: finding.blocking,
      source_field: finding.column,
      affected_rows: finding.affectedRows,
      message: finding.message,
    })),
    warnings: [...table.warnings],
    failure: table.fault === null ? null : { code: table.fault.code, message: table.fault.message },
  };
}

const messages = {
  approved: 'The file can be imported',
  approved_with_warnings: 'The file can be imported; read the warnings first',
  rejected: 'The file holds no rows that can be imported',
} as const;

function statusOf(checks: readonly Check[]): UploadVerdictBody['file_status'] {
  if (checks.some(({ validation }) => validation === 'failed')) return 'rejected';
  return checks.some(({ validation }) => validation === 'warning') ? 'approved_with_warnings' : 'approved';
}

type Tables = Inspection['tables'];

function sum(tables: Tables, count: (table: TableInspection) => number): number {
  return tables.reduce((total, table) => total + count(table), 0);
}

/** The name of a table before what is said of it, when the file has several. */
function told(tables: Tables, table: TableInspection, text: string): string {
  return tables.length === 1 ? text : `${table.name ?? ''}: ${text}`;
}

function format(tables: Tables): Check {
  const read = sum(tables, ({ rowsRead }) => rowsRead);
  const rejected = sum(tables, ({ rowsRejected }) => rowsRejected);
  const details = tables.flatMap((table) => [
    ...table.warnings.map((text) => told(tables, table, text)),
    ...(table.fault === null ? [] : [told(tables, table, table.fault.message)]),
  ]);
  const containers = [...new Set(tables.map(({ detection }) => detection.container))].join(', ');
  const count = tables.length === 1 ? '' : `, ${tables.length} tables`;
  return {
    agent_id: 'format_validator',
    agent_name: 'Format',
    validation: read === rejected ? 'failed' : details.length > 0 || rejected > 0 ? 'warning' : 'passed',
    confidence: 1,
    message: `Read as ${containers}${count}: ${read} rows, ${rejected} rejected`,
    details,
  };
}

/** Types that run are refused before this, archives that are not safe as well: what is left is text. */
function security(filename: string): Check {
  return {
    agent_id: 'security_scanner',
    agent_name: 'Security',
    validation: 'passed',
    confidence: 1,
    message: `${filename} holds text tables; nothing in it is run`,
    details: [],
  };
}

function privacy(tables: Tables): Check {
  const personal = tables.flatMap((table) =>
    table.profile.columns
      .filter(({ pii }) => pii.length > 0)
      .map(({ column, pii }) => told(tables, table, `${column}: ${pii.join(', ')}`)),
  );
  return {
    agent_id: 'privacy_analyzer',
    agent_name: 'Privacy',
    validation: personal.length > 0 ? 'warning' : 'passed',
    confidence: 1,
    message:
      personal.length > 0 ? `${personal.length} columns hold personal data` : 'No personal data was found',
    details: personal,
  };
}

function quality(tables: Tables): Check {
  const { profile } = mainTable(tables);
  const blocking = tables.flatMap((table) =>
    table.findings.filter((finding) => finding.blocking).map(({ message }) => told(tables, table, message)),
  );
  const others = tables.flatMap((table) => {
    const { inventory, reason, kind } = table.proposal;
    return inventory ? [] : [told(tables, table, `Not an inventory: ${reason ?? kind}`)];
  });
  return {
    agent_id: 'data_quality_assessor',
    agent_name: 'Data quality',
    validation: blocking.length > 0 || others.length === tables.length ? 'warning' : 'passed',
    confidence: 1,
    message: `Quality ${profile.scores.overall} of 100, ${sum(tables, ({ findings }) => findings.length)} findings`,
    details: [...others, ...blocking],
  };
}
