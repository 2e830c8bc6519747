import { randomUUID } from 'node:crypto';
import { systemActor } from '../../src/db/accounts/audit';
import { acceptCommand } from '../../src/db/flows/commands';
import { claimIdempotencyKey } from '../../src/db/flows/idempotency';
import { findObject } from '../../src/db/imports/objects';
import { inTenant } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, asSuperuser, createTestDatabase, type TestDatabase } from '../support/database';
import { addFlow, addReadyObject } from '../support/flow-rows';
import { type ReconcileBench, reconcileBench } from '../support/reconcile-bench';

let database: TestDatabase;
let tenant: Tenant;
let bench: ReconcileBench;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
});

beforeEach(async () => {
  tenant = await addTenant(database);
  bench = reconcileBench(database, tenant);
});

const keysOf = ({ clientAccountId, engagementId }: Tenant) => [clientAccountId, engagementId];

/** A superseded run of `data_import` with some records. */
async function supersededRun(records: number): Promise<string> {
  const { flowId, importId } = await addFlow(database, tenant);
  const id = randomUUID();
  await asSuperuser(database, async (query) => {
    await query(
      `insert into phase_runs (client_account_id, engagement_id, id, flow_id, phase, import_id, status, finished_at)
       values ($1, $2, $3, $4, 'data_import', $5, 'superseded', now() - interval '1 hour')`,
      [...keysOf(tenant), id, flowId, importId],
    );
    await query(
      `insert into raw_import_records (client_account_id, engagement_id, phase_run_id, import_id, row_number,
         line_number, cells) select $1, $2, $3, $4, n, n, '{a}' from generate_series(1, $5::integer) n`,
      [...keysOf(tenant), id, importId, records],
    );
  });
  return id;
}

const look = async (sql: string, values: readonly unknown[]): Promise<unknown> => {
  const [row] = await asSuperuser(database, (query) => query(sql, values));
  return Object.values(row ?? {})[0];
};

const recordsOf = (runId: string) =>
  look('select count(*)::integer from raw_import_records where phase_run_id = $1', [runId]);
const isSwept = (runId: string) => look('select swept_at is not null from phase_runs where id = $1', [runId]);

test('the rows of superseded runs are deleted, the runs and their counts stay', async () => {
  const runId = await supersededRun(60_000);

  await bench.round();

  expect(await recordsOf(runId)).toBe(0);
  expect(await isSwept(runId)).toBe(true);
});

test('a superseded run whose records an asset still rests on is kept', async () => {
  const runId = await supersededRun(3);
  await asSuperuser(database, (query) =>
    query(
      `insert into asset_sources (client_account_id, engagement_id, phase_run_id, row_number, asset_id, import_id,
         rank) values ($1, $2, $3, 1, $4, $5, 1)`,
      [...keysOf(tenant), runId, randomUUID(), randomUUID()],
    ),
  );

  await bench.round();

  expect(await recordsOf(runId)).toBe(3);
  expect(await isSwept(runId)).toBe(false);
});

test('a superseded run is kept for the readers of the last five minutes', async () => {
  const runId = await supersededRun(3);

  await reconcileBench(database, tenant, { supersededMs: 2 * 3_600_000 }).round();

  expect(await recordsOf(runId)).toBe(3);
});

test('an upload that no import uses is removed, one that an import uses or a command brings stays', async () => {
  const { flowId } = await addFlow(database, tenant);
  const [orphan, awaited] = await inTenant(database.pools.app, tenant, async (trx) => [
    await addReadyObject(trx),
    await addReadyObject(trx),
  ]);
  await inTenant(database.pools.app, tenant, (trx) =>
    acceptCommand(
      trx,
      {
        id: randomUUID(),
        flowId,
        type: 'add_import',
        idempotencyKey: randomUUID(),
        origin: 'api',
        payload: { importId: randomUUID(), objectId: awaited },
      },
      systemActor,
    ),
  );

  await bench.round();
  await bench.round();

  const state = async (id: string) =>
    (await inTenant(database.pools.app, tenant, (trx) => findObject(trx, id)))?.state;
  expect(bench.removed.filter((key) => key.endsWith(orphan ?? ''))).toEqual([`uploads/${orphan}`]);
  expect([await state(orphan ?? ''), await state(awaited ?? '')]).toEqual(['deleted', 'ready']);
});

test('expired idempotency records are forgotten, the others stay', async () => {
  const claim = (key: string, expiresAt: Date) =>
    inTenant(database.pools.app, tenant, (trx) =>
      claimIdempotencyKey(
        trx,
        { userId: randomUUID(), route: 'POST /flows', key },
        { fingerprint: null, expiresAt },
      ),
    );
  await claim('old', new Date(Date.now() - 1_000));
  await claim('new', new Date(Date.now() + 60_000));

  await bench.round();

  const left = await asSuperuser(database, (query) =>
    query('select key from idempotency_keys where client_account_id = $1', [tenant.clientAccountId]),
  );
  expect(left).toEqual([{ key: 'new' }]);
});
