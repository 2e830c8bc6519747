import type { MappingProposal, MappingSuggestion } from '../domain/mapping/types';
import { profileFindings } from '../domain/quality/profile/findings';
import { type InspectedTable, type Inspection, mainTable } from './inspect-file';

/** The document of `inspect --json`. What it says of the file as a whole is that of its first inventory. */
export function inspectionDocument(inspection: Inspection): Record<string, unknown> {
  const { file, tables, ignored, warnings } = inspection;
  const main = mainTable(inspection);
  const { container, encoding, archive } = main.detection;
  return {
    file,
    container,
    ...(archive === undefined ? {} : { archive }),
    encoding,
    ...kindDocument(main.proposal),
    inventory: tables.some((table) => table.proposal.inventory),
    warnings: [...warnings, ...tables.flatMap(warningsOf)],
    tables: tables.map(tableDocument),
    ignored: ignored.map(({ place, reason }) => ({ ...place, reason })),
  };
}

/** What a person should know about how one table was read. */
export function warningsOf({ detection, table, fault }: InspectedTable): string[] {
  const end = fault === null ? [] : [`${fault.code}: ${fault.message}`];
  return [...new Set([...detection.warnings, ...table.warnings, ...end])];
}

function kindDocument(proposal: MappingProposal): Record<string, unknown> {
  const { vendor, confidence } = proposal.format ?? { vendor: null, confidence: 0 };
  return {
    format: { vendor, confidence },
    kind: proposal.kind,
    ...(proposal.reason === null ? {} : { reason: proposal.reason }),
  };
}

function tableDocument(inspected: InspectedTable): Record<string, unknown> {
  const { place, detection, table, rowsRead, rowsAccepted, rejected, reasons, profile, proposal } = inspected;
  return {
    name: table.header.name,
    ...place,
    ...kindDocument(proposal),
    inventory: proposal.inventory,
    header_row: table.header.headerLine,
    ...(detection.delimiter === null ? {} : { delimiter: detection.delimiter }),
    rows_read: rowsRead,
    rows_accepted: rowsAccepted,
    rows_rejected: rowsRead - rowsAccepted,
    reasons: reasons.map(({ code, count, firstLines, message }) => ({
      code,
      count,
      first_lines: firstLines,
      message,
    })),
    rejected: rejected.map(({ line, code, message }) => ({ line, code, message })),
    ...outlookDocument(inspected),
    warnings: warningsOf(inspected),
    quality: {
      completeness: profile.scores.completeness,
      consistency: profile.scores.consistency,
      constraint_compliance: profile.scores.constraintCompliance,
      overall: profile.scores.overall,
    },
    columns: proposal.suggestions.map(columnDocument),
  };
}

function outlookDocument({ outlook, profile }: InspectedTable): Record<string, unknown> {
  if (outlook === undefined) return {};
  const { classes, relations, skipped, problems } = outlook;
  const findings = profileFindings(profile).map((finding) => {
    const { code, column, message, affectedRows: rows } = finding;
    return { code, column, message, rows };
  });
  return { assets: classes, relations, skipped, problems: [...problems, ...findings] };
}

function columnDocument(suggestion: MappingSuggestion): Record<string, unknown> {
  const { sourceColumn, target, confidence, reasons, samples, alternatives, rule } = suggestion;
  return {
    source_column: sourceColumn,
    target,
    confidence,
    reasons,
    samples,
    alternatives,
    rule: { combine: rule.combine, order: rule.order, unit: rule.unit, factor: rule.factor },
  };
}
