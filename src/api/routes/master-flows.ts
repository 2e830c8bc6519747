import { z } from 'zod';
import type {
  DiscoveryFlow as ChildRow,
  FlowStatusRow,
  MasterFlow as MasterRow,
} from '../../db/flows/flow-rows';
import { countFlows, findDiscoveryFlow, listFlows } from '../../db/flows/flows';
import { readFlowStatus } from '../../db/hot-reads';
import { inTenant } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { type FlowStatus, flowStatuses, isTerminal } from '../../domain/flow/status';
import { decodeCursor, encodeCursor } from '../cursor';
import { contractStatus } from '../presenters/contract-status';
import { presentFlow } from '../presenters/flow-view';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { MasterCommandAnswer } from '../schemas/commands';
import { flowParams } from '../schemas/common';
import {
  DiscoveryFlow,
  LiveView,
  type MasterFlow,
  MasterFlowDetail,
  MasterFlowList,
  MasterFlowQuery,
} from '../schemas/master-flows';
import type { ApiServices } from '../services';
import { commandFlow, type CommandResult, missingFlow } from '../use-cases/command-flow';

const read = { method: 'get', scope: 'tenant', tag: 'master flows', permission: 'discovery.read' } as const;
const ofOne = { ...read, params: flowParams, errors: ['FLOW_002'] } as const;
const command = {
  method: 'post',
  scope: 'tenant',
  tag: 'master flows',
  permission: 'discovery.execute',
  params: flowParams,
  responses: { 200: MasterCommandAnswer, 202: MasterCommandAnswer },
  errors: ['FLOW_002', 'FLOW_003', 'VAL_004', 'VAL_005'],
} as const;

const openStatuses = flowStatuses.filter((status) => !isTerminal(status) && status !== 'failed');

/** Master flows: the orchestration of discovery flows. */
export function masterFlowRoutes(services: ApiServices): Route[] {
  return [...lists(services), ...details(services), ...commands(services)];
}

function lists(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...read,
      path: '/master-flows',
      summary: 'List the flows of the engagement, newest first',
      query: MasterFlowQuery,
      responses: { 200: MasterFlowList },
      handler: (input) => list(services, input, flowStatuses),
    }),
    defineRoute({
      ...read,
      path: '/master-flows/active',
      summary: 'List the flows that neither ended nor failed',
      query: MasterFlowQuery,
      responses: { 200: MasterFlowList },
      handler: (input) => list(services, input, openStatuses),
    }),
  ];
}

function details(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...ofOne,
      path: '/master-flows/:flow_id',
      summary: 'Show one flow',
      responses: { 200: MasterFlowDetail },
      handler: async (input) => {
        const row = await findOwnFlow(services, input);
        return ok({ ...presentMaster(row), flow: presentFlow(row, contractStatus.ofMasterRoute) });
      },
    }),
    defineRoute({
      ...ofOne,
      path: '/master-flows/:flow_id/discovery-flow',
      summary: 'Show the discovery flow that belongs to a master flow',
      responses: { 200: DiscoveryFlow },
      handler: async (input) => {
        const flowId = input.params.flow_id;
        const row = await inTenant(services.app, input.tenant, (trx) => findDiscoveryFlow(trx, flowId));
        if (row === undefined) throw await missingFlow(services, input, flowId);
        return ok(presentChild(row));
      },
    }),
    defineRoute({
      ...ofOne,
      path: '/master-flows/:flow_id/live',
      summary: 'Ask the workflow itself where it stands',
      responses: { 200: LiveView },
      handler: (input) => showLive(services, input),
    }),
  ];
}

function commands(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...command,
      path: '/master-flows/:flow_id/pause',
      summary: 'Pause a flow at its next batch',
      handler: async (input) => {
        const order = { flowId: input.params.flow_id, type: 'pause' } as const;
        return answer(await commandFlow(services, input, order), 'paused');
      },
    }),
    defineRoute({
      ...command,
      path: '/master-flows/:flow_id/resume',
      summary: 'Go on with a paused flow',
      handler: async (input) => {
        const order = { flowId: input.params.flow_id, type: 'resume' } as const;
        return answer(await commandFlow(services, input, order), 'in_progress');
      },
    }),
  ];
}

