import { z } from 'zod';
import { reconciliationGaps } from '../../domain/inventory/reconciliation';
import { assetTypes, dependencyOrigins, dependencyTypes, dispositions, hardnesses } from '../../domain/lists';
import { Confidence, Count, CursorQuery, Timestamp, Uuid } from './common';
import { NextCursor } from './flow-lists';

export const DependencyQuery = CursorQuery.extend({ flow_id: Uuid.optional(), asset_id: Uuid.optional() });

export const Dependencies = z
  .object({
    edges: z.array(
      z.object({
        id: Uuid,
        /** The asset that depends. */
        source: Uuid,
        /** The asset that it needs. */
        target: Uuid,
        type: z.enum(dependencyTypes),
        hardness: z.enum(hardnesses),
        origin: z.enum(dependencyOrigins),
        port: z.int().nullable(),
        protocol: z.string().nullable(),
        connections: Count.nullable(),
        confidence: Confidence,
        import_id: Uuid.nullable(),
        row_number: z.int().nullable(),
        evidence: z.string().nullable(),
      }),
    ),
    unresolved: z.array(
      z.object({
        source: Uuid.nullable(),
        reference: z.string(),
        reason: z.string(),
        type: z.enum(dependencyTypes),
        import_id: Uuid,
        row_number: z.int(),
      }),
    ),
    next_cursor: NextCursor,
  })
  .meta({ id: 'Dependencies' });

/** Groups and waves are few beside the assets, so a page may hold many. */
export const PlanQuery = z.object({
  limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
  cursor: z.string().max(500).optional(),
  flow_id: Uuid.optional(),
});

export const Groups = z
  .object({
    plan: z.int().nullable(),
    groups: z.array(
      z.object({
        number: z.int(),
        name: z.string(),
        reasons: z.array(z.string()),
        is_shared_service: z.boolean(),
        has_cycle: z.boolean(),
        wave_number: z.int().nullable(),
        members: z.array(Uuid),
      }),
    ),
    next_cursor: NextCursor,
  })
  .meta({ id: 'Groups' });

export const Waves = z
  .object({
    plan: z.int().nullable(),
    waves: z.array(
      z.object({
        number: z.int(),
        /** Numbers of groups. */
        groups: z.array(z.int()),
        cuts: z.array(z.record(z.string(), z.unknown())),
        reasons: z.array(z.string()),
      }),
    ),
    next_cursor: NextCursor,
  })
  .meta({ id: 'Waves' });

export const RecommendationQuery = CursorQuery.extend({
  flow_id: Uuid.optional(),
  strategy: z.enum(dispositions).optional(),
  asset_type: z.enum(assetTypes).optional(),
});

export const Recommendations = z
  .object({
    recommendations: z.array(
      z.object({
        asset_id: Uuid,
        name: z.string(),
        asset_type: z.enum(assetTypes),
        /** A person's choice where there is one, else what is recommended. */
        strategy: z.enum(dispositions),
        recommended_strategy: z.enum(dispositions),
        confidence: Confidence,
        points: z.array(z.unknown()),
        runner_up: z.enum(dispositions).nullable(),
        flips_if: z.string().nullable(),
        missing: z.array(z.string()),
        findings: z.array(z.record(z.string(), z.unknown())),
        debt_score: z.number().nullable(),
        blockers: z.array(z.unknown()),
        override: z.object({ reason: z.string(), user_id: Uuid, at: Timestamp }).nullable(),
      }),
    ),
    next_cursor: NextCursor,
  })
  .meta({ id: 'Recommendations' });

export const ReconciliationQuery = CursorQuery.extend({ gap: z.enum(reconciliationGaps).optional() });

export const Reconciliation = z
  .object({
    total_assets: Count,
    sources: z.array(
      z.object({
        source_id: Uuid,
        name: z.string(),
        product: z.string().nullable(),
        assets: Count,
        /** Known to this source alone. */
        only: Count,
      }),
    ),
    /** Assets that one source knows and the other does not. */
    missing: z.array(z.object({ present: Uuid, missing: Uuid, assets: Count })),
    gaps: z.object({
      without_application: Count,
      without_owner: Count,
      without_server: Count,
      without_environment: Count,
      single_source: Count,
      in_disagreement: Count,
    }),
    assets: z.array(
      z.object({
        asset_id: Uuid,
        name: z.string(),
        asset_type: z.enum(assetTypes),
        sources: z.array(Uuid),
        gaps: z.array(z.enum(reconciliationGaps)),
        disagreements: z.array(z.string()),
      }),
    ),
    next_cursor: NextCursor,
  })
  .meta({ id: 'Reconciliation' });

export const Source = z
  .object({
    id: Uuid,
    name: z.string(),
    product: z.string().nullable(),
    scope: z.string(),
    rank: z.int(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'DataSource' });

export const SourceList = z.object({ sources: z.array(Source), total: Count }).meta({ id: 'DataSourceList' });

export const SourceBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  product: z.string().trim().min(1).max(200).nullable().optional(),
  scope: z.string().trim().max(200).optional(),
  /** Lower is trusted more when sources disagree. */
  rank: z.int().min(1).max(1_000_000).optional(),
});
