import type { z } from 'zod';
import type { FlowStatusRow } from '../../db/flows/flow-rows';
import { findFlowStatus } from '../../db/flows/flows';
import { type DataImport, listFlowImports } from '../../db/imports/imports';
import {
  decideFindings,
  type FindingDecision,
  listFindings,
  type QualityFindingRow,
} from '../../db/imports/quality-findings';
import { insertAuditEvent } from '../../db/accounts/audit';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { auditActor } from '../audit-actor';
import { requiredVersion } from '../decision-version';
import { presentFinding } from '../presenters/import-view';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { flowParams } from '../schemas/common';
import { ProfileDecisionBody, ProfileDecisions } from '../schemas/profile-decisions';
import type { ApiServices } from '../services';
import { missingFlow } from '../use-cases/command-flow';
import { decideOpenGate } from '../use-cases/decide-gate';

const place = '/unified-discovery/flows/:flow_id/profile-decisions';
const common = { scope: 'tenant', tag: 'data quality', params: flowParams } as const;

type Body = z.output<typeof ProfileDecisionBody>;
type Input<B = unknown> = RouteInput<{ flow_id: string }, unknown, B>;

/** What was found about the data of a flow, and what people decide about it. */
export function profileDecisionRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'get',
      path: place,
      summary: 'List the findings that a person decides, and what was decided',
      permission: 'discovery.read',
      responses: { 200: ProfileDecisions },
      errors: ['FLOW_002'],
      handler: (input) => show(services, input),
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: place,
      summary: 'Decide findings; the flow goes on when none that blocks is left',
      permission: 'discovery.resolve',
      body: ProfileDecisionBody,
      responses: { 200: ProfileDecisions },
      errors: ['FLOW_002', 'FLOW_003', 'FLOW_009', 'FLOW_010'],
      handler: (input) => decide(services, input),
    }),
  ];
}

interface FindingsOfFlow {
  readonly flow: FlowStatusRow;
  readonly imports: readonly DataImport[];
  readonly findings: readonly QualityFindingRow[];
}

async function readFindings(trx: TenantTrx, flowId: string): Promise<FindingsOfFlow | undefined> {
  const flow = await findFlowStatus(trx, flowId);
  if (flow === undefined) return undefined;
  const imports = (await listFlowImports(trx, flowId)).filter(({ undoneAt }) => undoneAt === null);
  const findings: QualityFindingRow[] = [];
  for (const { id } of imports) findings.push(...(await listFindings(trx, id)));
  return { flow, imports, findings };
}

async function show(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const flowId = input.params.flow_id;
  const view = await inTenant(services.app, input.tenant, (trx) => readFindings(trx, flowId));
  if (view === undefined) throw await missingFlow(services, input, flowId);
  const { flow, findings } = view;
  const isWaiting = flow.waitingFor === 'profile_decisions';
  return ok({
    success: true,
    flow_id: flowId,
    waiting: isWaiting,
    version: isWaiting ? flow.gateVersion : null,
    blocking_open: openBlocking(findings).length,
    findings: findings.slice(0, 1_000).map(presentFinding),
    profile: flow.phaseState['data_validation'] ?? null,
  });
}

function openBlocking(findings: readonly QualityFindingRow[]): QualityFindingRow[] {
  return findings.filter(({ blocking, decidedAt }) => blocking && decidedAt === null);
}

async function decide(services: ApiServices, input: Input<Body>): Promise<RouteAnswer> {
  const flowId = input.params.flow_id;
  const version = requiredVersion(input, input.body.version);
  const left = await inTenant(services.app, input.tenant, (trx) => writeDecisions(trx, input, version));
  if (left === undefined) throw await missingFlow(services, input, flowId);
  if (left === 0 || input.body.proceed_with_warnings) {
    await decideOpenGate(services, input, { flowId, gate: 'profile_decisions', version });
  }
  return show(services, input);
}

/** Writes the decisions; answers how many blocking findings are left. */
async function writeDecisions(
  trx: TenantTrx,
  input: Input<Body>,
  version: number,
): Promise<number | undefined> {
  const flowId = input.params.flow_id;
  const view = await readFindings(trx, flowId);
  if (view === undefined) return undefined;
  assertWaiting(view.flow, version);
  for (const { id } of view.imports) {
    const decisions = decisionsFor(input.body, id);
    if (decisions.length > 0) await decideFindings(trx, id, decisions, input.actor.userId);
  }
  await insertAuditEvent(trx, auditActor(input), {
    action: 'profile.decided',
    resourceType: 'flow',
    resourceId: flowId,
    flowId,
    details: { decisions: input.body.decisions.length },
  });
  const after = await readFindings(trx, flowId);
  return openBlocking(after?.findings ?? []).length;
}

function assertWaiting({ flowStatus, waitingFor, gateVersion }: FlowStatusRow, version: number): void {
  if (waitingFor !== 'profile_decisions' || flowStatus !== 'waiting_for_approval') {
    throw new DomainError('FLOW_003', { current_state: flowStatus, waiting_for: waitingFor });
  }
  if (gateVersion !== version) throw new DomainError('FLOW_009', { version, current_version: gateVersion });
}

function decisionsFor({ decisions }: Body, importId: string): FindingDecision[] {
  return decisions
    .filter(({ import_id }) => import_id === undefined || import_id === importId)
    .map(({ field_name, action, custom_delimiter, max_length }) => ({
      column: field_name,
      action,
      detail: {
        ...(custom_delimiter === undefined ? {} : { delimiter: custom_delimiter }),
        ...(max_length === undefined ? {} : { limit: max_length }),
      },
    }));
}
