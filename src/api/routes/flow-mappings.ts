import type { z } from 'zod';
import { insertAuditEvent } from '../../db/accounts/audit';
import { listFlowImports } from '../../db/imports/imports';
import { type FieldMapping, listMappings } from '../../db/imports/mappings';
import { listRecipeUses, type RecipeUse } from '../../db/imports/mapping-recipes';
import { findFlowStatus } from '../../db/flows/flows';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { auditActor } from '../audit-actor';
import { requiredVersion } from '../decision-version';
import { missingId } from '../foreign-ids';
import { presentMapping, unmappedFields } from '../presenters/mapping-view';
import { presentRecipeUse } from '../presenters/recipe-view';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { flowParams } from '../schemas/common';
import { DecisionDocument, FlowMappings } from '../schemas/mappings';
import type { ApiServices } from '../services';
import { missingFlow } from '../use-cases/command-flow';
import { decideOpenGate } from '../use-cases/decide-gate';
import { MappingDesk, touchMappingGate } from '../use-cases/decide-mappings';
import { mappingVersion } from './field-mappings';

const place = '/unified-discovery/flows/:flow_id/field-mappings';
const common = { scope: 'tenant', tag: 'attribute mappings', params: flowParams } as const;

type Document = z.output<typeof DecisionDocument>;
type Input<Body = unknown> = RouteInput<{ flow_id: string }, unknown, Body>;

/** Mappings of all imports of a flow, decided together. */
export function flowMappingRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'get',
      path: place,
      summary: 'List the mappings of all imports of a flow',
      permission: 'discovery.read',
      responses: { 200: FlowMappings },
      errors: ['FLOW_002'],
      handler: (input) => listOfFlow(services, input),
    }),
    defineRoute({
      ...common,
      method: 'put',
      path: place,
      summary: 'Decide mappings of a flow together, all or none, on the version that was read',
      permission: 'discovery.map',
      body: DecisionDocument,
      responses: { 200: FlowMappings },
      errors: ['FLOW_002', 'FLOW_003', 'FLOW_009', 'FLOW_010', 'MAP_001', 'MAP_002', 'MAP_003', 'MAP_004'],
      handler: (input) => decideDocument(services, input),
    }),
  ];
}

async function listOfFlow(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const flowId = input.params.flow_id;
  const view = await inTenant(services.app, input.tenant, (trx) => readMappings(trx, flowId));
  if (view === undefined) throw await missingFlow(services, input, flowId);
  const { rows, version, waiting } = view;
  const mappings = rows.map(presentMapping);
  return ok({
    success: true,
    flow_id: flowId,
    mappings,
    field_mappings: mappings,
    unmapped_fields: unmappedFields(rows),
    count: mappings.length,
    version,
    waiting,
    to_review: rows.filter(({ status }) => status === 'pending').length,
    recipes: view.recipes.map(presentRecipeUse),
  });
}

interface MappingsOfFlow {
  readonly rows: readonly FieldMapping[];
  readonly version: number | null;
  readonly waiting: boolean;
  readonly recipes: readonly RecipeUse[];
}

async function readMappings(trx: TenantTrx, flowId: string): Promise<MappingsOfFlow | undefined> {
  const flow = await findFlowStatus(trx, flowId);
  if (flow === undefined) return undefined;
  const imports = (await listFlowImports(trx, flowId)).filter(({ undoneAt }) => undoneAt === null);
  const rows: FieldMapping[] = [];
  for (const { id } of imports) rows.push(...(await listMappings(trx, id)));
  return {
    rows,
    version: await mappingVersion(trx, flowId),
    waiting: flow.waitingFor === 'mapping_approval',
    recipes: await listRecipeUses(trx, flowId),
  };
}

async function decideDocument(services: ApiServices, input: Input<Document>): Promise<RouteAnswer> {
  const flowId = input.params.flow_id;
  const version = requiredVersion(input, input.body.version);
  const decided = await inTenant(services.app, input.tenant, (trx) => decideAll(trx, input, version));
  if ('missing' in decided) {
    if (decided.missing === null) throw await missingFlow(services, input, flowId);
    throw await missingId(services, input, { kind: 'mapping', id: decided.missing, code: 'MAP_001' });
  }
  if (input.body.approve) {
    await decideOpenGate(services, input, { flowId, gate: 'mapping_approval', version: decided.version });
  }
  return listOfFlow(services, input);
}

/** An unknown mapping undoes the rest: its id is found before anything is written. */
async function decideAll(
  trx: TenantTrx,
  input: Input<Document>,
  expected: number,
): Promise<{ readonly version: number } | { readonly missing: string | null }> {
  const flowId = input.params.flow_id;
  const present = await readMappings(trx, flowId);
  if (present === undefined) return { missing: null };
  const known = new Set(present.rows.map(({ id }) => id));
  const missing = input.body.mappings.find(({ id }) => !known.has(id));
  if (missing !== undefined) return { missing: missing.id };
  const version = await touchMappingGate(trx, flowId, expected);
  if (version === null) throw new DomainError('FLOW_009', { current_version: null });
  const desk = new MappingDesk(trx, input);
  for (const { id, status, target_field: target, transformation_rule: rule, note } of input.body.mappings) {
    await desk.change({ id, status, target, rule, note });
  }
  await insertAuditEvent(trx, auditActor(input), {
    action: 'mapping.decided',
    resourceType: 'flow',
    resourceId: flowId,
    flowId,
    details: { mappings: input.body.mappings.length, version },
  });
  return { version };
}
