import { randomUUID } from 'node:crypto';
import type { ActivityDependencies } from '../../src/activities/dependencies';
import { createEstateActivities } from '../../src/activities/estate-change';
import { createEstatePhases } from '../../src/activities/phases/estate-phases';
import { systemActor } from '../../src/db/accounts/audit';
import { execute } from '../../src/db/connection/query';
import { upsertSource } from '../../src/db/imports/data-sources';
import { setFlowStatus } from '../../src/db/flows/flow-status';
import { insertFlow } from '../../src/db/flows/flows';
import { insertImport, setImportAsOf, setImportDetection } from '../../src/db/imports/imports';
import { advancePhaseRun, beginPhaseRun } from '../../src/db/flows/phase-runs';
import { publishPhaseRun } from '../../src/db/flows/publish';
import { inTenant, tenantOf, type TenantTrx } from '../../src/db/connection/tenant';
import type { AttributeValues } from '../../src/domain/attributes/types';
import type { FlowPolicy, PhaseResult, Tenant } from '../../src/domain/flow/messages';
import type { EstatePhase } from '../../src/domain/flow/phases';
import type { TableKind } from '../../src/domain/lists';
import type { TestDatabase } from './database';
import { addReadyObject, aFlow } from './flow-rows';

/** A cleansed export, ready for the estate phases. */
export interface TestExport {
  readonly records: readonly AttributeValues[];
  /** Name of the data source; exports of one name are of one source. */
  readonly source: string;
  readonly tableKind?: TableKind;
  readonly formatId?: string;
  readonly product?: string;
  /** ISO date. */
  readonly asOf?: string;
}

export interface TestFlow {
  readonly flowId: string;
  readonly importIds: readonly string[];
}

/** Inserts a running flow whose imports are cleansed and published. */
export async function addCleansedFlow(
  database: TestDatabase,
  tenant: Tenant,
  exports: readonly TestExport[],
  policy: Partial<FlowPolicy> = {},
): Promise<TestFlow> {
  const flow = aFlow();
  const importIds: string[] = [];
  await inTenant(database.pools.app, tenant, async (trx) => {
    await insertFlow(trx, { ...flow, policy: { ...flow.policy, ...policy } }, systemActor);
    await setFlowStatus(trx, flow.flowId, { status: 'running' }, systemActor);
  });
  for (const one of exports) {
    const add = (trx: TenantTrx): Promise<string> => addExport(trx, flow.flowId, one);
    importIds.push(await inTenant(database.pools.app, tenant, add));
  }
  return { flowId: flow.flowId, importIds };
}

async function addExport(trx: TenantTrx, flowId: string, one: TestExport): Promise<string> {
  const importId = randomUUID();
  const objectId = await addReadyObject(trx);
  await insertImport(trx, { id: importId, flowId, objectId, importedBy: null });
  const source = await upsertSource(trx, { name: one.source, product: one.product ?? null });
  const tableKind = one.tableKind ?? 'inventory';
  await setImportDetection(trx, importId, {
    tableKind,
    dataSourceId: source.id,
    ...(one.formatId === undefined ? {} : { formatId: one.formatId }),
  });
  if (one.asOf !== undefined) await setImportAsOf(trx, importId, new Date(one.asOf), 'asked');
  for (const phase of ['data_import', 'data_validation', 'field_mapping'] as const) {
    const run = await beginPhaseRun(trx, { flowId, phase, importId });
    await publishPhaseRun(trx, run, {}, systemActor);
  }
  await addCleansing(trx, { flowId, importId, tableKind }, one.records);
  return importId;
}

/** Publishes a cleansing of an import; a second one replaces the first. */
export async function addCleansing(
  trx: TenantTrx,
  place: { readonly flowId: string; readonly importId: string; readonly tableKind: TableKind },
  records: readonly AttributeValues[],
): Promise<void> {
  const { flowId, importId, tableKind } = place;
  const run = await beginPhaseRun(trx, { flowId, phase: 'data_cleansing', importId });
  const kind = tableKind === 'inventory' ? 'inventory' : 'relation';
  await execute(
    trx,
    `insert into cleansed_records (client_account_id, engagement_id, phase_run_id, import_id, row_number, kind,
       "values")
     select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, :importId::uuid, ordinality, :kind, value
     from jsonb_array_elements(:records::jsonb) with ordinality`,
    { ...tenantOf(trx), runId: run.id, importId, kind, records: JSON.stringify(records) },
  );
  const count = records.length;
  await advancePhaseRun(trx, run, { rowsIn: count, passed: count, rowsOut: count, position: count });
  await publishPhaseRun(trx, run, {}, systemActor);
}

/** The activities under test on a real database, without files and servers. */
export function estateActivities(database: TestDatabase, batchRows = 10_000) {
  const deps = {
    app: database.pools.app,
    system: database.pools.system,
    cancellation: () => new AbortController().signal,
    today: () => '2026-11-22',
    intakeLimits: { batchRows },
  } as unknown as ActivityDependencies; // the estate phases read no files and start no workflows
  return { ...createEstatePhases(deps), ...createEstateActivities(deps) };
}

export type EstateTestActivities = ReturnType<typeof estateActivities>;

const calls = {
  asset_inventory: 'projectInventory',
  dependency_analysis: 'analyseDependencies',
  tech_debt_assessment: 'assessTechnicalDebt',
} as const;

/** Runs estate phases of a flow, all three unless told, and answers the result of the last. */
export async function runPhases(
  activities: EstateTestActivities,
  tenant: Tenant,
  flowId: string,
  phases: readonly EstatePhase[] = ['asset_inventory', 'dependency_analysis', 'tech_debt_assessment'],
): Promise<PhaseResult> {
  let result: PhaseResult | undefined;
  for (const phase of phases) {
    result = await activities[calls[phase]]({ ...tenant, flowId, phase, importId: null });
  }
  if (result === undefined) throw new Error('no phase was asked for');
  return result;
}
