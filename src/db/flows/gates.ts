import type { Gate } from '../../domain/flow/phases';
import { type Actor, insertAuditEvent } from '../accounts/audit';
import { touchFlow } from './flows';
import { toJson } from '../bulk/json';
import { queryFirst, queryOne, queryRows } from '../connection/query';
import type { SystemTrx } from '../connection/scopes';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** A row of `flow_gates`: a question to people, with the version of what they are asked about. */
export interface FlowGate {
  readonly id: string;
  readonly flowId: string;
  readonly gate: Gate;
  readonly importId: string | null;
  readonly version: number;
  readonly openedAt: Date;
  readonly decision: Readonly<Record<string, unknown>> | null;
  readonly decidedVersion: number | null;
  /** Null on a decided gate: the policy of the flow decided. */
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly consumedAt: Date | null;
}

export interface GateRef {
  readonly flowId: string;
  readonly gate: Gate;
  /** Null: the gate of the whole flow. */
  readonly importId: string | null;
}

const ofGate = `client_account_id = :clientAccountId and engagement_id = :engagementId and flow_id = :flowId
  and gate = :gate and import_id is not distinct from :importId::uuid`;

/** Opens a gate, or finds it as it stands. One that was consumed opens anew, undecided, under a raised version. */
export async function openGate(trx: TenantTrx, ref: GateRef): Promise<FlowGate> {
  const gate = await queryOne<FlowGate>(
    trx,
    `insert into flow_gates as g (client_account_id, engagement_id, flow_id, gate, import_id)
     values (:clientAccountId, :engagementId, :flowId, :gate, :importId)
     on conflict on constraint flow_gates_one_each do update set
       version = g.version + (g.consumed_at is not null)::integer,
       opened_at = case when g.consumed_at is null then g.opened_at else clock_timestamp() end,
       decision = case when g.consumed_at is null then g.decision end,
       decided_version = case when g.consumed_at is null then g.decided_version end,
       decided_by = case when g.consumed_at is null then g.decided_by end,
       decided_at = case when g.consumed_at is null then g.decided_at end,
       consumed_at = null
     returning *`,
    { ...tenantOf(trx), ...ref },
  );
  await touchFlow(trx, ref.flowId);
  return gate;
}

export async function findGate(trx: TenantTrx, ref: GateRef): Promise<FlowGate | undefined> {
  return queryFirst<FlowGate>(trx, `select * from flow_gates where ${ofGate}`, { ...tenantOf(trx), ...ref });
}

/** All gates of a flow, the oldest first. */
export async function listGates(trx: TenantTrx, flowId: string): Promise<FlowGate[]> {
  return queryRows<FlowGate>(
    trx,
    `select * from flow_gates where client_account_id = :clientAccountId and engagement_id = :engagementId
       and flow_id = :flowId
     order by opened_at, gate`,
    { ...tenantOf(trx), flowId },
  );
}

/**
 * Raises the version of an undecided gate because what it asks about has changed, so that a decision on the older
 * version is refused. With `expected` only from that version. Answers the new version, undefined when nothing was
 * raised: decided already, no such gate, or another version.
 */
export async function raiseGateVersion(
  trx: TenantTrx,
  ref: GateRef,
  expected?: number,
): Promise<number | undefined> {
  const raised = await queryFirst<{ version: number }>(
    trx,
    `update flow_gates set version = version + 1
     where ${ofGate} and decided_at is null and (:expected::integer is null or version = :expected)
     returning version`,
    { ...tenantOf(trx), ...ref, expected },
  );
  if (raised !== undefined) await touchFlow(trx, ref.flowId);
  return raised?.version;
}

export interface GateDecision {
  /** The version that the person saw. */
  readonly version: number;
  readonly decision: Readonly<Record<string, unknown>>;
  /** Null: the policy of the flow. */
  readonly decidedBy: string | null;
}

/** `won`: this decision stands. `stale`: made on another version. `decided`: another one came first. */
export type DecisionAnswer = 'won' | 'stale' | 'decided' | 'missing';

/** Decides a gate by one conditional update: of decisions at the same time exactly one wins. */
export async function decideGate(
  trx: TenantTrx,
  ref: GateRef,
  decision: GateDecision,
  actor: Actor,
): Promise<DecisionAnswer> {
  const won = await queryFirst<{ id: string }>(
    trx,
    `update flow_gates set decision = :decision, decided_version = version, decided_by = :decidedBy,
       decided_at = clock_timestamp()
     where ${ofGate} and version = :version and decided_at is null returning id`,
    {
      ...tenantOf(trx),
      ...ref,
      decision: toJson(decision.decision),
      decidedBy: decision.decidedBy,
      version: decision.version,
    },
  );
  if (won === undefined) return whyNotDecided(trx, ref);
  await touchFlow(trx, ref.flowId);
  await insertAuditEvent(trx, actor, {
    action: `gate.${ref.gate}_decided`,
    resourceType: 'flow_gate',
    resourceId: won.id,
    flowId: ref.flowId,
    details: { importId: ref.importId, version: decision.version },
  });
  return 'won';
}

async function whyNotDecided(trx: TenantTrx, ref: GateRef): Promise<DecisionAnswer> {
  const gate = await findGate(trx, ref);
  if (gate === undefined) return 'missing';
  return gate.decidedAt === null ? 'stale' : 'decided';
}

/** Takes the decision of a gate, once: undefined when it is undecided or was taken before. */
export async function consumeGate(trx: TenantTrx, ref: GateRef): Promise<FlowGate | undefined> {
  return queryFirst<FlowGate>(
    trx,
    `update flow_gates set consumed_at = clock_timestamp()
     where ${ofGate} and decided_at is not null and consumed_at is null returning *`,
    { ...tenantOf(trx), ...ref },
  );
}

export interface StaleGate {
  readonly clientAccountId: string;
  readonly engagementId: string;
  readonly flowId: string;
  readonly gate: Gate;
}

/** Gates of all tenants, decided before a moment, at which a flow still waits; for the reconciler. */
export async function listStaleGates(trx: SystemTrx, before: Date, limit: number): Promise<StaleGate[]> {
  return queryRows<StaleGate>(
    trx,
    `select g.client_account_id, g.engagement_id, g.flow_id, g.gate from flow_gates g
     join master_flows m on m.client_account_id = g.client_account_id and m.engagement_id = g.engagement_id
       and m.flow_id = g.flow_id and m.flow_status = 'waiting_for_approval'
     where g.decided_at < :before and g.consumed_at is null order by g.decided_at limit :limit`,
    { before, limit },
  );
}
