import type { FlowPolicy } from '../../domain/flow/messages';
import { discoveryWorkflowId } from '../../domain/flow/ids';
import type { Phase } from '../../domain/flow/phases';
import { type FlowStatus, flowStatuses } from '../../domain/flow/status';
import { type Actor, insertAuditEvent } from '../accounts/audit';
import type { DiscoveryFlow, FlowStatusRow, MasterFlow } from './flow-rows';
import { type NewImport, insertImports } from '../imports/imports';
import { toJson } from '../bulk/json';
import { execute, executeLater, prepare, queryFirst, queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

export interface NewFlow {
  readonly flowId: string;
  readonly userId: string;
  readonly flowName: string;
  readonly fingerprint: string;
  readonly runId: string | null;
  readonly policy: FlowPolicy;
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** The first file; null makes a flow that waits for one. */
  readonly import: NewImport | null;
  /** Further tables of the same upload. */
  readonly furtherImports?: readonly NewImport[];
}

/**
 * Inserts master, import, child and audit event together. False when the flow exists already; nothing is written
 * then, and the caller compares fingerprints.
 */
export async function insertFlow(trx: TenantTrx, flow: NewFlow, actor: Actor): Promise<boolean> {
  const tenant = tenantOf(trx);
  const { flowId, userId, flowName, fingerprint, runId, policy, configuration } = flow;
  const inserted = await execute(
    trx,
    `insert into master_flows (client_account_id, engagement_id, flow_id, user_id, flow_name, fingerprint,
       workflow_id, run_id, flow_configuration, waiting_for)
     values (:clientAccountId, :engagementId, :flowId, :userId, :flowName, :fingerprint, :workflowId, :runId,
       :configuration, :waitingFor)
     on conflict do nothing`,
    {
      ...tenant,
      flowId,
      userId,
      flowName,
      fingerprint,
      runId,
      workflowId: discoveryWorkflowId({ ...tenant, flowId }),
      configuration: toJson({ ...configuration, policy }),
      waitingFor: flow.import === null ? 'import' : null,
    },
  );
  if (inserted === 0) return false;
  const imports = flow.import === null ? [] : [flow.import, ...(flow.furtherImports ?? [])];
  if (imports.length > 0) await insertImports(trx, flowId, imports);
  await executeLater(
    trx,
    `insert into discovery_flows (client_account_id, engagement_id, master_flow_id, data_import_id)
     values (:clientAccountId, :engagementId, :flowId, :importId)`,
    { ...tenant, flowId, importId: flow.import?.id },
  );
  await insertAuditEvent(trx, actor, {
    action: 'flow.created',
    resourceType: 'flow',
    resourceId: flowId,
    flowId,
    details: { importId: flow.import?.id ?? null, approval: policy.approval.mode },
  });
  return true;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

export async function findFlow(trx: TenantTrx, flowId: string): Promise<MasterFlow | undefined> {
  return queryFirst<MasterFlow>(trx, `select * from master_flows where ${ofTenant} and flow_id = :flowId`, {
    ...tenantOf(trx),
    flowId,
  });
}

const lockedFlow = prepare(
  'lock_flow',
  `select * from master_flows where ${ofTenant} and flow_id = :flowId for update`,
);

/** `findFlow`, and nobody else changes the flow before this transaction ends. */
export async function lockFlow(trx: TenantTrx, flowId: string): Promise<MasterFlow | undefined> {
  return queryFirst<MasterFlow>(trx, lockedFlow, { ...tenantOf(trx), flowId });
}

/** The child of a master flow. */
export async function findDiscoveryFlow(trx: TenantTrx, flowId: string): Promise<DiscoveryFlow | undefined> {
  return queryFirst<DiscoveryFlow>(
    trx,
    `select * from discovery_flows where ${ofTenant} and master_flow_id = :flowId`,
    { ...tenantOf(trx), flowId },
  );
}

/** What a status answer says, for callers that are in a transaction; others use `readFlowStatus`. */
export async function findFlowStatus(trx: TenantTrx, flowId: string): Promise<FlowStatusRow | undefined> {
  return queryFirst<FlowStatusRow>(
    trx,
    `select * from flow_statuses where ${ofTenant} and flow_id = :flowId`,
    { ...tenantOf(trx), flowId },
  );
}

export interface FlowFilter {
  /** Undefined: every status. */
  readonly statuses?: readonly FlowStatus[];
  readonly userId?: string;
}

export interface FlowPage extends FlowFilter {
  /** Keyset cursor: the last flow of the page before. */
  readonly before?: { readonly createdAt: Date; readonly flowId: string };
  /** For contract lists that count pages. */
  readonly offset?: number;
  readonly limit: number;
}

/** Flows of the tenant, newest first. */
export async function listFlows(trx: TenantTrx, page: FlowPage): Promise<MasterFlow[]> {
  return queryRows<MasterFlow>(
    trx,
    `select * from master_flows where ${ofTenant} and flow_status = any (:statuses)
       and (:userId::uuid is null or user_id = :userId)
       and (:createdAt::timestamptz is null or (created_at, flow_id) < (:createdAt, :flowId::uuid))
     order by created_at desc, flow_id desc limit :limit offset :offset`,
    {
      ...tenantOf(trx),
      statuses: page.statuses ?? flowStatuses,
      userId: page.userId,
      createdAt: page.before?.createdAt,
      flowId: page.before?.flowId,
      limit: page.limit,
      offset: page.offset ?? 0,
    },
  );
}

export async function countFlows(trx: TenantTrx, filter: FlowFilter = {}): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    trx,
    `select count(*) from master_flows where ${ofTenant} and flow_status = any (:statuses)
       and (:userId::uuid is null or user_id = :userId)`,
    { ...tenantOf(trx), statuses: filter.statuses ?? flowStatuses, userId: filter.userId },
  );
  return count;
}

/** Notes the present run of the flow's workflow: continue-as-new and restart change it. */
export async function setFlowRun(trx: TenantTrx, flowId: string, runId: string): Promise<void> {
  await executeLater(
    trx,
    `update master_flows set run_id = :runId
     where ${ofTenant} and flow_id = :flowId and run_id is distinct from :runId`,
    { ...tenantOf(trx), flowId, runId },
  );
}

/** Tells subscribers at once that something of the flow changed which its own row does not hold. */
export async function touchFlow(trx: TenantTrx, flowId: string): Promise<void> {
  await executeLater(
    trx,
    `update master_flows set changed_at = clock_timestamp() where ${ofTenant} and flow_id = :flowId`,
    { ...tenantOf(trx), flowId },
  );
}

/** Merges keys into `flow_persistence_data`; a key that is there is replaced. */
export async function mergePersistenceData(
  trx: TenantTrx,
  flowId: string,
  patch: Readonly<Record<string, unknown>>,
): Promise<void> {
  await execute(
    trx,
    `update master_flows set flow_persistence_data = flow_persistence_data || :patch::jsonb
     where ${ofTenant} and flow_id = :flowId`,
    { ...tenantOf(trx), flowId, patch: toJson(patch) },
  );
}

/** What a phase leaves for the status answer; bounded, no rows. */
export async function setPhaseState(
  trx: TenantTrx,
  flowId: string,
  phase: Phase,
  state: Readonly<Record<string, unknown>>,
): Promise<void> {
  await executeLater(
    trx,
    `update discovery_flows set phase_state = phase_state || jsonb_build_object(:phase::text, :state::jsonb),
       updated_at = clock_timestamp()
     where ${ofTenant} and master_flow_id = :flowId`,
    { ...tenantOf(trx), flowId, phase, state: toJson(state) },
  );
}
