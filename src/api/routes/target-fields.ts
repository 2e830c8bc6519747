import { z } from 'zod';
import { listColumnProfiles } from '../../db/imports/column-profiles';
import { type DataImport, listFlowImports } from '../../db/imports/imports';
import { listImports } from '../../db/imports/read-imports';
import { listMappings } from '../../db/imports/mappings';
import { readFlowStatus } from '../../db/hot-reads';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { criticalAttributeReport, criticalAttributes } from '../../domain/attributes/critical-attributes';
import { attributes } from '../../domain/attributes/registry';
import {
  attributeCategories,
  type AttributeDefinition,
  type AttributeName,
} from '../../domain/attributes/types';
import { namingTargets } from '../../domain/mapping/table/required-targets';
import { defineRoute, ok, type Route, type RouteInput } from '../route';
import { Uuid } from '../schemas/common';
import { CriticalAttributes, TargetFieldCategories, TargetFields } from '../schemas/target-fields';
import type { ApiServices } from '../services';
import { missingFlow } from '../use-cases/command-flow';

const read = {
  method: 'get',
  scope: 'tenant',
  tag: 'attribute mappings',
  permission: 'discovery.read',
} as const;

const FlowQuery = z.object({ flow_id: Uuid.optional() });
const FieldsQuery = FlowQuery.extend({ import_category: z.string().max(80).optional() });

/** The attributes to which columns can be mapped, and how many of the critical ones are. */
export function targetFieldRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...read,
      path: '/data-import/available-target-fields',
      summary: 'List the attributes to which columns can be mapped',
      query: FieldsQuery,
      responses: { 200: TargetFields },
      handler: () => Promise.resolve(ok({ fields, total: fields.length })),
    }),
    defineRoute({
      ...read,
      path: '/data-import/target-field-categories',
      summary: 'List the categories of attributes',
      responses: { 200: TargetFieldCategories },
      handler: () => Promise.resolve(ok({ categories })),
    }),
    defineRoute({
      ...read,
      path: '/data-import/critical-attributes-status',
      summary: 'Say how many of the facts that a disposition needs the mapped columns state',
      query: FlowQuery,
      responses: { 200: CriticalAttributes },
      errors: ['FLOW_002'],
      handler: async (input) => ok(await criticalStatus(services, input)),
    }),
  ];
}

const criticalNames = new Set(criticalAttributes.flatMap(({ satisfiedBy }) => satisfiedBy));

const fields = [...attributes.values()].map((attribute: AttributeDefinition) => ({
  name: attribute.name,
  display_name: attribute.label,
  short_hint: attribute.description,
  description: attribute.description,
  category: attribute.category,
  type: attribute.dataType,
  data_type: attribute.dataType,
  value_shape: attribute.shape,
  unit: attribute.unit,
  multiple: attribute.multiple,
  required: namingTargets[0] === attribute.name,
  critical: criticalNames.has(attribute.name),
  nullable: namingTargets[0] !== attribute.name,
}));

const categories = attributeCategories
  .map((name) => ({
    name,
    display_name: name.charAt(0).toUpperCase() + name.slice(1),
    fields_count: fields.filter((field) => field.category === name).length,
  }))
  .filter((category) => category.fields_count > 0);

type Shares = Partial<Record<AttributeName, number>>;

async function criticalStatus(
  services: ApiServices,
  input: RouteInput<unknown, z.output<typeof FlowQuery>>,
): Promise<z.output<typeof CriticalAttributes>> {
  const { tenant, query } = input;
  const flowId = query.flow_id;
  if (flowId !== undefined && (await readFlowStatus(services.app, tenant, flowId)) === undefined) {
    throw await missingFlow(services, input, flowId);
  }
  const shares = await inTenant(services.app, tenant, async (trx) => {
    const imports =
      flowId === undefined ? await listImports(trx, { limit: 1 }) : await listFlowImports(trx, flowId);
    return sharesOf(
      trx,
      imports.filter(({ undoneAt }) => undoneAt === null),
    );
  });
  // Keys of the record are attribute names by its type.
  const report = criticalAttributeReport(Object.keys(shares) as AttributeName[], shares);
  return {
    flow_id: flowId ?? null,
    critical_fields_total: report.total,
    critical_fields_mapped: report.covered,
    completion_percentage: Math.round((report.covered / report.total) * 1000) / 10,
    missing_fields: report.attributes
      .filter(({ coverage }) => coverage !== 'covered')
      .map(({ name }) => name),
    readiness: report.readiness,
    readiness_percentage: report.readinessPercent,
    attributes: report.attributes.map(({ mappedTo, ...rest }) => ({ ...rest, mapped_to: [...mappedTo] })),
  };
}

/** For each mapped attribute the share of rows with a value, the best of its columns. */
async function sharesOf(trx: TenantTrx, imports: readonly DataImport[]): Promise<Shares> {
  const shares: Shares = {};
  for (const { id } of imports) {
    const profiles = new Map(
      (await listColumnProfiles(trx, id)).map((profile) => [profile.position, profile]),
    );
    for (const { target, status, columnPosition } of await listMappings(trx, id)) {
      if (target === null || status === 'rejected') continue;
      const profile = profiles.get(columnPosition);
      const stated = profile === undefined ? 0 : profile.rows - profile.empty - profile.placeholders;
      const share = profile === undefined || profile.rows === 0 ? 0 : stated / profile.rows;
      shares[target] = Math.max(shares[target] ?? 0, share);
    }
  }
  return shares;
}
