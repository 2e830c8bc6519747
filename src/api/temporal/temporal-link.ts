import type { Client, Connection } from '@temporalio/client';

/** The way to Temporal: opened by the first use, and opened anew after a connection that failed to open. */
export interface TemporalLink {
  /** Makes a call that ends within `ms`. Rejects when the server is not reached in time. */
  readonly use: <T>(ms: number, call: (client: Client, connection: Connection) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** `open` makes a client that connects lazily. The SDK remembers a failed first connection for good, so that one is replaced. */
export function createTemporalLink(open: () => Client): TemporalLink {
  let client = open();

  return {
    use: async (ms, call) => {
      const present = client;
      const connection = connectionOf(present);
      const deadline = Date.now() + ms;
      const connected = connection.ensureConnected();
      connected.catch(() => {
        if (client !== present) return;
        client = open();
        void connection.close().catch(() => undefined);
      });
      await within(ms, connected);
      return connection.withDeadline(deadline, () => call(present, connection));
    },
    close: () => connectionOf(client).close(),
  };
}

function connectionOf(client: Client): Connection {
  return client.connection as Connection; // `open` makes it over a connection of its own
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No connection to Temporal within ${ms} ms`)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
