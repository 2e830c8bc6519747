import { setTimeout as delay } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import type { Activities, PhaseActivity } from '../../src/activities/types';
import { phaseActivityNames } from '../../src/domain/flow/activity-names';
import { DomainError } from '../../src/domain/errors';
import type { CorrectionResult, PhaseRequest, PhaseResult } from '../../src/domain/flow/messages';
import { type Gate, type Phase, estatePhases, phases } from '../../src/domain/flow/phases';
import { FlowRows } from './workflow-rows';

/** The flows of one worker, and what was done to its estate. */
export class RowStore {
  readonly flows = new Map<string, FlowRows>();
  readonly estateTrail: string[] = [];
  /** What corrected files are answered, in their order. */
  readonly corrections: CorrectionResult[] = [];
  readonly estateFaults: Error[] = [];
  rounds = 0;

  rows(flowId: string): FlowRows {
    const rows = this.flows.get(flowId);
    if (rows === undefined) throw new DomainError('FLOW_002', { flowId });
    return rows;
  }
}

/** Activities under their true names that keep the in-memory rows by the rules of the database activities. */
export function fakeActivities(store: RowStore): Activities {
  const entries = phases.map((phase) => [phaseActivityNames[phase], phaseActivity(store)] as const);
  return {
    // The list holds every name of the phase activities once.
    ...(Object.fromEntries(entries) as Record<(typeof phaseActivityNames)[Phase], PhaseActivity>),
    createOrLoadFlow: async (input, runId) => {
      const rows = store.flows.get(input.flowId) ?? new FlowRows(input);
      if (rows.input.fingerprint !== input.fingerprint) throw new DomainError('VAL_004');
      store.flows.set(input.flowId, rows);
      return rows.open(runId);
    },
    loadFlow: async ({ flowId }) => store.rows(flowId).state(),
    applyCommands: async ({ flowId }) => store.rows(flowId).applyCommands(),
    recordCommand: async (request) => ({ accepted: store.rows(request.flowId).record(request) }),
    settleGate: async ({ flowId }, gate) => store.rows(flowId).settle(gate),
    failFlow: async ({ flowId, phase, code, message }) => {
      const rows = store.rows(flowId);
      rows.failure = { phase, code, message };
      rows.setStatus('failed');
      return rows.state();
    },
    closeFlow: async ({ flowId, status, reason }) => store.rows(flowId).close(status, reason),
    beginEstateChange: async () => store.estateTrail.push('begin') > 0,
    endEstateChange: async () => void store.estateTrail.push('end'),
    failEstateChange: async ({ code }) => void store.estateTrail.push(`fail ${code}`),
    correctImport: async () => store.corrections.shift() ?? { status: 'nothing' },
    countCorrections: async () => void store.estateTrail.push('count'),
    undoImport: async ({ importId }) => void store.estateTrail.push(`undo ${importId}`),
    projectEstate: async ({ phase }) => {
      const fault = store.estateFaults.shift();
      if (fault !== undefined) throw fault;
      store.estateTrail.push(phase);
      return { status: 'completed', rowsIn: 3, rowsOut: 2 };
    },
    reconcileFlows: async () => ({ healed: (store.rounds += 1), unhealed: 0 }),
  };
}

function phaseActivity(store: RowStore): PhaseActivity {
  return async (request) => {
    const rows = store.rows(request.flowId);
    const { phase, importId } = request;
    if (isPublished(rows, request)) return { status: 'completed', rowsIn: 3, rowsOut: 3 };
    rows.setStatus('running');
    rows.trail.push(importId ? `${phase} ${importId}` : phase);
    const fault = rows.faults.get(phase)?.shift();
    if (fault !== undefined) throw fault;
    return (await stopped(rows, phase)) ?? openGate(rows, request) ?? publish(rows, request);
  };
}

function isPublished(rows: FlowRows, { phase, importId }: PhaseRequest): boolean {
  const published: readonly string[] = importId ? rows.importRow(importId).published : rows.estate;
  return published.includes(phase);
}

async function stopped(rows: FlowRows, phase: Phase): Promise<PhaseResult | undefined> {
  while (rows.deaf.has(phase)) {
    Context.current().cancellationSignal.throwIfAborted();
    await delay(5);
  }
  do {
    const command = rows.pendingStop;
    if (command !== undefined) return { status: 'interrupted', command };
    if (phase === 'asset_inventory' && rows.hasPending('add_import'))
      return { status: 'interrupted', command: 'add_import' };
    await delay(1);
  } while (rows.held.has(phase));
  return undefined;
}

function openGate(rows: FlowRows, { phase, importId }: PhaseRequest): PhaseResult | undefined {
  const gate = gateOf(rows, phase);
  if (gate === undefined) return undefined;
  if (importId !== null) rows.importRow(importId).waitingFor = gate;
  return { status: 'waiting', gate, version: rows.openGate(gate) };
}

function gateOf({ blocking, input }: FlowRows, phase: Phase): Gate | undefined {
  if (phase === 'data_validation' && blocking.has('profile_decisions')) return 'profile_decisions';
  if (phase === 'field_mapping' && input.policy.approval.mode === 'ask') return 'mapping_approval';
  if (phase !== 'asset_inventory') return undefined;
  return (['conflict_resolution', 'preview_approval'] as const).find((gate) => blocking.has(gate));
}

function publish(rows: FlowRows, { phase, importId }: PhaseRequest): PhaseResult {
  if (importId === null) {
    const published = estatePhases.find((candidate) => candidate === phase);
    if (published !== undefined) rows.estate.push(published);
  } else {
    const row = rows.importRow(importId);
    row.waitingFor = null;
    // Every phase that names an import is one of the import phases.
    row.published.push(phase as (typeof row.published)[number]);
  }
  return { status: 'completed', rowsIn: 3, rowsOut: 3 };
}
