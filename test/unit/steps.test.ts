import { lastOf, type Steps, takeSteps } from '../../src/domain/steps';

function* counted(steps: number): Steps<number> {
  let taken = 0;
  while (taken < steps) {
    taken += 1;
    yield;
  }
  return taken;
}

test('other work has its turn between the steps, and the result is that of the steps in one go', async () => {
  let turns = 0;
  const letGo = () => Promise.resolve((turns += 1));

  const result = await takeSteps(counted(100), letGo);

  expect(result).toBe(lastOf(counted(100)));
  expect(turns).toBeGreaterThan(10);
  expect(turns).toBeLessThan(50);
});

test('what a step throws is thrown to the caller', async () => {
  // oxlint-disable-next-line require-yield -- it fails before its first step
  function* failing(): Steps<number> {
    throw new Error('no step');
  }

  await expect(takeSteps(failing(), () => Promise.resolve())).rejects.toThrow('no step');
});
