import { createActivities } from '../../src/activities';
import type { ActivityDependencies } from '../../src/activities/dependencies';
import { phaseActivityNames } from '../../src/domain/flow/activity-names';
import { phases } from '../../src/domain/flow/phases';

/** Factories only keep their dependencies; nothing is called here. */
const deps = {} as ActivityDependencies;

test('every phase has an activity of its own', () => {
  const activities = createActivities(deps);

  const ofPhases = phases.map((phase) => activities[phaseActivityNames[phase]]);

  expect(ofPhases.every((activity) => typeof activity === 'function')).toBe(true);
  expect(new Set(ofPhases).size).toBe(phases.length);
});

test('a worker registers everything that workflows call, and nothing else', () => {
  const called = [
    'createOrLoadFlow',
    'loadFlow',
    'applyCommands',
    'recordCommand',
    'settleGate',
    'failFlow',
    'closeFlow',
    'beginEstateChange',
    'undoImport',
    'correctImport',
    'countCorrections',
    'projectEstate',
    'endEstateChange',
    'failEstateChange',
    'reconcileFlows',
    ...Object.values(phaseActivityNames),
  ];

  expect(Object.keys(createActivities(deps)).toSorted()).toEqual(called.toSorted());
});
