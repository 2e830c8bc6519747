import { z } from 'zod';
import { assetTypes } from '../../domain/lists';
import { Confidence, Count, Pagination, Timestamp, Uuid } from './common';
import { NextCursor } from './flow-lists';

export const assetParams = z.object({ asset_id: Uuid });

export const AssetQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).optional(),
  page_size: z.coerce.number().int().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(2_000).optional(),
  asset_type: z.enum(assetTypes).optional(),
  status_filter: z.string().max(200).optional(),
  flow_id: Uuid.optional(),
});

const source = z.object({
  flow_id: Uuid,
  import_id: Uuid,
  row_number: z.int(),
  source_name: z.string().nullable(),
  filename: z.string().nullable(),
});

/** An asset with its attributes beside the fixed fields; which of them it has depends on its sources. */
export const Asset = z
  .looseObject({
    id: Uuid,
    name: z.string(),
    asset_type: z.enum(assetTypes),
    subtype: z.string().nullable(),
    status: z.string(),
    classification_confidence: Confidence.nullable(),
    sources: z.array(source),
    overridden: z.array(z.string()),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Asset' });

export const AssetList = z
  .object({
    success: z.literal(true),
    assets: z.array(Asset),
    total: Count.nullable(),
    pagination: Pagination.nullable(),
    next_cursor: NextCursor,
    filters: z.record(z.string(), z.unknown()),
    metadata: z.object({ timestamp: Timestamp }),
  })
  .meta({ id: 'AssetList' });

export const AssetDetail = Asset.extend({
  classification: z.array(z.unknown()),
  merged_into: Uuid.nullable(),
  deleted_at: Timestamp.nullable(),
  revision: z.int(),
}).meta({ id: 'AssetDetail' });

export const AssetSummary = z
  .object({
    summary: z.object({ total_assets: Count, type_distribution: z.record(z.string(), Count) }),
  })
  .meta({ id: 'AssetSummary' });

export const Provenance = z
  .object({
    asset_id: Uuid,
    values: z.array(
      z.object({
        attribute: z.string(),
        value: z.unknown(),
        origin: z.enum(['source', 'person', 'rule', 'unknown']),
        import_id: Uuid.nullable(),
        row_number: z.int().nullable(),
        line_number: z.int().nullable(),
        /** Rows that made the value together: disks that were added, adapters whose addresses were listed. */
        parts: z
          .array(
            z.object({
              row_number: z.int(),
              line_number: z.int().nullable(),
              original_text: z.string().nullable(),
            }),
          )
          .nullable(),
        filename: z.string().nullable(),
        source_name: z.string().nullable(),
        source_column: z.string().nullable(),
        /** The cell as it stands in the file. */
        original_text: z.string().nullable(),
        /** Conversion or rule that made the value. */
        rule: z.string().nullable(),
        user_id: Uuid.nullable(),
        reason: z.string().nullable(),
        at: Timestamp.nullable(),
      }),
    ),
    records: z.array(source.extend({ rank: z.int(), as_of: Timestamp.nullable() })),
  })
  .meta({ id: 'Provenance' });

const reason = z.string().trim().min(1).max(2_000).optional();
const values = z.record(z.string().max(100), z.unknown());

export const ChangeAssetBody = z.strictObject({ values, reason });
export const ChangeAssetsBody = z.strictObject({ asset_ids: z.array(Uuid).min(1).max(200), values, reason });

export const ChangedAssets = z
  .object({
    success: z.literal(true),
    updated_count: Count,
    assets: z.array(Asset),
    /** The change that lets the rest of the estate follow. */
    estate_change_id: Uuid,
    message: z.string(),
  })
  .meta({ id: 'ChangedAssets' });