const Position = z.object({ createdAt: z.coerce.date(), flowId: z.guid() });

async function list(
  services: ApiServices,
  { tenant, query }: RouteInput<unknown, z.output<typeof MasterFlowQuery>>,
  shown: readonly FlowStatus[],
): Promise<RouteAnswer> {
  const statuses = query.status === undefined ? shown : shown.filter((status) => status === query.status);
  const before = decodeCursor(query.cursor, Position);
  const place = before === undefined ? { offset: query.offset } : { before };
  return inTenant(services.app, tenant, async (trx) => {
    const found = await listFlows(trx, { statuses, ...place, limit: query.limit + 1 });
    const rows = found.slice(0, query.limit);
    const last = found.length > query.limit ? rows.at(-1) : undefined;
    return ok({
      flows: rows.map(presentMaster),
      total: await countFlows(trx, { statuses }),
      next_cursor:
        last === undefined ? null : encodeCursor({ createdAt: last.createdAt, flowId: last.flowId }),
    });
  });
}

function presentMaster(row: MasterRow): z.output<typeof MasterFlow> {
  return {
    flow_id: row.flowId,
    flow_type: row.flowType,
    flow_name: row.flowName,
    flow_status: contractStatus.ofMasterRoute(row.flowStatus),
    detailed_status: row.flowStatus,
    current_phase: row.currentPhase,
    waiting_for: row.waitingFor,
    progress_percentage: row.progressPercentage,
    client_account_id: row.clientAccountId,
    engagement_id: row.engagementId,
    user_id: row.userId,
    flow_configuration: { ...row.flowConfiguration },
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    completed_at: row.completedAt?.toISOString() ?? null,
  };
}

function presentChild(row: ChildRow): z.output<typeof DiscoveryFlow> {
  return {
    id: row.id,
    master_flow_id: row.masterFlowId,
    flow_id: row.masterFlowId,
    status: row.status,
    current_phase: row.currentPhase,
    data_import_id: row.dataImportId,
    phases: {
      data_import_completed: row.dataImportCompleted,
      data_validation_completed: row.dataValidationCompleted,
      field_mapping_completed: row.fieldMappingCompleted,
      data_cleansing_completed: row.dataCleansingCompleted,
      asset_inventory_completed: row.assetInventoryCompleted,
      dependency_analysis_completed: row.dependencyAnalysisCompleted,
      tech_debt_assessment_completed: row.techDebtAssessmentCompleted,
    },
    phase_state: { ...row.phaseState },
    learning_scope: row.learningScope,
    assessment_ready: row.assessmentReady,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    completed_at: row.completedAt?.toISOString() ?? null,
  };
}

type Input = RouteInput<{ flow_id: string }>;

async function findOwnFlow(services: ApiServices, input: Input): Promise<FlowStatusRow> {
  const row = await readFlowStatus(services.app, input.tenant, input.params.flow_id);
  if (row === undefined) throw await missingFlow(services, input, input.params.flow_id);
  return row;
}

async function showLive(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const { flowId } = await findOwnFlow(services, input);
  const view = await services.workflows.view({ ...input.tenant, flowId });
  if (view === undefined) throw new DomainError('FLOW_002', { flow_id: flowId });
  return ok({
    flow_id: view.flowId,
    status: view.status,
    phase: view.phase,
    import_id: view.importId,
    waiting_for: view.waitingFor,
    pending_signals: view.pendingSignals,
  });
}

function answer({ command: row, flow, isDone }: CommandResult, word: string): RouteAnswer {
  return {
    status: isDone ? 200 : 202,
    body: {
      success: true,
      flow_id: flow.flowId,
      new_status: word,
      detailed_status: flow.flowStatus,
      message: isDone ? `The flow is ${word}` : `The command is accepted; the flow will be ${word}`,
      result: { command_id: row.id, accepted_at: row.acceptedAt.toISOString(), done: isDone },
    },
  };
}
