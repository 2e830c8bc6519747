import { systemActor } from '../../src/db/accounts/audit';
import { consumeGate, decideGate } from '../../src/db/flows/gates';
import { findFlow } from '../../src/db/flows/flows';
import { inTenant } from '../../src/db/connection/tenant';
import type { AttributeValues } from '../../src/domain/attributes/types';
import { estatePhases } from '../../src/domain/flow/phases';
import { asSuperuser } from '../support/database';
import { addCleansedFlow, runPhases } from '../support/estate';
import { useEstate } from '../support/use-estate';

const estate = useEstate(100);

const ask = (sql: string, values: readonly unknown[] = [estate.tenant.engagementId]) =>
  asSuperuser(estate.database, (query) => query(sql, values));

const machines = (count: number): AttributeValues[] =>
  Array.from({ length: count }, (_, at) => ({
    name: `app${at}`,
    hostname: `app${at}`,
    operating_system: 'Ubuntu 22.04',
    application_name: `Application ${at % 7}`,
    cluster: `cluster${at % 3}`,
  }));

const contents = async () => ({
  assets: await ask(
    `select name, asset_type, "values" from assets where engagement_id = $1 and merged_into is null
       and deleted_at is null order by name, asset_type`,
  ),
  sources: await ask('select row_number from asset_sources where engagement_id = $1 order by 1'),
  keys: await ask('select kind, value from asset_identity_keys where engagement_id = $1 order by 1, 2'),
  edges: await ask(
    `select s.name as source, t.name as target, d.type from asset_dependencies d join assets s on s.id = d.source_asset_id
     join assets t on t.id = d.target_asset_id where d.engagement_id = $1 order by 1, 2, 3`,
  ),
  unresolved: await ask(
    'select row_number, reference from unresolved_references where engagement_id = $1 order by 1, 2',
  ),
  strategies: await ask(
    `select a.name, r.strategy from recommendations r join assets a on a.id = r.asset_id
     where r.engagement_id = $1 order by 1, 2`,
  ),
  runs: await ask(
    `select phase, status, rows_in, rows_out, created, merged, passed from phase_runs
     where engagement_id = $1 and phase like '%s%' and import_id is null order by phase`,
  ),
});

/** Lets writes into a table fail once so many rows were written; answers how to heal it. */
async function failWrites(table: string, after: number): Promise<() => Promise<unknown>> {
  await ask('create sequence rows_written', []);
  await ask(
    `create function fail_write() returns trigger language plpgsql security definer as $$ begin
       if nextval('rows_written') > ${after} then raise exception 'the server was killed'; end if;
       return new; end $$`,
    [],
  );
  await ask(
    `create trigger fail_write before insert on ${table} for each row execute function fail_write()`,
    [],
  );
  return async () => {
    await ask('drop function fail_write cascade', []);
    await ask('drop sequence rows_written', []);
  };
}

test.each([
  ['asset_changes', 150],
  ['asset_identity_keys', 50],
  ['asset_dependencies', 50],
  ['waves', 0],
  ['recommendations', 150],
])('a run that dies while it writes %s ends with the rows of an undisturbed one', async (table, after) => {
  const files = [{ source: 'cmdb', records: machines(250) }];
  const { flowId: calm } = await addCleansedFlow(estate.database, estate.tenant, files);
  await runPhases(estate.activities, estate.tenant, calm);
  const expected = await contents();
  await estate.changeTenant();
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, files);
  const heal = await failWrites(table, after);

  const died = runPhases(estate.activities, estate.tenant, flowId);
  await expect(died).rejects.toThrow('the server was killed');
  await heal();
  await runPhases(estate.activities, estate.tenant, flowId);

  expect(await contents()).toEqual(expected);
});

test('phases that are published already answer the same and write nothing', async () => {
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [
    { source: 'cmdb', records: machines(5) },
  ]);
  const once = await runPhases(estate.activities, estate.tenant, flowId);
  const before = await contents();

  const twice = await runPhases(estate.activities, estate.tenant, flowId);

  expect(twice).toEqual(once);
  expect(await contents()).toEqual(before);
});

test('two flows at once share one estate', async () => {
  const flows = await Promise.all(
    ['cmdb', 'vcenter', 'agent'].map((source) =>
      addCleansedFlow(estate.database, estate.tenant, [{ source, records: machines(300) }]),
    ),
  );

  await Promise.all(flows.map(({ flowId }) => untilDone(flowId)));

  const { assets, sources } = await contents();
  expect(assets).toHaveLength(307);
  expect(sources).toHaveLength(900);
});

/** What Temporal does: tries again while another run holds the estate. */
async function untilDone(flowId: string): Promise<void> {
  for (const phase of estatePhases) {
    for (let isDone = false; !isDone;) {
      isDone = await runPhases(estate.activities, estate.tenant, flowId, [phase]).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'ESTATE_001' });
          return false;
        },
      );
    }
  }
}

test('a flow that asks for the preview shows the changes and applies them after the decision', async () => {
  const files = [{ source: 'cmdb', records: machines(3) }];
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, files, { askPreview: true });

  const waiting = await runPhases(estate.activities, estate.tenant, flowId, ['asset_inventory']);
  const preview = await ask('select state from asset_changes where engagement_id = $1');
  const nothing = await ask('select id from assets where engagement_id = $1');
  await decide(flowId, 'preview_approval');
  const done = await runPhases(estate.activities, estate.tenant, flowId, ['asset_inventory']);

  expect(waiting).toEqual({ status: 'waiting', gate: 'preview_approval', version: 1 });
  expect(preview).toHaveLength(6);
  expect(nothing).toEqual([]);
  expect(done).toMatchObject({ status: 'completed', rowsIn: 3 });
  expect((await contents()).assets).toHaveLength(6);
});

test('a flow that asks about conflicts waits for people once', async () => {
  const file = (source: string, environment: string) => ({
    source,
    records: [{ name: 'a1', hostname: 'a1', operating_system: 'Linux', environment }],
  });
  const files = [file('cmdb', 'production'), file('vcenter', 'test')];
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, files, { askConflicts: true });

  const waiting = await runPhases(estate.activities, estate.tenant, flowId, ['asset_inventory']);
  const again = await runPhases(estate.activities, estate.tenant, flowId, ['asset_inventory']);
  const flow = await inTenant(estate.database.pools.app, estate.tenant, (trx) => findFlow(trx, flowId));
  await decide(flowId, 'conflict_resolution');
  const done = await runPhases(estate.activities, estate.tenant, flowId, ['asset_inventory']);

  expect(waiting).toEqual({ status: 'waiting', gate: 'conflict_resolution', version: 1 });
  expect(again).toEqual(waiting);
  expect(flow).toMatchObject({ flowStatus: 'waiting_for_approval', waitingFor: 'conflict_resolution' });
  expect(done).toEqual({ status: 'completed', rowsIn: 2, rowsOut: 1 });
});

async function decide(flowId: string, gate: 'preview_approval' | 'conflict_resolution'): Promise<void> {
  await inTenant(estate.database.pools.app, estate.tenant, async (trx) => {
    const ref = { flowId, gate, importId: null };
    await decideGate(trx, ref, { version: 1, decision: {}, decidedBy: null }, systemActor);
    await consumeGate(trx, ref);
  });
}
