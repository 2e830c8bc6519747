import { randomUUID } from 'node:crypto';
import { copyIn, copyOut } from '../../src/db/bulk/copy';
import { copyArray, decodeCopy, encodeCopy, parseCopyArray } from '../../src/db/bulk/copy-text';
import { toJson } from '../../src/db/bulk/json';
import { mergePersistenceData } from '../../src/db/flows/flows';
import { readFlowStatus } from '../../src/db/hot-reads';
import { inTenant } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, createTestDatabase, type TestDatabase } from '../support/database';
import { addFlow } from '../support/flow-rows';

let database: TestDatabase;
let tenant: Tenant;

beforeAll(async () => {
  database = await createTestDatabase({ size: { app: 2 } });
  tenant = await addTenant(database);
});

afterAll(async () => {
  await database.drop();
});

const app = () => database.pools.app;
const nasty = ['plain', '', 'a\tb', 'line\nbreak', 'back\\slash', '\\N', '"quoted", {braces}', 'ä€😀'];

test('rows copied into a temporary table are inserted under the policy and copied out unchanged', async () => {
  const runId = randomUUID();
  const importId = randomUUID();

  const rows = await inTenant(app(), tenant, async (trx) => {
    await trx.raw(
      'create temp table if not exists batch (row_number integer, cells text[]) on commit delete rows',
    );
    const bytes = encodeCopy(nasty.map((text, index) => [index + 1, copyArray([text, null])]));
    const copied = await copyIn(trx, 'batch (row_number, cells)', [bytes.subarray(0, 7), bytes.subarray(7)]);
    await trx.raw(
      `insert into raw_import_records (client_account_id, engagement_id, phase_run_id, import_id, row_number,
         line_number, cells)
       select ?, ?, ?, ?, row_number, row_number + 1, cells from batch`,
      [tenant.clientAccountId, tenant.engagementId, runId, importId],
    );
    const found: (string | null)[][] = [];
    const query = `select row_number, cells from raw_import_records where phase_run_id = '${runId}' order by row_number`;
    for await (const some of decodeCopy(copyOut(trx, query))) found.push(...some);
    return { copied, found };
  });

  expect(rows.copied).toBe(nasty.length);
  expect(rows.found.map(([number, cells]) => [Number(number), parseCopyArray(cells ?? '')])).toEqual(
    nasty.map((text, index) => [index + 1, [text, null]]),
  );
});

test('the server refuses to copy straight into a table with row-level security', async () => {
  const copy = inTenant(app(), tenant, (trx) => copyIn(trx, 'raw_import_records', [Buffer.from('')]));

  await expect(copy).rejects.toThrow('row-level security');
});

test('a source that fails in the middle of a copy leaves nothing and a usable connection', async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield encodeCopy([[1, '{}']]);
    throw new Error('the file ended early');
  }

  const copy = inTenant(app(), tenant, async (trx) => {
    await trx.raw(
      'create temp table if not exists batch (row_number integer, cells text[]) on commit delete rows',
    );
    return copyIn(trx, 'batch', broken());
  });

  await expect(copy).rejects.toThrow('the file ended early');
  await expect(inTenant(app(), tenant, async (trx) => trx.raw('select 1'))).resolves.toBeDefined();
});

test('rows that the server refuses reject the copy with its reason', async () => {
  const copy = inTenant(app(), tenant, async (trx) => {
    await trx.raw(
      'create temp table if not exists batch (row_number integer, cells text[]) on commit delete rows',
    );
    return copyIn(trx, 'batch', [Buffer.from('no number\t{}\n')]);
  });

  await expect(copy).rejects.toMatchObject({ code: '22P02' });
});

test('an abort ends a copy in flight', async () => {
  const controller = new AbortController();
  async function* endless(): AsyncGenerator<Buffer> {
    for (let row = 0; ; row += 1) {
      if (row === 20) controller.abort(new Error('cancelled'));
      yield encodeCopy([[row, '{}']]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  const copy = inTenant(
    app(),
    tenant,
    async (trx) => {
      await trx.raw(
        'create temp table if not exists batch (row_number integer, cells text[]) on commit delete rows',
      );
      return copyIn(trx, 'batch', endless());
    },
    { signal: controller.signal },
  );

  await expect(copy).rejects.toThrow('cancelled');
});

test('whatever the serializer lets pass, a JSON column takes', async () => {
  const { flowId } = await addFlow(database, tenant);
  const value = {
    when: new Date(0),
    big: 2n ** 70n,
    set: new Set(['ä€😀', '\u0001']),
    map: new Map([['a', 1.5]]),
  };

  await inTenant(app(), tenant, (trx) => mergePersistenceData(trx, flowId, { value }));

  const status = await readFlowStatus(app(), tenant, flowId);
  expect(status?.flowPersistenceData).toEqual({ value: JSON.parse(toJson(value)) });
});
