import { z } from 'zod';
import type { FieldMapping } from '../../db/imports/mappings';
import { inTenant } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { missingId } from '../foreign-ids';
import { presentMapping } from '../presenters/mapping-view';
import { defineRoute, ok, type Route, type RouteInput } from '../route';
import { Uuid } from '../schemas/common';
import {
  ApproveMappingBody,
  ChangeMappingBody,
  LearnAnswer,
  LearnBody,
  Mapping,
  MappingOutcome,
  RejectMappingBody,
} from '../schemas/mappings';
import type { ApiServices } from '../services';
import {
  learn,
  type MappingChange,
  MappingDesk,
  noteMapping,
  touchGateOfMapping,
} from '../use-cases/decide-mappings';

const params = z.object({ mapping_id: Uuid });
const place = '/data-import/field-mappings';
const common = {
  scope: 'tenant',
  tag: 'attribute mappings',
  permission: 'discovery.map',
  params,
  errors: ['MAP_001', 'MAP_002', 'MAP_003', 'FLOW_003'],
} as const;

type Input<Body = unknown> = RouteInput<{ mapping_id: string }, unknown, Body>;
type Outcome = z.output<typeof MappingOutcome>;

/** Decisions about single mappings. Each raises the version of the gate. */
export function mappingDecisionRoutes(services: ApiServices): Route[] {
  return [...changes(services), ...verdicts(services)];
}

function changes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'put',
      path: `${place}/mappings/:mapping_id`,
      summary: 'Change the target or the rule of a mapping',
      body: ChangeMappingBody,
      responses: { 200: Mapping },
      handler: async (input) => {
        const { target_field: target, transformation_rule: rule, is_approved, note } = input.body;
        const status = is_approved === true ? 'approved' : target === undefined ? undefined : 'pending';
        const change = { id: input.params.mapping_id, status, target, rule, note } as const;
        const { mapping } = await decideOne(services, input, change);
        return ok(presentMapping(mapping));
      },
    }),
    defineRoute({
      ...common,
      method: 'delete',
      path: `${place}/mappings/:mapping_id`,
      summary: 'Reject a mapping; its column stays unmapped',
      responses: { 200: Mapping },
      handler: async (input) => {
        const change = { id: input.params.mapping_id, status: 'rejected' } as const;
        const { mapping } = await decideOne(services, input, change);
        return ok(presentMapping(mapping));
      },
    }),
  ];
}

function verdicts(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'post',
      path: `${place}/:mapping_id/approve`,
      summary: 'Approve a mapping as it stands, and remember it for this engagement',
      body: ApproveMappingBody,
      responses: { 200: MappingOutcome },
      handler: async (input) => {
        const { approval_note: note, learn_from_approval: learns } = input.body;
        const verdict = { id: input.params.mapping_id, action: 'approve', note, learns } as const;
        return ok(await decideVerdict(services, input, verdict));
      },
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: `${place}/:mapping_id/reject`,
      summary: 'Reject a mapping, with the target that is right if there is one',
      body: RejectMappingBody,
      responses: { 200: MappingOutcome },
      handler: async (input) => {
        const {
          rejection_reason: note,
          alternative_suggestion: alternative,
          learn_from_rejection,
        } = input.body;
        const learns = learn_from_rejection;
        const verdict = { id: input.params.mapping_id, action: 'reject', note, alternative, learns } as const;
        return ok(await decideVerdict(services, input, verdict));
      },
    }),
    defineRoute({
      scope: 'tenant',
      tag: 'attribute mappings',
      permission: 'discovery.map',
      method: 'post',
      path: `${place}/learn`,
      summary: 'Approve and reject several mappings, all or none, and remember the decisions',
      body: LearnBody,
      responses: { 200: LearnAnswer },
      errors: ['MAP_001', 'MAP_002', 'MAP_003', 'FLOW_003'],
      handler: async (input) => ok(await decideAll(services, input, input.body.actions)),
    }),
  ];
}

type Caller = Pick<RouteInput, 'tenant' | 'actor' | 'traceId' | 'ctx'>;

