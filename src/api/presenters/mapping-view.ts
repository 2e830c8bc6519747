import type { z } from 'zod';
import type { FieldMapping } from '../../db/imports/mappings';
import { attributeDefinition } from '../../domain/attributes/registry';
import { presentRule } from './column-rule';
import type { Mapping } from '../schemas/mappings';

export type MappingBody = z.output<typeof Mapping>;

export function presentMapping(row: FieldMapping): MappingBody {
  return {
    id: row.id,
    import_id: row.importId,
    source_field: row.sourceColumn,
    target_field: row.target,
    confidence: row.confidence,
    confidence_score: row.confidence,
    status: row.status,
    detailed_status: row.status,
    mapping_type: row.type,
    field_type: row.target === null ? null : attributeDefinition(row.target).dataType,
    position: row.columnPosition,
    transformation: presentRule(row.rule),
    reasons: row.reasons.map(({ code, weight, text }) => ({ code, weight, text })),
    agent_reasoning: reasoning(row),
    sample_values: [...row.samples],
    alternatives: row.alternatives.map(({ target, confidence }) => ({ target_field: target, confidence })),
    decision_note: row.decisionNote,
    approved_by: row.decidedBy,
    approved_at: row.decidedAt?.toISOString() ?? null,
    version: row.version,
  };
}

/** The reasons as one text. */
export function reasoning({ reasons }: Pick<FieldMapping, 'reasons'>): string {
  return reasons.map(({ text }) => text).join('; ');
}

/** Columns that no attribute takes. */
export function unmappedFields(rows: readonly FieldMapping[]): string[] {
  return rows
    .filter(({ target, status }) => target === null || status === 'rejected')
    .map(({ sourceColumn }) => sourceColumn);
}
