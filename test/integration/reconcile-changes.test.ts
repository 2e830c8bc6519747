import { randomUUID } from 'node:crypto';
import { beginEstateChange, findEstateChange, requestProjection } from '../../src/db/estate/estate-changes';
import { inTenant, type TenantTrx } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, createTestDatabase, type TestDatabase } from '../support/database';
import { type ReconcileBench, reconcileBench } from '../support/reconcile-bench';

let database: TestDatabase;
let tenant: Tenant;
let bench: ReconcileBench;

beforeAll(async () => {
  database = await createTestDatabase();
});

beforeEach(async () => {
  tenant = await addTenant(database);
  bench = reconcileBench(database, tenant);
});

afterAll(async () => {
  await database.drop();
});

const ours = <T>(work: (trx: TenantTrx) => Promise<T>): Promise<T> =>
  inTenant(database.pools.app, tenant, work);

const ask = (reason: string) =>
  ours((trx) => requestProjection(trx, { id: randomUUID(), reason, requestedBy: null }));

test('a change whose start was lost is started', async () => {
  const { id } = await ask('asset');
  bench.directory.states.set(id, 'missing');

  const findings = await bench.round();

  expect(findings).toEqual([{ flowId: id, kind: 'change_not_started', healed: true }]);
  expect(bench.directory.startedChanges).toEqual([
    expect.objectContaining({ ...tenant, changeId: id, change: { kind: 'project' }, hasRow: true }),
  ]);
});

test('a change whose workflow ended without a word is failed, so that a person sees it', async () => {
  const { id } = await ask('asset');
  await ours((trx) => beginEstateChange(trx, id));
  bench.directory.states.set(id, 'terminated');

  const findings = await bench.round();

  expect(findings).toEqual([{ flowId: id, kind: 'change_ended', healed: true }]);
  expect(await ours((trx) => findEstateChange(trx, id))).toMatchObject({
    status: 'failed',
    failureCode: 'CHANGE_002',
  });
});

test('a change that runs, and one that has ended, are left alone', async () => {
  const { id } = await ask('asset');
  bench.directory.states.set(id, 'running');
  bench.directory.unlisted.add(id);

  expect(await bench.round()).toEqual([]);
  expect(await ours((trx) => findEstateChange(trx, id))).toMatchObject({ status: 'pending' });
});

test('edits that come while a projection is pending share it; one that runs takes no more', async () => {
  const first = await ask('asset');
  const second = await ask('conflict');
  await ours((trx) => beginEstateChange(trx, first.id));
  const third = await ask('asset');

  expect(second).toMatchObject({ id: first.id, requests: 2, reasons: ['asset', 'conflict'] });
  expect(third.id).not.toBe(first.id);
  expect(third).toMatchObject({ requests: 1, reasons: ['asset'] });
});
