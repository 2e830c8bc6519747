import type { Phase, PhaseRunStatus } from '../../domain/flow/phases';
import type { LedgerState } from '../../domain/lists';
import { toJson } from '../bulk/json';
import { execute, prepare, queryFirst, queryOne } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Records of a run by where they end; `passed` ones are handed on to the next phase. */
export type Ledger = Readonly<Record<LedgerState | 'passed', number>>;

/** A row of `phase_runs`. */
export interface PhaseRun extends Ledger {
  readonly id: string;
  /** Null for a run of an estate change. */
  readonly flowId: string | null;
  readonly changeId: string | null;
  readonly scenarioId: string | null;
  readonly phase: Phase;
  readonly importId: string | null;
  readonly status: PhaseRunStatus;
  /** Whoever holds an older number has been replaced and must stop. */
  readonly fence: number;
  /** Records read or handled so far; the run goes on from here. */
  readonly position: number;
  readonly positionDetail: Readonly<Record<string, unknown>>;
  /** Result of the phase as a whole, bounded. */
  readonly summary: Readonly<Record<string, unknown>>;
  /** Null until it is known. */
  readonly rowsTotal: number | null;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
  readonly publishedAt: Date | null;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
}

/** What a run is of: one phase of a flow (and import), or of an estate change. */
export interface PhaseRunKey {
  readonly flowId?: string | null;
  readonly changeId?: string | null;
  readonly scenarioId?: string | null;
  readonly phase: Phase;
  readonly importId?: string | null;
}

