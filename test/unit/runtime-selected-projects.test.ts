import { needsServers } from '../support/selected-projects';

test.each([
  [[], true],
  [['--selectProjects', 'unit'], false],
  [['--selectProjects', 'unit', 'replay', '--verbose'], false],
  [['--selectProjects=unit'], false],
  [['--selectProjects', 'unit', 'api'], true],
  [['test/unit/runtime-config.test.ts'], false],
  [['test/unit/runtime-config.test.ts', 'test/api/flows.test.ts'], true],
  [['runtime-config'], true],
  [['--selectProjects', 'unit', 'test/unit/runtime-config.test.ts'], false],
  [['--testPathPatterns', 'test/unit'], false],
])('the command line %j needs servers: %s', (args, expected) => {
  const needed = needsServers(args);

  expect(needed).toBe(expected);
});
