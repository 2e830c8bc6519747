import type { Client } from 'pg';

type Listener = () => void;

export interface FlowEvents {
  /** Calls the listener when a flow changed; it must read the flow under its own scope. */
  readonly subscribe: (flowId: string, listener: Listener) => () => void;
  readonly close: () => Promise<void>;
}

export interface FlowEventsOptions {
  /** A new, unconnected client. */
  readonly createClient: () => Client;
  /** Called when the listening connection is lost; it is opened again after `retryMs`. */
  readonly onLost: (error: unknown) => void;
  readonly retryMs: number;
}

const channel = 'surveyor_flow';

/** One LISTEN connection for the whole process; a notification carries only a flow id. */
export function createFlowEvents(options: FlowEventsOptions): FlowEvents {
  const listeners = new Map<string, Set<Listener>>();
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    const next = options.createClient();
    client = next;
    next.on('notification', ({ payload }) => {
      for (const listener of listeners.get(payload ?? '') ?? []) listener();
    });
    next.on('error', (error) => retry(next, error));
    next.on('end', () => retry(next, new Error('The listening connection ended')));
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
    } catch (error) {
      retry(next, error);
    }
  }

  function retry(lost: Client, error: unknown): void {
    if (closed || client !== lost) return;
    client = undefined;
    options.onLost(error);
    timer = setTimeout(() => void connect(), options.retryMs);
    timer.unref();
  }

  function subscribe(flowId: string, listener: Listener): () => void {
    const ofFlow = listeners.get(flowId) ?? new Set();
    listeners.set(flowId, ofFlow.add(listener));
    return () => {
      ofFlow.delete(listener);
      if (ofFlow.size === 0) listeners.delete(flowId);
    };
  }

  void connect();
  return {
    subscribe,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
