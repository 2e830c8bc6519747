import { randomUUID } from 'node:crypto';
import { insertMergeDecisions } from '../../src/db/estate/asset-decisions';
import { inTenant } from '../../src/db/connection/tenant';
import type { AttributeValues } from '../../src/domain/attributes/types';
import { asSuperuser } from '../support/database';
import { addCleansedFlow, runPhases } from '../support/estate';
import { aMachine, useEstate } from '../support/use-estate';

const estate = useEstate();

async function importFrom(source: string, records: readonly AttributeValues[]): Promise<void> {
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [{ source, records }]);
  await runPhases(estate.activities, estate.tenant, flowId, ['asset_inventory']);
}

const proposals = () =>
  asSuperuser(estate.database, (query) =>
    query(
      `select status, array(select one ->> 'name' from jsonb_array_elements(candidates) as one order by 1) as names
       from asset_conflicts where engagement_id = $1 and kind = 'near_duplicate' order by 2`,
      [estate.tenant.engagementId],
    ),
  );

const assets = () =>
  asSuperuser(estate.database, (query) =>
    query(`select id, name from assets where engagement_id = $1 and merged_into is null order by name`, [
      estate.tenant.engagementId,
    ]),
  );

test('names alike from two sources are proposed as doubles, and numbers keep machines apart', async () => {
  await importFrom('cmdb', [aMachine('warehouse-01'), aMachine('warehouse-02'), aMachine('ord-web-01')]);

  await importFrom('vcenter', [aMachine('warehose-01'), aMachine('ORDWEB01')]);

  expect(await proposals()).toEqual([
    { status: 'open', names: ['ORDWEB01', 'ord-web-01'].toSorted() },
    { status: 'open', names: ['warehose-01', 'warehouse-01'] },
  ]);
  expect(await assets()).toHaveLength(5);
});

test('a proposal stays open when files come that change nothing or other machines', async () => {
  await importFrom('cmdb', [aMachine('warehouse-01'), aMachine('warehose-01')]);
  const before = await proposals();

  await importFrom('cmdb', [aMachine('warehouse-01'), aMachine('warehose-01')]);
  await importFrom('vcenter', [aMachine('mail-01')]);

  expect(before).toHaveLength(1);
  expect(await proposals()).toEqual(before);
});

test('a pair that a person keeps separate is not proposed again', async () => {
  await importFrom('cmdb', [aMachine('warehouse-01'), aMachine('warehose-01')]);
  const [one, two] = (await assets()).map(({ id }) => String(id));
  await inTenant(estate.database.pools.app, estate.tenant, (trx) =>
    insertMergeDecisions(trx, {
      action: 'keep_separate',
      survivingAssetId: one ?? '',
      otherAssetIds: [two ?? ''],
      conflictId: null,
      decidedBy: randomUUID(),
    }),
  );

  await importFrom('cmdb', [aMachine('warehouse-01', { cpu_cores: 4 }), aMachine('warehose-01')]);

  expect(await proposals()).toEqual([{ status: 'dismissed', names: ['warehose-01', 'warehouse-01'] }]);
  expect(await assets()).toHaveLength(2);
});

test('a pair that a person merges becomes one asset, to which the tombstone of the other points', async () => {
  await importFrom('cmdb', [aMachine('warehouse-01'), aMachine('warehose-01', { cpu_cores: 4 })]);
  const [one, two] = (await assets()).map(({ id }) => String(id));
  await inTenant(estate.database.pools.app, estate.tenant, (trx) =>
    insertMergeDecisions(trx, {
      action: 'merge',
      survivingAssetId: one ?? '',
      otherAssetIds: [two ?? ''],
      conflictId: null,
      decidedBy: randomUUID(),
    }),
  );

  await importFrom('cmdb', [
    aMachine('warehouse-01', { memory_gb: 8 }),
    aMachine('warehose-01', { cpu_cores: 4 }),
  ]);

  expect(await assets()).toEqual([expect.objectContaining({ id: one })]);
  const tombstones = await asSuperuser(estate.database, (query) =>
    query('select id, merged_into from assets where engagement_id = $1 and merged_into is not null', [
      estate.tenant.engagementId,
    ]),
  );
  expect(tombstones).toMatchObject([{ id: two, merged_into: one }]);
});
