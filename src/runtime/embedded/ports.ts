import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** The wanted port of the loopback address when it is free, else one that the system gives. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await isPortFree(wanted))) return wanted;
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('The system gives no free TCP port on 127.0.0.1.');
  return port;
}

/** Whether nobody listens on that port of the loopback address. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
