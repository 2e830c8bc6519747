import type { CommandType, FlowStatus } from '../../domain/flow/status';
import { isTerminal } from '../../domain/flow/status';
import { consumeCommand, listStaleCommands, type StaleCommand } from '../../db/flows/commands';
import { findFlow } from '../../db/flows/flows';
import { listStaleGates } from '../../db/flows/gates';
import { inSystemScope } from '../../db/connection/scopes';
import { inTenant } from '../../db/connection/tenant';
import type { ReconcileRound } from './reconcile-round';

const rowsPerRound = 1_000;
/** What a signal names when no command stands behind it: it only says "look at the rows". */
const noCommand = 'reconciler';

/** Signals again what nobody took notice of: a lost signal costs at most a minute. */
export async function reconcileSignals(round: ReconcileRound): Promise<void> {
  const { deps, timing } = round;
  const before = round.before(timing.unheardMs);
  const commands = await inSystemScope(deps.system, (trx) => listStaleCommands(trx, before, rowsPerRound));
  const signalled = new Set<string>();
  for (const command of commands) {
    if (!(await isToSignal(round, command))) continue;
    const key = `${command.flowId} ${command.type}`;
    if (signalled.has(key)) continue;
    signalled.add(key);
    await round.heal(command, 'command_unheard', () =>
      deps.directory.signal(command, command.type, { commandId: command.id }),
    );
  }
  await signalDecisions(round, before, signalled);
}

async function isToSignal(round: ReconcileRound, command: StaleCommand): Promise<boolean> {
  const flow = round.open.get(command.flowId);
  if (flow === undefined) {
    await supersede(round, command);
    return false;
  }
  return !round.settled.has(flow.flowId) && isConsumable(command.type, flow.flowStatus);
}

/** A decision taken before a pause is consumed when the flow has resumed, and not earlier. */
function isConsumable(type: CommandType, status: FlowStatus): boolean {
  const ofGate = type === 'decide' || type === 'rerun';
  return !ofGate || status === 'waiting_for_approval';
}

/** The flow ended before the command was taken: nothing will ever consume it. */
async function supersede({ deps }: ReconcileRound, command: StaleCommand): Promise<void> {
  await inTenant(deps.app, command, async (trx) => {
    const flow = await findFlow(trx, command.flowId);
    if (flow !== undefined && isTerminal(flow.flowStatus))
      await consumeCommand(trx, command.id, 'superseded');
  });
}

async function signalDecisions(round: ReconcileRound, before: Date, signalled: Set<string>): Promise<void> {
  const { deps } = round;
  const gates = await inSystemScope(deps.system, (trx) => listStaleGates(trx, before, rowsPerRound));
  for (const gate of gates) {
    const key = `${gate.flowId} decide`;
    if (round.settled.has(gate.flowId) || signalled.has(key)) continue;
    signalled.add(key);
    await round.heal(gate, 'decision_unheard', () =>
      deps.directory.signal(gate, 'decide', { commandId: noCommand }),
    );
  }
}
