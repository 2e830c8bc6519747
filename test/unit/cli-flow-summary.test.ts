import { type FlowStatusView, flowDocument, flowLines } from '../../src/cli/flow-summary';
import type { ImportSummary } from '../../src/cli/import-summary';
import { phases } from '../../src/domain/flow/phases';

function aFlow(changes: Partial<FlowStatusView> = {}): FlowStatusView {
  const phase = { status: 'completed', rows_in: 10, rows_out: 9 };
  return {
    flow_id: '7b1f2c8e-0a51-4b8c-9f63-0d8d1f7a2b11',
    flow_name: 'Discovery Import 1',
    detailed_status: 'completed',
    current_phase: 'tech_debt_assessment',
    waiting_for: null,
    gate_version: null,
    progress_percentage: 100,
    // every phase of the list gets its view
    phases: Object.fromEntries(phases.map((name) => [name, phase])) as FlowStatusView['phases'],
    rows: { read: 11, accepted: 10, rejected: 1 },
    assets: { created: 7, updated: 1, merged: 1, unchanged: 0 },
    dependencies: { resolved: 3, unresolved: 2 },
    failure: null,
    created_at: '2026-11-22T10:00:00Z',
    ...changes,
  };
}

function aDelta(changes: Partial<ImportSummary['delta']> = {}): ImportSummary['delta'] {
  return {
    outcome: 'changed',
    compared_with: 'b',
    compared_filename: 'cmdb-may.csv',
    same_file: false,
    newer_import: null,
    tells_vanished: true,
    created: 1,
    updated: 2,
    unchanged: 3,
    vanished: 4,
    ...changes,
  };
}

test('the document of a flow names its status, phases, rows and results', () => {
  const document = flowDocument(aFlow(), 1.5);

  expect(document).toMatchObject({
    status: 'completed',
    waiting_for: null,
    rows: { read: 11, accepted: 10, rejected: 1 },
    assets: { created: 7, updated: 1, merged: 1, unchanged: 0 },
    dependencies: { resolved: 3, unresolved: 2 },
    seconds: 1.5,
  });
  expect(Object.keys(document['phases'] ?? {})).toEqual([...phases]);
  expect(document).not.toHaveProperty('failure');
});

test('a failed flow says in its document and to people why and what to do', () => {
  const failure = { code: 'MAP_004', message: 'No column names the assets', suggestion: 'Map one to name' };

  const failed = aFlow({ detailed_status: 'failed', failure });

  expect(flowDocument(failed, 1)).toMatchObject({ failure });
  expect(flowLines(failed)).toContain('MAP_004: No column names the assets. Map one to name.');
});

test('people see every phase, the sums of rows and where the flow waits', () => {
  const waiting = aFlow({ detailed_status: 'waiting_for_approval', waiting_for: 'mapping_approval' });

  const lines = flowLines(waiting);

  expect(lines[1]).toBe('Status waiting_for_approval, waiting for mapping_approval');
  expect(lines.filter((line) => phases.some((phase) => line.startsWith(phase)))).toHaveLength(phases.length);
  expect(lines).toContain('Rows: 11 read = 10 accepted + 1 rejected');
});

test('each import tells where its records ended, with the sum and the reasons', () => {
  const rows = { read: 11, rejected: 1, skipped: 2, accepted: 8 };
  const reasons = [
    { state: 'rejected', code: 'too_many_cells', records: 1 },
    { state: 'skipped', code: 'empty_record', records: 2 },
  ] as const;
  const summary = { importId: 'a', name: 'cmdb.csv', rows, reasons: [...reasons], delta: aDelta() };

  const lines = flowLines(aFlow(), [summary]);
  const document = flowDocument(aFlow(), 1, [summary]);

  expect(lines).toContain('  cmdb.csv: 11 read = 8 accepted + 1 rejected + 2 skipped');
  expect(lines).toContain('    rejected: 1 too_many_cells');
  expect(lines).toContain('    skipped: 2 empty_record');
  expect(document).toMatchObject({ imports: [{ import_id: 'a', name: 'cmdb.csv', rows, reasons }] });
});

test.each([
  [{}, 'since cmdb-may.csv (b): 1 created, 2 updated, 3 unchanged, 4 vanished'],
  [
    { tells_vanished: false, vanished: 0 },
    'since cmdb-may.csv (b): 1 created, 2 updated, 3 unchanged, vanished not told by a partial export',
  ],
  [{ outcome: 'unchanged', same_file: true }, 'unchanged: the same file as cmdb-may.csv (b)'],
  [
    { outcome: 'first', compared_with: null, newer_import: 'c' },
    'first of its source: 1 assets; older than import c, whose values stay',
  ],
] as const)('an import says in one line how it differs from the one before it: %j', (changes, line) => {
  const rows = { read: 6, rejected: 0, skipped: 0, accepted: 6 };

  const lines = flowLines(aFlow(), [
    { importId: 'a', name: 'cmdb.csv', rows, reasons: [], delta: aDelta(changes) },
  ]);

  expect(lines).toContain(`    ${line}`);
});
