import { fc } from '../support/property';
import { discoveryWorkflowId, estateWorkflowId, parseDiscoveryWorkflowId } from '../../src/domain/flow/ids';
import { nextPhase, normalisePhase, phases } from '../../src/domain/flow/phases';
import { flowProgress } from '../../src/domain/flow/progress';
import {
  canTransition,
  commandTypes,
  flowStatuses,
  isTerminal,
  judgeCommand,
} from '../../src/domain/flow/status';

test('an accepted command that changes the status follows the transition table', () => {
  const changes = flowStatuses.flatMap((status) =>
    commandTypes
      .map((type) => judgeCommand(type, { status, pausedFrom: null, acceptsImports: true }))
      .filter((verdict) => verdict.accepted && verdict.changes && verdict.target !== status)
      .map((verdict) => [status, verdict.target] as const),
  );

  expect(changes.length).toBeGreaterThan(10);
  expect(changes.filter(([from, to]) => !canTransition(from, to))).toEqual([]);
});

test('a closed flow accepts no command but a cancel of a cancelled one', () => {
  for (const status of flowStatuses.filter(isTerminal))
    for (const type of commandTypes) {
      const { accepted } = judgeCommand(type, { status, pausedFrom: null, acceptsImports: true });

      expect(accepted).toBe(type === 'cancel' && status === 'cancelled');
    }
});

test('a resume leads back to the status before the pause', () => {
  const context = { status: 'paused', pausedFrom: 'waiting_for_approval', acceptsImports: true } as const;

  expect(judgeCommand('resume', context)).toEqual({
    accepted: true,
    target: 'waiting_for_approval',
    changes: true,
  });
});

test('a file is refused once the inventory has begun', () => {
  const context = { status: 'running', pausedFrom: null, acceptsImports: false } as const;

  expect(judgeCommand('add_import', context).accepted).toBe(false);
});

test('pausing a paused flow is accepted and changes nothing', () => {
  const context = { status: 'paused', pausedFrom: 'running', acceptsImports: true } as const;

  expect(judgeCommand('pause', context)).toEqual({ accepted: true, target: 'paused', changes: false });
});

test('a workflow id tells its flow again, and no other text does', () => {
  const flow = { clientAccountId: 'c', engagementId: 'e', flowId: 'f' };

  expect(parseDiscoveryWorkflowId(discoveryWorkflowId(flow))).toEqual(flow);
  for (const text of ['', 'discovery', 'discovery/c/e', 'discovery/c/e/f/g', estateWorkflowId(flow, 'x')])
    expect(parseDiscoveryWorkflowId(text)).toBeUndefined();
});

test('phases follow each other, and old names mean the new ones', () => {
  expect(phases.map(nextPhase)).toEqual([...phases.slice(1), null]);
  expect(normalisePhase(' Attribute_Mapping ')).toBe('field_mapping');
  expect(normalisePhase('tech_debt')).toBe('tech_debt_assessment');
  expect(normalisePhase('constructor')).toBeUndefined();
});

test('progress is 100 for a completed flow only, and never beyond its bounds', () => {
  const share = fc.record({ completed: fc.boolean(), rowsDone: fc.nat(), rowsTotal: fc.nat() });
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...phases), share), fc.boolean(), (progress, completed) => {
      const percent = flowProgress(progress, completed);

      expect(percent).toBeGreaterThanOrEqual(0);
      expect(percent === 100).toBe(completed);
    }),
  );
});
