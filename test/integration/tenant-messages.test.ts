import { copyIn, copyOut } from '../../src/db/bulk/copy';
import { copyArray, type CopyValue, decodeCopy, encodeCopy } from '../../src/db/bulk/copy-text';
import { execute, executeLater, prepare, queryOne, queryRows } from '../../src/db/connection/query';
import { inTenant, type TenantTrx } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let tenant: Tenant;

beforeAll(async () => {
  database = await createTestDatabase({ size: { app: 1 } });
  tenant = await addTenant(database);
});

afterAll(async () => {
  await database.drop();
});

const app = () => database.pools.app;
const count = `select count(*) as count from data_sources where name like :name`;

async function countSources(name: string): Promise<number> {
  const { count: found } = await inTenant(app(), tenant, (trx) =>
    queryOne<{ count: number }>(trx, count, { name }),
  );
  return found;
}

function addLater(trx: TenantTrx, name: string, scope = '{}'): Promise<void> {
  const { clientAccountId, engagementId } = tenant;
  return executeLater(
    trx,
    `insert into data_sources (client_account_id, engagement_id, name, scope)
     values (:clientAccountId, :engagementId, :name, :scope::jsonb)`,
    { clientAccountId, engagementId, name, scope },
  );
}

test('statements that wait come before the next one, in their order', async () => {
  const seen = await inTenant(app(), tenant, async (trx) => {
    await addLater(trx, "first's");
    await execute(trx, `update data_sources set product = 'x' where name = :name`, { name: "first's" });
    await addLater(trx, 'first \\ second');
    return queryRows(trx, `select name, product from data_sources order by product nulls last`, {});
  });

  expect(seen).toEqual([
    { name: "first's", product: 'x' },
    { name: 'first \\ second', product: null },
  ]);
});

test('what still waits at the end is kept with the transaction', async () => {
  await inTenant(app(), tenant, (trx) => addLater(trx, 'last'));

  expect(await countSources('last')).toBe(1);
});

test('a transaction without any statement ends well', async () => {
  expect(await inTenant(app(), tenant, () => Promise.resolve('done'))).toBe('done');
});

test('an error of a statement that waits is met by the next one, and nothing is kept', async () => {
  const named = prepare('test_one', 'select 1 as one');
  const work = inTenant(app(), tenant, async (trx) => {
    await addLater(trx, 'lost');
    await addLater(trx, 'lost too', 'no json');
    await queryOne(trx, named, {});
  });

  await expect(work).rejects.toThrow('json');
  expect(await countSources('lost%')).toBe(0);
  expect(await inTenant(app(), tenant, (trx) => queryOne(trx, named, {}))).toEqual({ one: 1 });
});

test('an error of a statement that waits at the end rejects, and nothing is kept', async () => {
  const work = inTenant(app(), tenant, async (trx) => {
    await addLater(trx, 'lost at the end');
    await addLater(trx, 'lost at the end too', 'no json');
  });

  await expect(work).rejects.toThrow('json');
  expect(await countSources('lost%')).toBe(0);
});

test('a prepared statement runs first in one transaction and later in another', async () => {
  const sum = prepare('test_sum', 'select :left::int + :right::int as sum');
  const sums: unknown[] = [];
  for (const left of [1, 2, 3]) {
    sums.push(await inTenant(app(), tenant, (trx) => queryOne(trx, sum, { left, right: left })));
  }

  expect(sums).toEqual([{ sum: 2 }, { sum: 4 }, { sum: 6 }]);
});

const landing = {
  table: 'landing_test',
  columns: `id integer, "values" jsonb, names text[], cost numeric(12, 2), note text`,
};
const notes = ['plain', '', 'a\tb', 'line\nbreak', 'back\\slash', '\\N', '"quoted", {braces}', "it's ä€😀"];

function line(id: number): CopyValue[] {
  const note = notes[id % notes.length] ?? '';
  return [id, JSON.stringify({ note }), copyArray([note, null, '']), id / 4, id % 5 === 0 ? null : note];
}

function landed(trx: TenantTrx) {
  return queryRows<{ id: number }>(trx, 'select * from landing_test order by id', {});
}

test('few rows are read from a landing table as many are', async () => {
  const [few, many] = [8, 1_500].map((rows) => Array.from({ length: rows }, (_, id) => line(id)));

  const read = await inTenant(app(), tenant, async (trx) => {
    await copyIn(trx, landing, [encodeCopy(many ?? [])]);
    const ofMany = await landed(trx);
    await copyIn(trx, landing, [encodeCopy(few ?? [])]);
    return { ofMany, ofFew: await landed(trx) };
  });

  expect(read.ofMany).toHaveLength(1_500);
  expect(read.ofFew).toEqual(read.ofMany.slice(0, 8));
  expect(read.ofFew[5]).toEqual({
    id: 5,
    values: { note: '\\N' },
    names: ['\\N', null, ''],
    cost: 1.25,
    note: null,
  });
});

test('many rows replace the few that came before them, and none come from an earlier transaction', async () => {
  await inTenant(app(), tenant, (trx) => copyIn(trx, landing, [encodeCopy([line(7)])]));

  const [first, second] = await inTenant(app(), tenant, async (trx) => {
    await copyIn(trx, landing, []);
    const nothing = await landed(trx);
    await copyIn(trx, landing, [encodeCopy(Array.from({ length: 1_001 }, (_, id) => line(id)))]);
    return [nothing, await landed(trx)];
  });

  expect(first).toEqual([]);
  expect(second).toHaveLength(1_001);
});

test('few rows can be joined by statements with tables of their own, copied out and written', async () => {
  const result = await inTenant(app(), tenant, async (trx) => {
    await copyIn(trx, landing, [encodeCopy([line(1), line(2)])]);
    const joined = await queryRows(
      trx,
      `with recursive steps as (select 1 as id union all select id + 1 from steps where id < :most)
       select s.id, l.note from steps s join landing_test l on l.id = s.id order by s.id`,
      { most: 5 },
    );
    const copied: unknown[] = [];
    for await (const rows of decodeCopy(copyOut(trx, `select id, note from landing_test order by id`)))
      copied.push(...rows);
    const written = await execute(
      trx,
      `insert into data_sources (client_account_id, engagement_id, name)
       select :clientAccountId::uuid, :engagementId::uuid, 'landed ' || id from landing_test`,
      { ...tenant },
    );
    return { joined, copied, written };
  });

  expect(result).toEqual({
    joined: [
      { id: 1, note: '' },
      { id: 2, note: 'a\tb' },
    ],
    copied: [
      ['1', ''],
      ['2', 'a\tb'],
    ],
    written: 2,
  });
});
