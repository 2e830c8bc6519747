import { z } from 'zod';
import { attributeCategories } from '../../domain/attributes/types';
import { fieldDataTypes } from '../../domain/lists';
import { Count, Percent, Uuid } from './common';

export const TargetFields = z
  .object({
    fields: z.array(
      z.object({
        name: z.string(),
        display_name: z.string(),
        short_hint: z.string(),
        description: z.string(),
        category: z.enum(attributeCategories),
        type: z.enum(fieldDataTypes),
        data_type: z.enum(fieldDataTypes),
        value_shape: z.string(),
        unit: z.string().nullable(),
        multiple: z.boolean(),
        required: z.boolean(),
        critical: z.boolean(),
        nullable: z.boolean(),
      }),
    ),
    total: Count,
  })
  .meta({ id: 'TargetFields' });

export const TargetFieldCategories = z
  .object({
    categories: z.array(
      z.object({ name: z.enum(attributeCategories), display_name: z.string(), fields_count: Count }),
    ),
  })
  .meta({ id: 'TargetFieldCategories' });

export const CriticalAttributes = z
  .object({
    flow_id: Uuid.nullable(),
    critical_fields_total: Count,
    critical_fields_mapped: Count,
    completion_percentage: Percent,
    missing_fields: z.array(z.string()),
    readiness: z.enum(['low', 'moderate', 'good']),
    readiness_percentage: Percent,
    attributes: z.array(
      z.object({
        name: z.string(),
        category: z.string(),
        required: z.boolean(),
        coverage: z.enum(['covered', 'partial', 'missing']),
        /** Share of rows that state it. */
        share: z.number().min(0).max(1),
        mapped_to: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'CriticalAttributes' });

export const LearningStatistics = z
  .object({
    total_learned_mappings: Count,
    /** Approved of all decided, 0 to 1. */
    accuracy_rate: z.number().min(0).max(1),
    mappings_by_type: z.object({ ai_suggested: Count, manually_approved: Count, manually_created: Count }),
    decided: Count,
    learned: Count,
  })
  .meta({ id: 'LearningStatistics' });
