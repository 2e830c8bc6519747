import type { FlowState, ImportState, PhaseResult } from './messages';
import { type EstatePhase, type Gate, type ImportPhase, type Phase, estatePhases, gates } from './phases';
import { isTerminal } from './status';

export interface ImportPhaseStep {
  readonly kind: 'phase';
  readonly phase: ImportPhase;
  readonly importId: string;
}

export interface EstatePhaseStep {
  readonly kind: 'phase';
  readonly phase: EstatePhase;
  readonly importId: null;
}

export type PhaseStep = ImportPhaseStep | EstatePhaseStep;

/** What a flow does next. */
export type FlowStep =
  | PhaseStep
  | { readonly kind: 'gate'; readonly gate: Gate }
  /** Paused until a resume, or failed until a retry; a cancel ends both. */
  | { readonly kind: 'stand_still'; readonly status: 'paused' | 'failed' }
  | { readonly kind: 'complete' }
  | { readonly kind: 'ended' };

/** Phases of an import up to its approval; all imports of a flow are approved together. */
const preparingPhases = ['data_import', 'data_validation', 'field_mapping'] as const;

/**
 * What a flow does next, decided from its stored state alone: one rule for the first start, continue-as-new,
 * resume, retry and restart. Every import is prepared before any gate is waited at, so that a person decides once.
 */
export function nextStep(state: FlowState): FlowStep {
  if (isTerminal(state.status)) return { kind: 'ended' };
  if (state.status === 'paused' || state.status === 'failed')
    return { kind: 'stand_still', status: state.status };
  return importStep(state) ?? estateStep(state);
}

/** The phase a flow is at or comes to next, or null when none is left; pauses and failures make no difference. */
export function presentPhase(state: FlowState): { phase: Phase; importId: string | null } | null {
  const step = nextStep({ ...state, status: 'running' });
  if (step.kind === 'phase') return step;
  return step.kind === 'gate' ? gatePhase(state, step.gate) : null;
}

/** The state after a phase activity answered; an interrupted phase leaves it as it was. */
export function afterPhase(state: FlowState, step: PhaseStep, result: PhaseResult): FlowState {
  if (result.status === 'interrupted') return state;
  const waitingFor = result.status === 'waiting' ? result.gate : null;
  const completed = result.status === 'completed';
  if (step.importId === null) {
    const published = state.publishedEstatePhases;
    return {
      ...state,
      waitingFor,
      publishedEstatePhases: completed ? [...published, step.phase] : published,
    };
  }
  const imports = state.imports.map((entry) =>
    entry.importId === step.importId ? afterImportPhase(entry, step.phase, waitingFor) : entry,
  );
  return { ...state, imports };
}

function afterImportPhase(entry: ImportState, phase: ImportPhase, waitingFor: Gate | null): ImportState {
  if (waitingFor !== null) return { ...entry, waitingFor };
  return { ...entry, waitingFor: null, publishedPhases: [...entry.publishedPhases, phase] };
}

function importStep({ imports }: FlowState): FlowStep | undefined {
  if (imports.length === 0) return { kind: 'gate', gate: 'import' };
  for (const entry of imports) {
    const phase = preparingPhases.find((candidate) => !entry.publishedPhases.includes(candidate));
    if (phase !== undefined && !isWaiting(entry)) return { kind: 'phase', phase, importId: entry.importId };
  }
  const gate = gates.find((candidate) => imports.some((entry) => entry.waitingFor === candidate));
  if (gate !== undefined) return { kind: 'gate', gate };
  const uncleansed = imports.find((entry) => !entry.publishedPhases.includes('data_cleansing'));
  return uncleansed && { kind: 'phase', phase: 'data_cleansing', importId: uncleansed.importId };
}

function estateStep({ publishedEstatePhases, waitingFor }: FlowState): FlowStep {
  const phase = estatePhases.find((candidate) => !publishedEstatePhases.includes(candidate));
  if (phase === undefined) return { kind: 'complete' };
  if (phase === 'asset_inventory' && isEstateGate(waitingFor)) return { kind: 'gate', gate: waitingFor };
  return { kind: 'phase', phase, importId: null };
}

function isWaiting({ waitingFor }: ImportState): boolean {
  return waitingFor !== undefined && waitingFor !== null;
}

function isEstateGate(gate: Gate | null): gate is Gate {
  return gate === 'conflict_resolution' || gate === 'preview_approval';
}

function gatePhase(state: FlowState, gate: Gate): { phase: Phase; importId: string | null } | null {
  const importId = state.imports.find((entry) => entry.waitingFor === gate)?.importId ?? null;
  switch (gate) {
    case 'import':
      return null;
    case 'profile_decisions':
      return { phase: 'data_validation', importId };
    case 'mapping_approval':
      return { phase: 'field_mapping', importId };
    case 'conflict_resolution':
    case 'preview_approval':
      return { phase: 'asset_inventory', importId: null };
  }
}
