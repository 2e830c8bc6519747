import { RestartBackoff } from '../../src/activities/reconcile/reconcile-backoff';

const minute = 60_000;

test('a flow that never lasts is tried at growing distances, at least every six hours', () => {
  const backoff = new RestartBackoff(2 * minute);
  const tried: number[] = [];

  for (let at = 0; at < 60 * 24; at += 1) if (backoff.mayRestart('a', 1e12 + at * minute)) tried.push(at);

  expect(tried).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 871, 1231]);
});

test('a flow that runs for a while, or has ended, starts at once the next time', () => {
  const backoff = new RestartBackoff(60 * minute);
  const now = 1e12;
  for (const flowId of ['a', 'b', 'c']) for (const at of [0, 1]) backoff.mayRestart(flowId, now + at);

  backoff.forget(
    now + 11 * minute,
    (flowId) => flowId !== 'b',
    (flowId) => flowId === 'a',
  );

  const later = now + 12 * minute;
  expect(['a', 'b', 'c'].map((flowId) => backoff.mayRestart(flowId, later))).toEqual([true, true, false]);
});
