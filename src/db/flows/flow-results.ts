import type { Gate, Phase } from '../../domain/flow/phases';
import type { FlowStatus } from '../../domain/flow/status';
import { prepare, queryFirst } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Where a flow stands, as its rows tell it. */
export interface FlowStanding {
  readonly flowStatus: FlowStatus;
  readonly pausedFrom: FlowStatus | null;
  readonly waitingFor: Gate | null;
  /** Ids in the order in which the imports joined; undone ones are left out. */
  readonly imports: readonly string[];
  /** Outside scenarios. */
  readonly published: readonly { readonly phase: Phase; readonly importId: string | null }[];
  /** Gates whose decision was not consumed. */
  readonly gates: readonly { readonly gate: Gate; readonly importId: string | null }[];
  /** Imports whose mappings are suggested and not approved. */
  readonly suggested: readonly string[];
  /** A pause or cancel waits. */
  readonly stopPending: boolean;
}

const ofFlow = (table: string): string =>
  `${table}.client_account_id = :clientAccountId and ${table}.engagement_id = :engagementId
     and ${table}.flow_id = :flowId`;

const standing = prepare(
  'flow_standing',
  `select m.flow_status, m.paused_from, m.waiting_for,
     coalesce((select jsonb_agg(i.id order by i.position) from data_imports i
       where ${ofFlow('i')} and i.undone_at is null), '[]') as imports,
     coalesce((select jsonb_agg(jsonb_build_object('phase', f.phase, 'importId', f.import_id)) from flow_results f
       where ${ofFlow('f')} and f.scenario_id is null), '[]') as published,
     coalesce((select jsonb_agg(jsonb_build_object('gate', g.gate, 'importId', g.import_id)
         order by g.opened_at, g.gate) from flow_gates g
       where ${ofFlow('g')} and g.consumed_at is null), '[]') as gates,
     coalesce((select jsonb_agg(r.import_id) from phase_runs r
       where ${ofFlow('r')} and r.phase = 'field_mapping' and r.scenario_id is null and r.status <> 'superseded'
         and r.position_detail -> 'suggested' = 'true'), '[]') as suggested,
     exists (select from flow_commands c where ${ofFlow('c')} and c.consumed_at is null
       and c.type in ('pause', 'cancel')) as stop_pending
   from master_flows m where ${ofFlow('m')}`,
);

/** Undefined: the tenant has no such flow. */
export async function findFlowStanding(trx: TenantTrx, flowId: string): Promise<FlowStanding | undefined> {
  return queryFirst<FlowStanding>(trx, standing, { ...tenantOf(trx), flowId });
}
