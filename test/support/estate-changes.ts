import type { Answer, CallOptions, TestApi } from './api-server';
import { eventually } from './eventually';

/** Waits until a change that was answered has ended; answers its view. */
export async function untilEnded(api: TestApi, answer: Answer, call: CallOptions = {}) {
  if (answer.status !== 200 && answer.status !== 202)
    throw new Error(`No change: ${answer.status} ${answer.text}`);
  return eventually(async () => {
    const { body, text } = await api.call(`/estate-changes/${answer.body.change_id}`, call);
    if (!['completed', 'failed'].includes(body?.status)) throw new Error(`An end is awaited: ${text}`);
    return body;
  });
}

/** What a projection makes anew each time. */
const volatile: ReadonlySet<string> = new Set(['updated_at', 'plan', 'metadata']);

/** What the API says of the estate: assets, edges, groups, waves and dispositions, without times. */
export async function estateDump(api: TestApi, call: CallOptions = {}): Promise<Record<string, unknown>> {
  const dump: Record<string, unknown> = {};
  for (const list of ['assets', 'dependencies', 'groups', 'waves', 'recommendations']) {
    const { body } = await api.call(`/unified-discovery/${list}?limit=200`, call);
    dump[list] = JSON.parse(JSON.stringify(body, lasting));
  }
  return dump;
}

/** Edges are numbered anew by each analysis. */
function lasting(key: string, value: unknown): unknown {
  if (volatile.has(key)) return undefined;
  if (typeof value !== 'object' || value === null || !('hardness' in value)) return value;
  const { id: _id, ...edge } = { id: null, ...value };
  return edge;
}
