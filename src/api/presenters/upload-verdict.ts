import { maskSample } from '../../domain/quality/pii';
import type { UploadVerdictBody } from '../schemas/uploads';
import type { Inspection } from '../use-cases/validate-upload';

type Check = UploadVerdictBody['agent_results'][number];

const mostFindings = 200;

/** What a dry run found, with one check for each thing that people ask of a file. */
export function presentVerdict(inspection: Inspection): UploadVerdictBody {
  const { upload, proposal, profile, rowsRead, rowsRejected } = inspection;
  const { container, encoding, delimiter } = upload.detection;
  const checks = [format(inspection), security(upload.filename), privacy(inspection), quality(inspection)];
  const status = statusOf(checks);
  return {
    success: status !== 'rejected',
    file_status: status,
    filename: upload.filename,
    container,
    encoding,
    delimiter,
    table_kind: proposal.kind,
    format: { vendor: proposal.format?.vendor ?? null, confidence: proposal.format?.confidence ?? null },
    rows_read: rowsRead,
    rows_rejected: rowsRejected,
    is_whole_file: inspection.isWhole,
    columns: proposal.suggestions.map(({ sourceColumn, position, target, confidence, samples }) => ({
      source_field: sourceColumn,
      target_field: target,
      confidence,
      samples: samples.map((text) => maskSample(text, profile.columns[position]?.pii ?? [])),
    })),
    findings: inspection.findings.slice(0, mostFindings).map((finding) => ({
      code: finding.code,
      severity: finding.severity,
      blocking: finding.blocking,
      source_field: finding.column,
      affected_rows: finding.affectedRows,
      message: finding.message,
    })),
    agent_results: checks,
    next_step: status === 'rejected' ? 'choose_another_file' : 'store_import',
    message: messages[status],
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

function format({ rowsRead, rowsRejected, warnings, upload }: Inspection): Check {
  const isEmpty = rowsRead === rowsRejected;
  const hasWarning = warnings.length > 0 || rowsRejected > 0;
  return {
    agent_id: 'format_validator',
    agent_name: 'Format',
    validation: isEmpty ? 'failed' : hasWarning ? 'warning' : 'passed',
    confidence: 1,
    message: `Read as ${upload.detection.container}: ${rowsRead} rows, ${rowsRejected} rejected`,
    details: [...warnings],
  };
}

/** Types that run or unpack are refused before this: what is left is text. */
function security(filename: string): Check {
  return {
    agent_id: 'security_scanner',
    agent_name: 'Security',
    validation: 'passed',
    confidence: 1,
    message: `${filename} is a text table; nothing in it is run`,
    details: [],
  };
}

function privacy({ profile }: Inspection): Check {
  const personal = profile.columns.filter(({ pii }) => pii.length > 0);
  return {
    agent_id: 'privacy_analyzer',
    agent_name: 'Privacy',
    validation: personal.length > 0 ? 'warning' : 'passed',
    confidence: 1,
    message:
      personal.length > 0 ? `${personal.length} columns hold personal data` : 'No personal data was found',
    details: personal.map(({ column, pii }) => `${column}: ${pii.join(', ')}`),
  };
}

function quality({ profile, findings, proposal }: Inspection): Check {
  const blocking = findings.filter((finding) => finding.blocking);
  const notInventory = proposal.inventory ? [] : [`Not an inventory: ${proposal.reason ?? proposal.kind}`];
  return {
    agent_id: 'data_quality_assessor',
    agent_name: 'Data quality',
    validation: blocking.length > 0 || notInventory.length > 0 ? 'warning' : 'passed',
    confidence: 1,
    message: `Quality ${profile.scores.overall} of 100, ${findings.length} findings`,
    details: [...notInventory, ...blocking.map(({ message }) => message)],
  };
}
