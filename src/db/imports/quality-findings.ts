import type { FindingSeverity, ProfileAction } from '../../domain/lists';
import type { QualityFinding } from '../../domain/quality/types';
import { toJson } from '../bulk/json';
import { execute, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** A row of `data_quality_findings`. */
export interface QualityFindingRow {
  readonly id: string;
  readonly importId: string;
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly blocking: boolean;
  readonly sourceColumn: string | null;
  readonly attribute: string | null;
  readonly affectedRows: number;
  readonly message: string;
  readonly examples: readonly string[];
  readonly action: ProfileAction | null;
  readonly actionDetail: Readonly<Record<string, unknown>>;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** Writes the findings of a run; those of an earlier attempt are replaced. */
export async function replaceFindings(
  trx: TenantTrx,
  place: { readonly phaseRunId: string; readonly importId: string },
  findings: readonly QualityFinding[],
): Promise<void> {
  await execute(trx, `delete from data_quality_findings where ${ofTenant} and phase_run_id = :phaseRunId`, {
    ...tenantOf(trx),
    phaseRunId: place.phaseRunId,
  });
  await addFindings(trx, place, findings);
}

/** Adds findings to those that a run has. */
export async function addFindings(
  trx: TenantTrx,
  place: { readonly phaseRunId: string; readonly importId: string },
  findings: readonly QualityFinding[],
): Promise<void> {
  if (findings.length === 0) return;
  await execute(
    trx,
    `insert into data_quality_findings (client_account_id, engagement_id, phase_run_id, import_id, code, severity,
       blocking, source_column, attribute, affected_rows, message, examples)
     select :clientAccountId::uuid, :engagementId::uuid, :phaseRunId::uuid, :importId::uuid, code, severity, blocking,
       "column", attribute, "affectedRows", message, array(select jsonb_array_elements_text(examples))
     from jsonb_to_recordset(:findings::jsonb) as f(code text, severity text, blocking boolean, "column" text,
       attribute text, "affectedRows" bigint, message text, examples jsonb)`,
    {
      ...tenantOf(trx),
      ...place,
      findings: toJson(
        JSON.parse(
          JSON.stringify(findings)
            .toWellFormed()
            .replaceAll(String.raw`\u0000`, '\uFFFD'),
        ),
      ),
    },
  );
}

/** Findings of an import from every phase that is published or waits, the worst first. */
export async function listFindings(trx: TenantTrx, importId: string): Promise<QualityFindingRow[]> {
  return queryRows<QualityFindingRow>(
    trx,
    `select f.* from data_quality_findings f
     join phase_runs r on r.client_account_id = f.client_account_id and r.engagement_id = f.engagement_id
       and r.id = f.phase_run_id
     where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId and f.import_id = :importId
       and r.status <> 'superseded'
     order by array_position(array['critical', 'high', 'medium', 'low', 'info'], f.severity), f.source_column, f.code`,
    { ...tenantOf(trx), importId },
  );
}

export interface FindingDecision {
  readonly column: string;
  readonly action: ProfileAction;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Decides the findings of the named columns; returns how many were decided. */
export async function decideFindings(
  trx: TenantTrx,
  importId: string,
  decisions: readonly FindingDecision[],
  decidedBy: string | null,
): Promise<number> {
  return execute(
    trx,
    `update data_quality_findings f set action = d.action, action_detail = coalesce(d.detail, '{}'::jsonb),
       decided_by = :decidedBy::uuid, decided_at = clock_timestamp()
     from jsonb_to_recordset(:decisions::jsonb) as d("column" text, action text, detail jsonb)
     where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId and f.import_id = :importId
       and f.source_column = d."column"`,
    { ...tenantOf(trx), importId, decisions: toJson(decisions), decidedBy },
  );
}
