import { startFlow, untilStatus } from '../support/api-flows';
import { startTestApi, type TestApi } from '../support/api-server';
import { startTestWorker, type TestWorker } from '../support/api-worker';
import { eventually } from '../support/eventually';
import { asSuperuser } from '../support/database';

let api: TestApi;
let worker: TestWorker;

beforeAll(async () => {
  api = await startTestApi({ heartbeatMs: 200, pollMs: 60_000 });
  worker = await startTestWorker(api);
});

afterAll(async () => {
  await worker.stop();
  await api.close();
});

interface Subscription {
  readonly text: () => string;
  readonly events: () => { readonly id: number; readonly view: { readonly detailed_status: string } }[];
  readonly ended: Promise<void>;
  readonly stop: () => void;
}

async function subscribe(
  flowId: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Subscription> {
  const abort = new AbortController();
  const response = await fetch(`${api.url}/api/v1/master-flows/${flowId}/events`, {
    signal: abort.signal,
    headers: {
      authorization: `Bearer ${api.caller.key}`,
      'x-client-account-id': api.tenant.clientAccountId,
      'x-engagement-id': api.tenant.engagementId,
      ...headers,
    },
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let received = '';
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    // The answer of a stream has a body.
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      received += decoder.decode(chunk, { stream: true });
    }
  };
  return {
    text: () => received,
    events: () =>
      [...received.matchAll(/id: (\d+)\nevent: flow\ndata: (.*)\n\n/g)].map((match) => ({
        id: Number(match[1]),
        view: JSON.parse(match[2] ?? ''),
      })),
    ended: read().catch(() => undefined),
    stop: () => abort.abort(),
  };
}

test('each event is the whole view of the flow, to its end', async () => {
  const { flowId } = await startFlow(api);
  const subscription = await subscribe(flowId);
  const { gate_version: version } = await untilStatus(api, flowId, 'waiting_for_approval');
  await eventually(() =>
    expect(subscription.events().at(-1)?.view.detailed_status).toBe('waiting_for_approval'),
  );

  await api.call(`/unified-discovery/flows/${flowId}/approve`, { json: { version } });

  await subscription.ended;
  const events = subscription.events();
  const ids = events.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort((one, two) => one - two));
  expect(events.at(-1)?.view).toMatchObject({
    flow_id: flowId,
    detailed_status: 'completed',
    progress_percentage: 100,
  });
  expect(subscription.text()).toContain('event: end');
});

test('a subscriber that comes back is not told what it knows, and hears that the stream lives', async () => {
  const { flowId } = await startFlow(api);
  await untilStatus(api, flowId, 'waiting_for_approval');
  const first = await subscribe(flowId);
  await eventually(() => expect(first.events()).toHaveLength(1));
  const [event] = first.events();
  first.stop();

  const second = await subscribe(flowId, { 'last-event-id': String(event?.id) });

  await eventually(() => expect(second.text()).toContain(': still here'));
  expect(second.events()).toEqual([]);
  second.stop();
});

test('events go on after the connection that hears of them was lost', async () => {
  const { flowId } = await startFlow(api);
  await untilStatus(api, flowId, 'waiting_for_approval');
  const subscription = await subscribe(flowId);
  await eventually(() => expect(subscription.events()).toHaveLength(1));

  await asSuperuser(api.database, (query) =>
    query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'surveyor-events'
      and datname = current_database()`),
  );
  await eventually(async () => {
    const listening = await asSuperuser(api.database, (query) =>
      query(`select from pg_stat_activity where application_name = 'surveyor-events' and query like 'listen%'
        and datname = current_database()`),
    );
    expect(listening).toHaveLength(1);
  });
  await api.call(`/unified-discovery/flows/${flowId}/pause`, { method: 'POST' });

  await eventually(() => expect(subscription.events().at(-1)?.view.detailed_status).toBe('paused'));
  subscription.stop();
});
