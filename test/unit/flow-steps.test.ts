import { fc } from '../support/property';
import type { FlowState, ImportState, PhaseResult } from '../../src/domain/flow/messages';
import { type Gate, estatePhases, importPhases } from '../../src/domain/flow/phases';
import { flowStatuses, isTerminal } from '../../src/domain/flow/status';
import { afterPhase, nextStep, presentPhase } from '../../src/domain/flow/steps';

const anImport = (overrides: Partial<ImportState> = {}): ImportState => ({
  importId: 'a',
  publishedPhases: [],
  waitingFor: null,
  ...overrides,
});

const aState = (overrides: Partial<FlowState> = {}): FlowState => ({
  status: 'running',
  pausedFrom: null,
  waitingFor: null,
  imports: [anImport()],
  publishedEstatePhases: [],
  ...overrides,
});

const done: PhaseResult = { status: 'completed', rowsIn: 1, rowsOut: 1 };
const prepared = ['data_import', 'data_validation', 'field_mapping'] as const;

test('a new flow begins with the import of its file', () => {
  expect(nextStep(aState({ status: 'initialized' }))).toEqual({
    kind: 'phase',
    phase: 'data_import',
    importId: 'a',
  });
});

test('a flow without a file waits for one', () => {
  expect(nextStep(aState({ imports: [] }))).toEqual({ kind: 'gate', gate: 'import' });
});

test('every import is prepared before any gate is waited at', () => {
  const waiting = anImport({
    publishedPhases: ['data_import', 'data_validation'],
    waitingFor: 'mapping_approval',
  });

  const step = nextStep(aState({ imports: [waiting, anImport({ importId: 'b' })] }));

  expect(step).toEqual({ kind: 'phase', phase: 'data_import', importId: 'b' });
});

test('decisions on profiles come before the approval of the mappings', () => {
  const mapped = anImport({
    publishedPhases: ['data_import', 'data_validation'],
    waitingFor: 'mapping_approval',
  });
  const profiled = anImport({
    importId: 'b',
    publishedPhases: ['data_import'],
    waitingFor: 'profile_decisions',
  });

  expect(nextStep(aState({ imports: [mapped, profiled] }))).toEqual({
    kind: 'gate',
    gate: 'profile_decisions',
  });
});

test('no import is cleansed before all are mapped', () => {
  const mapped = anImport({ publishedPhases: [...prepared] });

  const step = nextStep(aState({ imports: [mapped, anImport({ importId: 'b' })] }));

  expect(step).toMatchObject({ phase: 'data_import', importId: 'b' });
});

test.each(['conflict_resolution', 'preview_approval'] as const)('the estate waits at %s', (gate) => {
  const state = aState({ imports: [anImport({ publishedPhases: [...importPhases] })], waitingFor: gate });

  expect(nextStep(state)).toEqual({ kind: 'gate', gate });
  expect(presentPhase(state)).toEqual({ phase: 'asset_inventory', importId: null });
});

test('a flow whose phases are all published is completed', () => {
  const state = aState({
    imports: [anImport({ publishedPhases: [...importPhases] })],
    publishedEstatePhases: [...estatePhases],
  });

  expect(nextStep(state)).toEqual({ kind: 'complete' });
  expect(presentPhase(state)).toBeNull();
});

test('paused and failed flows stand still, and still tell the phase they are at', () => {
  for (const status of ['paused', 'failed'] as const) {
    const state = aState({ status });

    expect(nextStep(state)).toEqual({ kind: 'stand_still', status });
    expect(presentPhase(state)).toMatchObject({ phase: 'data_import', importId: 'a' });
  }
});

test('terminal flows have ended, whatever is unpublished', () => {
  for (const status of flowStatuses.filter(isTerminal))
    expect(nextStep(aState({ status }))).toEqual({ kind: 'ended' });
});

test('an interrupted phase leaves the state as it was', () => {
  const state = aState();

  const step = { kind: 'phase', phase: 'data_import', importId: 'a' } as const;

  expect(afterPhase(state, step, { status: 'interrupted', command: 'pause' })).toBe(state);
});

test('a phase that waits holds its own import only', () => {
  const state = aState({
    imports: [anImport({ publishedPhases: ['data_import'] }), anImport({ importId: 'b' })],
  });
  const step = { kind: 'phase', phase: 'data_validation', importId: 'a' } as const;

  const after = afterPhase(state, step, { status: 'waiting', gate: 'profile_decisions', version: 1 });

  expect(after.imports.map(({ waitingFor }) => waitingFor)).toEqual(['profile_decisions', null]);
});

/** Carries a flow on to its end; `opens` says before which phases a gate opens, once each. */
function carryOn(start: FlowState, opens: readonly boolean[]): string[] {
  const trail: string[] = [];
  let state = start;
  let turn = 0;
  for (let step = nextStep(state); step.kind !== 'complete'; step = nextStep(state)) {
    if (step.kind === 'gate') {
      trail.push(`gate ${step.gate}`);
      state = openGate(state, step.gate);
    } else if (step.kind === 'phase') {
      const gate = step.phase === 'field_mapping' && opens[turn % opens.length] && 'mapping_approval';
      turn += 1;
      trail.push(`${step.phase} ${step.importId}`);
      state = afterPhase(state, step, gate ? { status: 'waiting', gate, version: 1 } : done);
    } else throw new Error(step.kind);
    if (trail.length > 1_000) throw new Error('no end');
  }
  return trail;
}

function openGate(state: FlowState, gate: Gate): FlowState {
  const imports = state.imports.map((entry) =>
    entry.waitingFor === gate
      ? { ...entry, waitingFor: null, publishedPhases: [...entry.publishedPhases, 'field_mapping' as const] }
      : entry,
  );
  return { ...state, waitingFor: null, imports };
}

test('any number of imports with any gates ends with every phase published once, in order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
      (count, opens) => {
        const imports = Array.from({ length: count }, (_, index) => anImport({ importId: `i${index}` }));

        const trail = carryOn(aState({ imports }), opens);

        const run = trail.filter((entry) => !entry.startsWith('gate'));
        expect(new Set(run).size).toBe(run.length);
        expect(run).toHaveLength(count * importPhases.length + estatePhases.length);
        const lastMapping = run.findLastIndex((entry) => entry.startsWith('field_mapping'));
        const firstCleansing = run.findIndex((entry) => entry.startsWith('data_cleansing'));
        expect(lastMapping).toBeLessThan(firstCleansing);
      },
    ),
  );
});

test('a state without the optional notes of a gate runs the phase again', () => {
  const { waitingFor: _, ...entry } = anImport({ publishedPhases: ['data_import'] });

  expect(nextStep(aState({ imports: [entry] }))).toMatchObject({ phase: 'data_validation' });
});
