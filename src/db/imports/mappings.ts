import type { AttributeName } from '../../domain/attributes/types';
import type { MappingStatus, MappingType } from '../../domain/lists';
import type { ColumnRule, MappingReason, MappingSuggestion } from '../../domain/mapping/types';
import { toJson } from '../bulk/json';
import { execute, prepare, queryFirst, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** A row of `import_field_mappings`. */
export interface FieldMapping {
  readonly id: string;
  readonly importId: string;
  readonly sourceColumn: string;
  readonly columnPosition: number;
  /** Null: the column stays unmapped. */
  readonly target: AttributeName | null;
  readonly confidence: number;
  readonly status: MappingStatus;
  readonly type: MappingType;
  readonly rule: ColumnRule;
  readonly reasons: readonly MappingReason[];
  readonly samples: readonly string[];
  readonly alternatives: readonly { readonly target: AttributeName; readonly confidence: number }[];
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** Writes suggestions; what a person has decided stays as it is. */
export async function upsertSuggestions(
  trx: TenantTrx,
  importId: string,
  suggestions: readonly MappingSuggestion[],
): Promise<void> {
  await execute(
    trx,
    `insert into import_field_mappings as m (client_account_id, engagement_id, import_id, source_column,
       column_position, target, confidence, type, rule, reasons, samples, alternatives)
     select :clientAccountId::uuid, :engagementId::uuid, :importId::uuid, "sourceColumn", position, target,
       round(confidence, 3), type, rule, reasons, samples, alternatives
     from jsonb_to_recordset(:suggestions::jsonb) as s("sourceColumn" text, position integer, target text,
       confidence numeric, type text, rule jsonb, reasons jsonb, samples jsonb, alternatives jsonb)
     on conflict (client_account_id, engagement_id, import_id, source_column) do update set
       target = excluded.target, confidence = excluded.confidence, type = excluded.type, rule = excluded.rule,
       reasons = excluded.reasons, samples = excluded.samples, alternatives = excluded.alternatives,
       version = m.version + 1, updated_at = clock_timestamp()
     where m.status = 'pending'`,
    {
      ...tenantOf(trx),
      importId,
      suggestions: toJson(
        JSON.parse(
          JSON.stringify(suggestions)
            .toWellFormed()
            .replaceAll(String.raw`\u0000`, '\uFFFD'),
        ),
      ),
    },
  );
}

const mappingsOfImport = prepare(
  'mappings_of_import',
  `select * from import_field_mappings where ${ofTenant} and import_id = :importId order by column_position`,
);

export async function listMappings(trx: TenantTrx, importId: string): Promise<FieldMapping[]> {
  return queryRows<FieldMapping>(trx, mappingsOfImport, { ...tenantOf(trx), importId });
}

export async function findMapping(trx: TenantTrx, id: string): Promise<FieldMapping | undefined> {
  return queryFirst<FieldMapping>(trx, `select * from import_field_mappings where ${ofTenant} and id = :id`, {
    ...tenantOf(trx),
    id,
  });
}

export interface MappingDecision {
  readonly id: string;
  readonly status: MappingStatus;
  /** Absent: as it is. Null: leave unmapped. */
  readonly target?: AttributeName | null;
  readonly rule?: ColumnRule;
  readonly note?: string | null;
}

/** Decides one mapping; a changed target or rule is a person's own mapping from then on. */
export async function decideMapping(
  trx: TenantTrx,
  decision: MappingDecision,
  decidedBy: string | null,
): Promise<FieldMapping | undefined> {
  const { id, status, target, rule, note } = decision;
  return queryFirst<FieldMapping>(
    trx,
    `update import_field_mappings set status = :status::text,
       type = case when :changesTarget::boolean and target is distinct from :target::text then 'manual' else type end,
       target = case when :changesTarget::boolean then :target::text else target end,
       rule = coalesce(:rule::jsonb, rule), decision_note = coalesce(:note, decision_note),
       decided_by = case when :status = 'pending' then null else :decidedBy::uuid end,
       decided_at = case when :status = 'pending' then null else clock_timestamp() end,
       version = version + 1, updated_at = clock_timestamp()
     where ${ofTenant} and id = :id returning *`,
    {
      ...tenantOf(trx),
      id,
      status,
      changesTarget: target !== undefined,
      target: target ?? null,
      rule: rule === undefined ? null : toJson(rule),
      note,
      decidedBy,
    },
  );
}

/** Approves what is still pending in an import as it was suggested; null targets stay unmapped. */
export async function sealMappings(
  trx: TenantTrx,
  importId: string,
  decidedBy: string | null,
): Promise<number> {
  return execute(
    trx,
    `update import_field_mappings set status = 'approved', decided_by = :decidedBy,
       decided_at = clock_timestamp(), updated_at = clock_timestamp()
     where ${ofTenant} and import_id = :importId and status = 'pending'`,
    { ...tenantOf(trx), importId, decidedBy },
  );
}

/** Leaves columns unmapped whose suggestion is not confident enough to be approved without a person. */
export async function unmapBelow(trx: TenantTrx, importId: string, minConfidence: number): Promise<number> {
  return execute(
    trx,
    `update import_field_mappings set decision_note = 'below the threshold of automatic approval: ' || target,
       target = null, status = 'approved', decided_at = clock_timestamp(), updated_at = clock_timestamp()
     where ${ofTenant} and import_id = :importId and status = 'pending' and target is not null
       and confidence < :minConfidence`,
    { ...tenantOf(trx), importId, minConfidence },
  );
}
