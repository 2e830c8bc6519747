import { z } from 'zod';
import { findImport } from '../../db/imports/imports';
import { type FieldMapping, listMappings } from '../../db/imports/mappings';
import { findGate } from '../../db/flows/gates';
import { countLearning } from '../../db/imports/read-imports';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { presentMapping, reasoning, unmappedFields } from '../presenters/mapping-view';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { importParams } from '../schemas/imports';
import { LearningStatistics } from '../schemas/target-fields';
import {
  CreateMappingBody,
  GenerateAnswer,
  ImportMappings,
  Mapping,
  MappingAnalysis,
} from '../schemas/mappings';
import type { ApiServices } from '../services';
import { commandFlow } from '../use-cases/command-flow';
import { MappingDesk, noteMapping, touchImportGate } from '../use-cases/decide-mappings';
import { findOwnImport } from './imports';

const place = '/data-import/field-mappings';
const tenant = { scope: 'tenant', tag: 'attribute mappings' } as const;
const read = { ...tenant, method: 'get', permission: 'discovery.read', errors: ['IMP_003'] } as const;
const map = { ...tenant, method: 'post', permission: 'discovery.map' } as const;

type Input<Body = unknown> = RouteInput<{ import_id: string }, unknown, Body>;

/** Mappings of the columns of an import. */
export function fieldMappingRoutes(services: ApiServices): Route[] {
  return [...reads(services), ...writes(services)];
}

function reads(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...read,
      path: `${place}/imports/:import_id/mappings`,
      summary: 'List the mappings of an import, one for each column',
      params: importParams,
      responses: { 200: ImportMappings },
      handler: (input) => listOfImport(services, input),
    }),
    defineRoute({
      ...read,
      path: `${place}/suggestions/imports/:import_id/suggestions`,
      summary: 'Show what is suggested for each column of an import, and why',
      params: importParams,
      responses: { 200: MappingAnalysis },
      handler: (input) => showSuggestions(services, input),
    }),
    defineRoute({
      ...tenant,
      method: 'get',
      permission: 'discovery.read',
      path: '/data-import/learning-statistics',
      summary: 'Show what was learnt from decisions in this engagement',
      responses: { 200: LearningStatistics },
      handler: async (input) => ok(await learningStatistics(services, input)),
    }),
  ];
}

function writes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...map,
      path: `${place}/imports/:import_id/mappings`,
      summary: 'Map a column that has no target yet',
      params: importParams,
      body: CreateMappingBody,
      responses: { 201: Mapping },
      errors: ['IMP_003', 'MAP_001', 'MAP_002', 'MAP_003', 'FLOW_003'],
      handler: (input) => createMapping(services, input),
    }),
    defineRoute({
      ...map,
      path: `${place}/imports/:import_id/generate`,
      summary: 'Suggest the mappings again; what people decided stays',
      params: importParams,
      query: z.object({ force_regenerate: z.stringbool().optional() }),
      responses: { 202: GenerateAnswer },
      errors: ['IMP_003', 'FLOW_003'],
      handler: (input) => generate(services, input),
    }),
  ];
}

async function listOfImport(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const { id, flowId } = await findOwnImport(services, input, input.params.import_id);
  const { rows, version } = await inTenant(services.app, input.tenant, async (trx) => ({
    rows: await listMappings(trx, id),
    version: await mappingVersion(trx, flowId),
  }));
  return ok({
    import_id: id,
    flow_id: flowId,
    mappings: rows.map(presentMapping),
    unmapped_fields: unmappedFields(rows),
    version,
  });
}

/** Version of the flow's mapping gate; null before it opens. */
export async function mappingVersion(trx: TenantTrx, flowId: string): Promise<number | null> {
  const gate = await findGate(trx, { flowId, gate: 'mapping_approval', importId: null });
  return gate?.version ?? null;
}

async function showSuggestions(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const { id } = await findOwnImport(services, input, input.params.import_id);
  const rows = await inTenant(services.app, input.tenant, (trx) => listMappings(trx, id));
  const mapped = rows.filter(({ target }) => target !== null);
  return ok({
    total_fields: rows.length,
    mapped_fields: mapped.length,
    unmapped_fields: rows.length - mapped.length,
    confidence_score: meanConfidence(mapped),
    suggestions: rows.map((row) => ({
      id: row.id,
      source_field: row.sourceColumn,
      target_field: row.target,
      confidence: row.confidence,
      reasoning: reasoning(row),
      sample_values: row.samples,
      mapping_type: row.type,
      alternatives: row.alternatives.map(({ target, confidence }) => ({ target_field: target, confidence })),
    })),
  });
}

function meanConfidence(rows: readonly FieldMapping[]): number {
  if (rows.length === 0) return 0;
  const sum = rows.reduce((total, { confidence }) => total + confidence, 0);
  return Math.round((sum / rows.length) * 1000) / 1000;
}

async function learningStatistics(
  services: ApiServices,
  input: RouteInput,
): Promise<z.output<typeof LearningStatistics>> {
  const counts = await inTenant(services.app, input.tenant, countLearning);
  const decided = counts.approved + counts.rejected;
  return {
    total_learned_mappings: counts.patterns,
    accuracy_rate: decided === 0 ? 0 : Math.round((counts.approved / decided) * 1000) / 1000,
    mappings_by_type: {
      ai_suggested: counts.pending,
      manually_approved: counts.aiApproved,
      manually_created: counts.manual,
    },
    decided,
    learned: counts.learned,
  };
}

async function createMapping(
  services: ApiServices,
  input: Input<z.output<typeof CreateMappingBody>>,
): Promise<RouteAnswer> {
  const { body } = input;
  const { id } = await findOwnImport(services, input, input.params.import_id);
  const row = await inTenant(services.app, input.tenant, async (trx) => {
    await touchImportGate(trx, id);
    const column = (await listMappings(trx, id)).find(
      ({ sourceColumn }) => sourceColumn === body.source_field,
    );
    if (column === undefined) throw new DomainError('MAP_001', { source_field: body.source_field });
    if (column.target !== null && column.status !== 'rejected') {
      throw new DomainError('MAP_002', { source_field: body.source_field, target_field: column.target });
    }
    const change = { id: column.id, status: 'pending', target: body.target_field } as const;
    const desk = new MappingDesk(trx, input);
    const changed = await desk.change({ ...change, rule: body.transformation_rule });
    if (changed === undefined) throw new DomainError('MAP_001', { mapping_id: column.id });
    await noteMapping(trx, input, changed);
    return changed;
  });
  return { status: 201, body: presentMapping(row) };
}

async function generate(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const { id } = await findOwnImport(services, input, input.params.import_id);
  const entry = await inTenant(services.app, input.tenant, (trx) => findImport(trx, id));
  const flowId = entry?.flowId ?? id;
  const { command } = await commandFlow(services, input, { flowId, type: 'rerun' });
  const message = 'The mappings are suggested again';
  return { status: 202, body: { task_id: command.id, flow_id: flowId, status: 'processing', message } };
}
