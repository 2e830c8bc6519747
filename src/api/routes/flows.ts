import { z } from 'zod';
import type { MasterFlow } from '../../db/flows/flow-rows';
import { listImportSums } from '../../db/imports/import-ledgers';
import { type FlowView, readFlowEdition } from '../../db/flows/read-flow-view';
import { readFlowList } from '../../db/hot-reads';
import { inTenant } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import type { Tenant } from '../../domain/flow/messages';
import { flowStatuses, isTerminal } from '../../domain/flow/status';
import { decodeCursor, encodeCursor } from '../cursor';
import { KeptAnswers } from '../kept-answers';
import { contractStatus } from '../presenters/contract-status';
import { presentFlowItem } from '../presenters/flow-item';
import { presentFlow, presentStartingFlow } from '../presenters/flow-view';
import { presentSums } from '../presenters/ledger-view';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput, WrittenJson } from '../route';
import { CursorQuery, flowParams } from '../schemas/common';
import { ActiveFlows, FlowList, FlowStatusAnswer } from '../schemas/flow-lists';
import type { ApiServices } from '../services';
import { missingFlow } from '../use-cases/command-flow';

const Position = z.object({ createdAt: z.coerce.date(), flowId: z.guid() });
const ListQuery = CursorQuery.extend({ status: z.enum(flowStatuses).optional() });
const StatusQuery = z.object({ include_details: z.stringbool().optional() });

const openStatuses = flowStatuses.filter((status) => !isTerminal(status));
/** Active flows of one engagement that are shown at once. */
const mostActive = 200;
/** Imports whose sums a status answer tells; the answer stays small. */
const mostImports = 40;
/** Status answers that are kept until their flow changes: thousands of usual ones, of about 5,000 characters. */
const keptCharacters = 16 * 1024 ** 2;

/** Flows of the engagement: list, active ones, status. */
export function flowRoutes(services: ApiServices): Route[] {
  const answers = new KeptAnswers(keptCharacters);
  const read = { method: 'get', scope: 'tenant', tag: 'flows', permission: 'discovery.read' } as const;
  return [
    defineRoute({
      ...read,
      path: '/unified-discovery/flows',
      summary: 'List the flows of the engagement, newest first',
      query: ListQuery,
      responses: { 200: FlowList },
      handler: (input) => listFlows(services, input),
    }),
    defineRoute({
      ...read,
      path: '/unified-discovery/flows/active',
      summary: 'List the flows that are not closed, those that wait for a person included',
      responses: { 200: ActiveFlows },
      handler: (input) => listActive(services, input),
    }),
    defineRoute({
      ...read,
      path: '/unified-discovery/flows/:flow_id/status',
      summary: 'Show where a flow stands: phases, counts, gate',
      params: flowParams,
      query: StatusQuery,
      responses: { 200: FlowStatusAnswer },
      errors: ['FLOW_002', 'FLOW_007'],
      handler: (input) => showStatus(services, answers, input),
    }),
  ];
}

async function listFlows(
  services: ApiServices,
  { tenant, query }: RouteInput<unknown, z.output<typeof ListQuery>>,
): Promise<RouteAnswer> {
  const before = decodeCursor(query.cursor, Position);
  const rows = await readFlowList(services.app, tenant, {
    ...(query.status === undefined ? {} : { statuses: [query.status] }),
    ...(before === undefined ? {} : { before }),
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  return ok({
    flows: page.map((row) => presentFlowItem(row, (status) => status)),
    next_cursor: rows.length > query.limit ? cursorOf(page.at(-1)) : null,
  });
}

function cursorOf(last: MasterFlow | undefined): string | null {
  return last === undefined ? null : encodeCursor({ createdAt: last.createdAt, flowId: last.flowId });
}

async function listActive(services: ApiServices, { tenant }: RouteInput): Promise<RouteAnswer> {
  const page = { statuses: openStatuses, limit: mostActive };
  const rows = await readFlowList(services.app, tenant, page);
  const flows = rows.map((row) => presentFlowItem(row, contractStatus.ofActiveRoute));
  const [only] = flows.length === 1 ? flows : [];
  const ofOnly = only && { flow_id: only.flow_id, status: only.status, current_phase: only.current_phase };
  return ok({ success: true, flows, count: flows.length, timestamp: new Date().toISOString(), ...ofOnly });
}

type StatusInput = RouteInput<{ flow_id: string }, z.output<typeof StatusQuery>>;

/** Callers that wait repeat this read; while nothing changes they get the same text. */
async function showStatus(
  services: ApiServices,
  answers: KeptAnswers,
  input: StatusInput,
): Promise<RouteAnswer> {
  const { tenant, params, query } = input;
  const isDetailed = query.include_details === true;
  const key = `${tenant.clientAccountId}/${tenant.engagementId}/${params.flow_id}`;
  const kept = isDetailed ? undefined : answers.find(key);
  const found = await readFlowEdition(services.app, tenant, params.flow_id, kept);
  if (found === undefined) return ok(await startingFlow(services, input));
  if ('answer' in found) return ok(found.answer);
  const body = presentStatus(found.view);
  if (isDetailed) return ok({ ...body, ...(await ledgersOf(services, tenant, found.view.flowId)) });
  const answer = new WrittenJson(JSON.stringify(body));
  answers.keep(key, { edition: found.edition, answer });
  return ok(answer);
}

function presentStatus(row: FlowView): z.output<typeof FlowStatusAnswer> {
  if (row.flowStatus === 'archived') throw new DomainError('FLOW_007', { flow_id: row.flowId });
  return {
    ...presentFlow(row, contractStatus.ofStatusRoute),
    master_flow_id: row.flowId,
    data_import_id: row.dataImportId,
    imports: row.imports,
    phase_state: row.phaseState,
  };
}

async function ledgersOf(services: ApiServices, tenant: Tenant, flowId: string) {
  const sums = await inTenant(services.app, tenant, (trx) => listImportSums(trx, flowId, mostImports));
  return {
    import_ledgers: sums.map((sum) => ({
      import_id: sum.importId,
      filename: sum.filename,
      archive_entry: sum.archiveEntry,
      sheet_name: sum.sheetName,
      rows: presentSums(sum),
      undone_at: sum.undoneAt?.toISOString() ?? null,
    })),
  };
}

/** A flow whose workflow was started but whose rows are not written yet. */
async function startingFlow(
  services: ApiServices,
  input: RouteInput<{ flow_id: string }>,
): Promise<z.output<typeof FlowStatusAnswer>> {
  const { tenant, params } = input;
  if (!(await services.workflows.isOpen({ ...tenant, flowId: params.flow_id }))) {
    throw await missingFlow(services, input, params.flow_id);
  }
  return {
    ...presentStartingFlow(tenant, params.flow_id),
    master_flow_id: params.flow_id,
    data_import_id: null,
    imports: 0,
    phase_state: {},
  };
}
