import type { FlowCommand } from '../../db/flows/commands';
import type { FlowStatusRow } from '../../db/flows/flow-rows';
import { findFlowStatus, lockFlow } from '../../db/flows/flows';
import { decideGate, type FlowGate, listGates } from '../../db/flows/gates';
import { listFlowImports } from '../../db/imports/imports';
import { listMappings } from '../../db/imports/mappings';
import { decideFindings, listFindings } from '../../db/imports/quality-findings';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import type { Gate } from '../../domain/flow/phases';
import { namesRows, namingTargets } from '../../domain/mapping/table/required-targets';
import { auditActor } from '../audit-actor';
import type { RouteInput } from '../route';
import type { ApiServices } from '../services';
import { type CommandResult, missingFlow, orderCommand, tellAndWait } from './command-flow';

type Caller = Pick<RouteInput, 'tenant' | 'actor' | 'traceId' | 'ctx'>;

export interface GateChoice {
  readonly flowId: string;
  /** Undefined: the gate that the flow waits at. */
  readonly gate?: Gate | undefined;
  /** Version that the person saw; undefined when the request named none. */
  readonly version: number | undefined;
  readonly note?: string | undefined;
}

/**
 * Decides the open gate of a flow as it stands, and tells the workflow.
 *
 * @throws DomainError `FLOW_010` without a version, `FLOW_009` for an older one, `FLOW_003` when the flow waits for
 * nothing, `MAP_004` for an inventory without any name.
 */
export async function decideOpenGate(
  services: ApiServices,
  caller: Caller,
  choice: GateChoice,
): Promise<CommandResult> {
  const command = await inTenant(services.app, caller.tenant, (trx) => decide(trx, caller, choice));
  if (command === undefined) throw await missingFlow(services, caller, choice.flowId);
  return tellAndWait(services, caller, command);
}

async function decide(trx: TenantTrx, caller: Caller, choice: GateChoice): Promise<FlowCommand | undefined> {
  if ((await lockFlow(trx, choice.flowId)) === undefined) return undefined;
  const flow = await findFlowStatus(trx, choice.flowId);
  if (flow === undefined) return undefined;
  if (choice.version === undefined) throw new DomainError('FLOW_010', { gate: flow.waitingFor });
  const gate = openGateOf(flow, choice.gate);
  await assertDecidable(trx, caller, flow.flowId, gate);
  await decideRows(trx, caller, { ...choice, version: choice.version, gate });
  return orderCommand(trx, caller, { flowId: flow.flowId, type: 'decide', gate });
}

function openGateOf(flow: FlowStatusRow, wanted: Gate | undefined): Gate {
  const { flowStatus, waitingFor } = flow;
  if (waitingFor === null || flowStatus !== 'waiting_for_approval') {
    throw new DomainError('FLOW_003', { current_state: flowStatus, target_state: 'running' });
  }
  if (wanted !== undefined && wanted !== waitingFor) {
    throw new DomainError('FLOW_009', { waiting_for: waitingFor, gate: wanted });
  }
  return waitingFor;
}

/** What must hold before a gate is passed, and what passing it says about findings that nobody decided. */
async function assertDecidable(trx: TenantTrx, caller: Caller, flowId: string, gate: Gate): Promise<void> {
  if (gate === 'mapping_approval') await assertNamed(trx, flowId);
  if (gate === 'profile_decisions') await keepUndecided(trx, flowId, caller.actor.userId);
}

/**
 * Without a column that names its rows, no row of an inventory can become an asset. Such a table is left out when the
 * flow has others that can be used.
 */
async function assertNamed(trx: TenantTrx, flowId: string): Promise<void> {
  const imports = (await listFlowImports(trx, flowId)).filter(({ undoneAt }) => undoneAt === null);
  if (imports.some(({ tableKind }) => tableKind === 'relations' || tableKind === 'network_flows')) return;
  const inventories = imports.filter(({ tableKind }) => tableKind === 'inventory');
  for (const { id } of inventories) if (namesRows(await listMappings(trx, id))) return;
  const [nameless] = inventories;
  if (nameless === undefined) return;
  const { id, filename, sheetName: sheet } = nameless;
  throw new DomainError('MAP_004', { import_id: id, filename, sheet, one_of: namingTargets });
}

async function keepUndecided(trx: TenantTrx, flowId: string, userId: string): Promise<void> {
  for (const { id } of await listFlowImports(trx, flowId)) {
    const undecided = (await listFindings(trx, id)).flatMap(({ blocking, decidedAt, sourceColumn }) =>
      blocking && decidedAt === null && sourceColumn !== null ? [sourceColumn] : [],
    );
    const decisions = [...new Set(undecided)].map((column) => ({ column, action: 'keep' as const }));
    if (decisions.length > 0) await decideFindings(trx, id, decisions, userId);
  }
}

interface RowChoice {
  readonly flowId: string;
  readonly gate: Gate;
  readonly version: number;
  readonly note?: string | undefined;
}

/** A gate of imports stands once for each of them; the highest version is the one that people are shown. */
async function decideRows(trx: TenantTrx, caller: Caller, choice: RowChoice): Promise<void> {
  const { flowId, gate, version, note } = choice;
  const open = (await listGates(trx, flowId)).filter(
    (row) => row.gate === gate && row.consumedAt === null && row.decidedAt === null,
  );
  const current = Math.max(0, ...open.map((row) => row.version));
  if (open.length === 0 || current !== version) {
    throw new DomainError('FLOW_009', { gate, version, current_version: current || null });
  }
  for (const row of open) await decideRow(trx, caller, row, note);
}

async function decideRow(
  trx: TenantTrx,
  caller: Caller,
  { flowId, gate, importId, version }: FlowGate,
  note: string | undefined,
): Promise<void> {
  const decision = { approved: true, ...(note === undefined ? {} : { note }) };
  const answer = await decideGate(
    trx,
    { flowId, gate, importId },
    { version, decision, decidedBy: caller.actor.userId },
    auditActor(caller),
  );
  if (answer !== 'won') throw new DomainError('FLOW_009', { gate, version });
}