async function decideOne(
  services: ApiServices,
  input: Input,
  change: MappingChange,
): Promise<{ readonly mapping: FieldMapping }> {
  const mapping = await inTenant(services.app, input.tenant, async (trx) => {
    await touchGateOfMapping(trx, change.id);
    const changed = await new MappingDesk(trx, input).change(change);
    if (changed !== undefined) await noteMapping(trx, input, changed);
    return changed;
  });
  if (mapping === undefined) throw await missingMapping(services, input, change.id);
  return { mapping };
}

interface Verdict {
  readonly id: string;
  readonly action: 'approve' | 'reject';
  readonly note?: string | null | undefined;
  readonly alternative?: string | null | undefined;
  readonly learns: boolean;
}

async function decideVerdict(services: ApiServices, caller: Caller, verdict: Verdict): Promise<Outcome> {
  const outcome = await inTenant(services.app, caller.tenant, (trx) =>
    apply(new MappingDesk(trx, caller), caller, verdict),
  );
  if (outcome === undefined) throw await missingMapping(services, caller, verdict.id);
  return outcome;
}

async function apply(desk: MappingDesk, caller: Caller, verdict: Verdict): Promise<Outcome | undefined> {
  const { id, action, note, learns } = verdict;
  const version = (await touchGateOfMapping(desk.trx, id)) ?? null;
  const status = action === 'approve' ? 'approved' : 'rejected';
  const decided = await desk.change({ id, status, note });
  if (decided === undefined) return undefined;
  const learnt = learns ? [await learn(desk.trx, decided, action === 'approve')] : [];
  const instead = await mapInstead(desk, verdict);
  if (instead !== undefined && learns) learnt.push(await learn(desk.trx, instead, true));
  const mapping = instead ?? decided;
  await noteMapping(desk.trx, caller, mapping);
  return {
    mapping_id: id,
    action,
    success: true,
    learned_pattern_id: learnt.at(-1)?.patternId ?? null,
    confidence_score: mapping.confidence,
    patterns_created: learnt.filter(({ isNew }) => isNew).length,
    patterns_updated: learnt.filter(({ isNew }) => !isNew).length,
    mapping: presentMapping(mapping),
    version,
  };
}

/** A rejection with an alternative maps the column anew; the person's word is then an approval of that. */
async function mapInstead(
  desk: MappingDesk,
  { id, action, alternative }: Verdict,
): Promise<FieldMapping | undefined> {
  if (action !== 'reject' || alternative === undefined || alternative === null) return undefined;
  return desk.change({ id, status: 'approved', target: alternative });
}

type Actions = z.output<typeof LearnBody>['actions'];

async function decideAll(
  services: ApiServices,
  caller: Caller,
  actions: Actions,
): Promise<z.output<typeof LearnAnswer>> {
  let missing: string | undefined;
  const results = await inTenant(services.app, caller.tenant, async (trx) => {
    const outcomes: Outcome[] = [];
    const desk = new MappingDesk(trx, caller);
    for (const { mapping_id: id, action, rejection_reason, note, alternative_suggestion } of actions) {
      const words = { note: rejection_reason ?? note, alternative: alternative_suggestion };
      const outcome = await apply(desk, caller, { id, action, ...words, learns: true });
      if (outcome === undefined) {
        missing = id;
        throw new DomainError('MAP_001', { mapping_id: id });
      }
      outcomes.push(outcome);
    }
    return outcomes;
  }).catch(async (error: unknown) => {
    throw missing === undefined ? error : await missingMapping(services, caller, missing);
  });
  const sum = (count: (outcome: Outcome) => number): number =>
    results.reduce((total, outcome) => total + count(outcome), 0);
  return {
    total_actions: actions.length,
    successful_actions: results.length,
    failed_actions: 0,
    results,
    patterns_created: sum((outcome) => outcome.patterns_created),
    patterns_updated: sum((outcome) => outcome.patterns_updated),
    global_patterns_created: 0,
  };
}

function missingMapping(services: ApiServices, caller: Caller, id: string): Promise<DomainError> {
  return missingId(services, caller, { kind: 'mapping', id, code: 'MAP_001' });
}
