import { z } from 'zod';
import { type ConflictRow, countConflicts, listConflicts } from '../../db/estate/asset-decisions';
import { readFlowStatus } from '../../db/hot-reads';
import { inTenant } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { decodeCursor, encodeCursor } from '../cursor';
import { missingId } from '../foreign-ids';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { type Conflict, ConflictList, ConflictQuery, ResolveAnswer, ResolveBody } from '../schemas/conflicts';
import type { ApiServices } from '../services';
import { missingFlow } from '../use-cases/command-flow';
import { decideOpenGate } from '../use-cases/decide-gate';
import { followDecision, startChange } from '../use-cases/request-change';
import { resolveConflict } from '../use-cases/resolve-conflict';

const common = { path: '/unified-discovery/conflicts', scope: 'tenant', tag: 'conflicts' } as const;
const Position = z.object({ createdAt: z.coerce.date(), id: z.guid() });

/** What sources say differently, and records that may be one asset. */
export function conflictRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'get',
      summary: 'List conflicts, the oldest first',
      permission: 'discovery.read',
      query: ConflictQuery,
      responses: { 200: ConflictList },
      errors: ['FLOW_002'],
      handler: (input) => list(services, input),
    }),
    defineRoute({
      ...common,
      method: 'post',
      summary: 'Resolve conflicts, all or none; a flow that waits for them goes on with the last one',
      permission: 'discovery.resolve',
      body: ResolveBody,
      responses: { 200: ResolveAnswer },
      errors: ['CONFLICT_001', 'CONFLICT_002', 'ASSET_002'],
      handler: (input) => resolve(services, input),
    }),
  ];
}

async function list(
  services: ApiServices,
  input: RouteInput<unknown, z.output<typeof ConflictQuery>>,
): Promise<RouteAnswer> {
  const { tenant, query } = input;
  const { status, kind, flow_id: flowId, limit } = query;
  if (flowId !== undefined && (await readFlowStatus(services.app, tenant, flowId)) === undefined) {
    throw await missingFlow(services, input, flowId);
  }
  const after = decodeCursor(query.cursor, Position);
  const filter = { ...(status && { status }), ...(kind && { kind }), ...(flowId && { flowId }) };
  return inTenant(services.app, tenant, async (trx) => {
    const found = await listConflicts(trx, { ...filter, ...(after && { after }), limit: limit + 1 });
    const rows = found.slice(0, limit);
    const last = found.length > limit ? rows.at(-1) : undefined;
    return ok({
      conflicts: rows.map(presentConflict),
      open: await countConflicts(trx, { status: 'open', ...(flowId && { flowId }) }),
      next_cursor: last === undefined ? null : encodeCursor({ createdAt: last.createdAt, id: last.id }),
    });
  });
}

function presentConflict(row: ConflictRow): z.output<typeof Conflict> {
  return {
    conflict_id: row.id,
    id: row.id,
    conflict_type: row.kind,
    flow_id: row.flowId,
    asset_id: row.assetId,
    attribute: row.attribute,
    message: row.message,
    candidates: row.candidates.map((candidate) => ({ ...candidate })),
    status: row.status,
    resolution_action: row.action,
    decided_by: row.decidedBy,
    decided_at: row.decidedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}

async function resolve(
  services: ApiServices,
  input: RouteInput<unknown, unknown, z.output<typeof ResolveBody>>,
): Promise<RouteAnswer> {
  const { resolutions } = input.body;
  let missing: string | undefined;
  const { rows: resolved, change } = await inTenant(services.app, input.tenant, async (trx) => {
    const rows: ConflictRow[] = [];
    for (const resolution of resolutions) {
      const row = await resolveConflict(trx, input, resolution);
      if (row === undefined) {
        missing = resolution.conflict_id;
        throw new DomainError('CONFLICT_001', { conflict_id: missing });
      }
      rows.push(row);
    }
    return { rows, change: await followDecision(trx, input, 'conflict') };
  }).catch(async (error: unknown) => {
    if (missing === undefined) throw error;
    throw await missingId(services, input, { kind: 'conflict', id: missing, code: 'CONFLICT_001' });
  });
  await startChange(services, change);
  await goOn(services, input, resolved);
  const open = await inTenant(services.app, input.tenant, (trx) => countConflicts(trx, { status: 'open' }));
  return ok({
    success: true,
    resolved_count: resolved.length,
    total_requested: resolutions.length,
    conflicts: resolved.map(presentConflict),
    open,
    estate_change_id: change.id,
  });
}

/** A flow that waits for conflicts goes on once none of its own is open. */
async function goOn(
  services: ApiServices,
  input: Pick<RouteInput, 'tenant' | 'actor' | 'traceId' | 'ctx'>,
  resolved: readonly ConflictRow[],
): Promise<void> {
  const flows = new Set(resolved.flatMap(({ flowId }) => (flowId === null ? [] : [flowId])));
  for (const flowId of flows) {
    const flow = await readFlowStatus(services.app, input.tenant, flowId);
    if (flow?.flowStatus !== 'waiting_for_approval' || flow.waitingFor !== 'conflict_resolution') continue;
    const open = await inTenant(services.app, input.tenant, (trx) =>
      countConflicts(trx, { status: 'open', flowId }),
    );
    if (open > 0 || flow.gateVersion === null) continue;
    await decideOpenGate(services, input, { flowId, gate: flow.waitingFor, version: flow.gateVersion });
  }
}
