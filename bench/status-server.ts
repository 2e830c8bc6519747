/**
 * A server process of the status bench, given by its first argument: `product` is the API as operators run it, `bare`
 * answers the same row with Koa and one named select and nothing else. Sends its port to its parent.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { Pool } from 'pg';
import { readConfig } from '../src/runtime/config';
import { createApiServer } from '../src/server';

/** The settings of the API and the row that is asked for, as JSON in the second argument. */
export interface ServedFlow {
  readonly environment: Readonly<Record<string, string>>;
  readonly adminUrl: string;
  readonly flowId: string;
}

async function serveProduct({ environment }: ServedFlow): Promise<number> {
  const config = readConfig(environment, 'api');
  const { port } = await createApiServer({ ...config, port: 0 }).listen();
  return port;
}

async function serveBare({ adminUrl, flowId }: ServedFlow): Promise<number> {
  const pool = new Pool({ connectionString: adminUrl, max: 10 });
  const select = { name: 'one_flow', text: 'select * from master_flows where flow_id = $1' };
  const app = new Koa();
  app.use(async (ctx) => {
    const { rows } = await pool.query<object>({ ...select, values: [flowId] });
    ctx.body = rows[0];
  });
  const answer = app.callback();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // A server that listens on a port has an address of this kind.
  return (server.address() as AddressInfo).port;
}

async function main(): Promise<void> {
  const [kind, text = '{}'] = process.argv.slice(2);
  const served = JSON.parse(text) as ServedFlow; // written by the status bench
  process.send?.(kind === 'bare' ? await serveBare(served) : await serveProduct(served));
  process.once('disconnect', () => process.exit(0));
}

if (require.main === module) void main();
