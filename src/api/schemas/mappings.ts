import { z } from 'zod';
import { fieldDataTypes, mappingCombinations, mappingStatuses, mappingTypes } from '../../domain/lists';
import { Confidence, Count, Timestamp, Uuid } from './common';
import { RecipeUseView } from './recipes';

export const Mapping = z
  .object({
    id: Uuid,
    import_id: Uuid,
    source_field: z.string(),
    target_field: z.string().nullable(),
    confidence: Confidence,
    confidence_score: Confidence,
    status: z.enum(mappingStatuses),
    detailed_status: z.enum(mappingStatuses),
    mapping_type: z.enum(mappingTypes),
    field_type: z.enum(fieldDataTypes).nullable(),
    position: Count,
    transformation: z.record(z.string(), z.unknown()),
    reasons: z.array(z.object({ code: z.string(), weight: z.number(), text: z.string() })),
    agent_reasoning: z.string(),
    sample_values: z.array(z.string()),
    alternatives: z.array(z.object({ target_field: z.string(), confidence: Confidence })),
    decision_note: z.string().nullable(),
    approved_by: Uuid.nullable(),
    approved_at: Timestamp.nullable(),
    version: z.int(),
  })
  .meta({ id: 'FieldMapping' });

export const ImportMappings = z
  .object({
    import_id: Uuid,
    flow_id: Uuid,
    mappings: z.array(Mapping),
    unmapped_fields: z.array(z.string()),
    /** Version of the decision; what is approved must name it. */
    version: z.int().nullable(),
  })
  .meta({ id: 'ImportMappings' });

export const FlowMappings = z
  .object({
    success: z.literal(true),
    flow_id: Uuid,
    mappings: z.array(Mapping),
    field_mappings: z.array(Mapping),
    unmapped_fields: z.array(z.string()),
    count: Count,
    version: z.int().nullable(),
    waiting: z.boolean(),
    /** Columns that nobody has decided yet. */
    to_review: Count,
    /** The recipes that were applied to the imports of the flow. */
    recipes: z.array(RecipeUseView),
  })
  .meta({ id: 'FlowMappings' });

/** What people may change about how a column's cells become values. */
export const RuleChange = z.object({
  combine: z.enum(mappingCombinations).optional(),
  order: z.int().min(0).max(1_000).optional(),
  unit: z.string().max(20).nullable().optional(),
  decimal_mark: z.enum(['.', ',']).optional(),
  date_order: z.enum(['dmy', 'mdy', 'unknown']).optional(),
  multi_value: z.enum(['list', 'first', 'keep']).optional(),
  factor: z.number().positive().max(1e12).optional(),
});

const target = z.string().max(100).nullable();
const note = z.string().max(2_000);

export const CreateMappingBody = z.object({
  source_field: z.string().min(1).max(1_000),
  target_field: z.string().max(100),
  transformation_rule: RuleChange.nullable().optional(),
  confidence: Confidence.nullable().optional(),
  is_required: z.boolean().optional(),
});

export const ChangeMappingBody = z.object({
  target_field: target.optional(),
  transformation_rule: RuleChange.nullable().optional(),
  is_required: z.boolean().optional(),
  is_approved: z.boolean().nullable().optional(),
  note: note.optional(),
});

export const ApproveMappingBody = z.object({
  approval_note: note.nullable().optional(),
  learn_from_approval: z.boolean().default(true),
  metadata: z.record(z.string(), z.unknown()).nullable().optional(),
  confidence_adjustment: z.number().nullable().optional(),
});

export const RejectMappingBody = z.object({
  rejection_reason: note.min(1),
  alternative_suggestion: target.optional(),
  learn_from_rejection: z.boolean().default(true),
  metadata: z.record(z.string(), z.unknown()).nullable().optional(),
});

export const LearnBody = z.object({
  actions: z
    .array(
      z.object({
        mapping_id: Uuid,
        action: z.enum(['approve', 'reject']),
        rejection_reason: note.optional(),
        alternative_suggestion: target.optional(),
        note: note.optional(),
      }),
    )
    .min(1)
    .max(1_000),
  /** What is learnt stays in the engagement; asking for more is refused. */
  learn_globally: z.literal(false, { error: 'What is learnt never leaves the engagement' }).default(false),
  context_metadata: z.record(z.string(), z.unknown()).nullable().optional(),
});

/** The whole decision at once; columns that are not named stay as they are. */
export const DecisionDocument = z.strictObject({
  version: z.int().min(1).nullable().optional(),
  mappings: z
    .array(
      z.strictObject({
        id: Uuid,
        status: z.enum(mappingStatuses).optional(),
        target_field: target.optional(),
        transformation_rule: RuleChange.optional(),
        note: note.optional(),
      }),
    )
    .max(5_000),
  /** Decide the gate with it. */
  approve: z.boolean().default(false),
});

export const MappingOutcome = z
  .object({
    mapping_id: Uuid,
    action: z.enum(['approve', 'reject']),
    success: z.literal(true),
    learned_pattern_id: Uuid.nullable(),
    confidence_score: Confidence,
    patterns_created: Count,
    patterns_updated: Count,
    mapping: Mapping,
    version: z.int().nullable(),
  })
  .meta({ id: 'MappingOutcome' });

export const LearnAnswer = z
  .object({
    total_actions: Count,
    successful_actions: Count,
    failed_actions: Count,
    results: z.array(MappingOutcome),
    patterns_created: Count,
    patterns_updated: Count,
    global_patterns_created: Count,
  })
  .meta({ id: 'LearnAnswer' });

export const GenerateAnswer = z
  .object({ task_id: Uuid, flow_id: Uuid, status: z.literal('processing'), message: z.string() })
  .meta({ id: 'GenerateAnswer' });

export const MappingAnalysis = z
  .object({
    total_fields: Count,
    mapped_fields: Count,
    unmapped_fields: Count,
    confidence_score: Confidence,
    suggestions: z.array(
      z.object({
        id: Uuid,
        source_field: z.string(),
        target_field: z.string().nullable(),
        confidence: Confidence,
        reasoning: z.string(),
        sample_values: z.array(z.string()),
        mapping_type: z.enum(mappingTypes),
        alternatives: z.array(z.object({ target_field: z.string(), confidence: Confidence })),
      }),
    ),
  })
  .meta({ id: 'MappingAnalysis' });
