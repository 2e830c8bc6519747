import { readAhead } from '../../src/activities/phase-run/read-ahead';

interface Log {
  readonly events: string[];
}

async function* items(log: Log, count: number, failAt = -1): AsyncGenerator<number, void, undefined> {
  try {
    for (let item = 1; item <= count; item += 1) {
      log.events.push(`read ${item}`);
      await Promise.resolve();
      if (item === failAt) throw new Error('the source broke');
      yield item;
    }
  } finally {
    log.events.push('closed');
  }
}

test('the next item is read before the present one is done with', async () => {
  const log: Log = { events: [] };

  for await (const item of readAhead(items(log, 2))) log.events.push(`work ${item}`);

  expect(log.events).toEqual(['read 1', 'read 2', 'work 1', 'closed', 'work 2']);
});

test('a failure of the source comes after the items before it', async () => {
  const log: Log = { events: [] };
  const seen: number[] = [];
  const work = async (): Promise<void> => {
    for await (const item of readAhead(items(log, 3, 2))) seen.push(item);
  };

  await expect(work()).rejects.toThrow('the source broke');

  expect(seen).toEqual([1]);
});

test('a consumer that fails closes the source and its own error is thrown', async () => {
  const log: Log = { events: [] };
  const work = async (): Promise<void> => {
    for await (const item of readAhead(items(log, 5))) throw new Error(`stopped at ${item}`);
  };

  await expect(work()).rejects.toThrow('stopped at 1');

  expect(log.events).toEqual(['read 1', 'read 2', 'closed']);
});