export interface RunHold {
  readonly id: string;
  readonly fence: number;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

function keyBindings(key: PhaseRunKey): Record<string, unknown> {
  const { flowId, changeId, scenarioId, phase, importId } = key;
  return { flowId, changeId, scenarioId, phase, importId };
}

/**
 * Takes hold of the open run of a phase, or makes it. The fence is raised, so that an attempt that was given up but
 * still runs is locked out; the position is where the run goes on. A failed or paused run runs again.
 */
export async function beginPhaseRun(trx: TenantTrx, key: PhaseRunKey): Promise<PhaseRun> {
  return queryOne<PhaseRun>(
    trx,
    `insert into phase_runs as r (client_account_id, engagement_id, flow_id, change_id, scenario_id, phase,
       import_id, fence)
     values (:clientAccountId, :engagementId, :flowId, :changeId, :scenarioId, :phase, :importId, 1)
     on conflict (client_account_id, engagement_id, flow_id, change_id, scenario_id, phase, import_id)
       where status in ('running', 'paused', 'failed')
     do update set fence = r.fence + 1, status = 'running', failure_code = null, failure_message = null,
       finished_at = null, updated_at = clock_timestamp()
     returning *`,
    { ...tenantOf(trx), ...keyBindings(key) },
  );
}

const lockRun = prepare(
  'lock_phase_run',
  `select * from phase_runs where ${ofTenant} and id = :id and fence = :fence and status = 'running' for update`,
);

/**
 * Locks a run for the batch at hand, the first statement of its transaction. Undefined: another attempt holds it, or
 * it is not running; stop then.
 */
export async function lockPhaseRun(trx: TenantTrx, hold: RunHold): Promise<PhaseRun | undefined> {
  return queryFirst<PhaseRun>(trx, lockRun, { ...tenantOf(trx), id: hold.id, fence: hold.fence });
}

const publishedRun = prepare(
  'published_run',
  `select r.* from flow_results f
   join phase_runs r on r.client_account_id = f.client_account_id and r.engagement_id = f.engagement_id
     and r.id = f.phase_run_id
   where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId and f.flow_id = :flowId
     and f.phase = :phase and f.scenario_id is not distinct from :scenarioId::uuid
     and f.import_id is not distinct from :importId::uuid`,
);

/** The published run of a phase, which readers see. */
export async function findPublishedRun(trx: TenantTrx, key: PhaseRunKey): Promise<PhaseRun | undefined> {
  return queryFirst<PhaseRun>(trx, publishedRun, { ...tenantOf(trx), ...keyBindings(key) });
}

/** What a batch adds. Counts are added to the stored ones; the others replace them. */
export interface Advance extends Partial<Ledger> {
  /** Records read or handled so far, not of this batch alone. */
  readonly position?: number;
  readonly positionDetail?: Readonly<Record<string, unknown>>;
  readonly rowsTotal?: number;
  readonly summary?: Readonly<Record<string, unknown>>;
  /** Records given to the run by this batch. */
  readonly rowsIn?: number;
  /** Derived rows written by this batch. */
  readonly rowsOut?: number;
}

/** Counts of a run that batches add to, each with its column. */
export const runCounters = {
  rowsIn: 'rows_in',
  rowsOut: 'rows_out',
  passed: 'passed',
  created: 'created',
  updated: 'updated',
  merged: 'merged',
  unchanged: 'unchanged',
  linked: 'linked',
  unresolved: 'unresolved',
  skipped: 'skipped',
  rejected: 'rejected',
} as const;
export type RunCounter = keyof typeof runCounters;

export const runCounterNames = Object.keys(runCounters) as readonly RunCounter[]; // the keys of the constant above
const addCounters = runCounterNames
  .map((name) => `${runCounters[name]} = ${runCounters[name]} + :${name}`)
  .join(', ');
const clearCounters = runCounterNames.map((name) => `${runCounters[name]} = 0`).join(', ');

const advanceRun = `
  update phase_runs set position = coalesce(:position, position),
    position_detail = coalesce(:positionDetail, position_detail), summary = coalesce(:summary, summary),
    rows_total = coalesce(:rowsTotal, rows_total), ${addCounters}, updated_at = clock_timestamp()
  where ${ofTenant} and id = :id and fence = :fence and status = 'running'`;

/** Writes position and counts of a batch in the transaction of its rows. False when the fence is lost. */
export async function advancePhaseRun(trx: TenantTrx, hold: RunHold, advance: Advance): Promise<boolean> {
  return (await execute(trx, advanceRun, advanceBindings(trx, hold, advance))) > 0;
}

/** Someone who holds the flow's row, such as an accepted command, must not wait for this batch, nor it for them. */
const endBatch = prepare(
  'end_batch',
  `with advanced as (${advanceRun} returning 1),
   behind as (
     select client_account_id, engagement_id, flow_id from master_flows
     where ${ofTenant} and flow_id = :flowId and progress_percentage < :progress for no key update skip locked),
   raised as (
     update master_flows m set progress_percentage = :progress from behind b
     where m.client_account_id = b.client_account_id and m.engagement_id = b.engagement_id and m.flow_id = b.flow_id)
   select (select count(*) from advanced) as advanced, (
     select type from flow_commands where ${ofTenant} and flow_id = :flowId and consumed_at is null
       and type in ('pause', 'cancel')
     order by type limit 1) as stop`,
);

export interface BatchEnd {
  readonly flowId: string;
  /** Progress of the flow in percent; a smaller value than the stored one changes nothing. */
  readonly progress: number;
}

/** `advancePhaseRun` for a batch of a flow: raises the flow's progress too, and tells which stop waits for it. */
export async function endFlowBatch(
  trx: TenantTrx,
  hold: RunHold,
  advance: Advance,
  end: BatchEnd,
): Promise<'pause' | 'cancel' | undefined> {
  const bindings = { ...advanceBindings(trx, hold, advance), ...end };
  const { stop } = await queryOne<{ stop: 'pause' | 'cancel' | null }>(trx, endBatch, bindings);
  return stop ?? undefined;
}

function advanceBindings(trx: TenantTrx, hold: RunHold, advance: Advance): Record<string, unknown> {
  return {
    ...tenantOf(trx),
    id: hold.id,
    fence: hold.fence,
    position: advance.position,
    positionDetail: advance.positionDetail && toJson(advance.positionDetail),
    summary: advance.summary && toJson(advance.summary),
    rowsTotal: advance.rowsTotal,
    ...counterBindings(advance),
  };
}

function counterBindings(advance: Advance): Record<string, number> {
  return Object.fromEntries(runCounterNames.map((name) => [name, advance[name] ?? 0]));
}

/** Sets position and counts back to nothing, for a run whose rows the same transaction deletes. */
export async function resetPhaseRun(trx: TenantTrx, hold: RunHold): Promise<boolean> {
  const reset = await execute(
    trx,
    `update phase_runs set position = 0, position_detail = '{}', summary = '{}', ${clearCounters},
       updated_at = clock_timestamp()
     where ${ofTenant} and id = :id and fence = :fence and status = 'running'`,
    { ...tenantOf(trx), id: hold.id, fence: hold.fence },
  );
  return reset > 0;
}

/** Marks a run that stands still until its flow resumes. */
export async function pausePhaseRun(trx: TenantTrx, hold: RunHold): Promise<boolean> {
  const paused = await execute(
    trx,
    `update phase_runs set status = 'paused', updated_at = clock_timestamp()
     where ${ofTenant} and id = :id and fence = :fence and status = 'running'`,
    { ...tenantOf(trx), id: hold.id, fence: hold.fence },
  );
  return paused > 0;
}

/** Marks the open runs of a flow as failed with a code of the catalogue; they go on when the flow is retried. */
export async function failPhaseRuns(
  trx: TenantTrx,
  flowId: string,
  failure: { readonly phase: Phase | null; readonly code: string; readonly message: string },
): Promise<number> {
  return execute(
    trx,
    `update phase_runs set status = 'failed', failure_code = :code, failure_message = :message,
       finished_at = clock_timestamp(), updated_at = clock_timestamp()
     where ${ofTenant} and flow_id = :flowId and status in ('running', 'paused')
       and (:phase::text is null or phase = :phase)`,
    { ...tenantOf(trx), flowId, ...failure },
  );
}

/** Gives up the open runs of a phase, so that the next begins anew; the sweeper deletes their rows. */
export async function supersedeOpenRuns(trx: TenantTrx, key: PhaseRunKey): Promise<number> {
  return execute(
    trx,
    `update phase_runs set status = 'superseded', finished_at = clock_timestamp(), updated_at = clock_timestamp()
     where ${ofTenant} and flow_id is not distinct from :flowId::uuid
       and change_id is not distinct from :changeId::uuid and scenario_id is not distinct from :scenarioId::uuid
       and import_id is not distinct from :importId::uuid and phase = :phase
       and status in ('running', 'paused', 'failed')`,
    { ...tenantOf(trx), ...keyBindings(key) },
  );
}
