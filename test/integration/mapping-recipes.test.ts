import { randomUUID } from 'node:crypto';
import { findImport } from '../../src/db/imports/imports';
import { listRecipes, listRecipeUses, retireRecipe } from '../../src/db/imports/mapping-recipes';
import { decideMapping, listMappings } from '../../src/db/imports/mappings';
import { inTenant } from '../../src/db/connection/tenant';
import type { AttributeName } from '../../src/domain/attributes/types';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, asSuperuser, createTestDatabase, type TestDatabase } from '../support/database';
import { ImportRunner, type RunImport } from '../support/import-runner';

let database: TestDatabase;
let runner: ImportRunner;
let tenant: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  runner = await ImportRunner.create(database);
});

beforeEach(async () => {
  tenant = await addTenant(database);
});

afterAll(async () => {
  await runner.close();
  await database.drop();
});

const settings = { source_name: 'CMDB' };
const rows = [
  ['web01', '16', '10.0.0.1', 'Shop front'],
  ['db01', '64', '10.0.0.2', 'Orders'],
  ['app01', '32', '10.0.0.3', 'Billing'],
];

function table(header: string, cells: readonly (readonly string[])[] = rows) {
  return { content: [header, ...cells.map((row) => row.join(','))].join('\n'), settings };
}

const header = 'Name,RAM,IP Address,Feld 7';

/** A first file of the source, with a column that only a person could map. */
async function firstFile(): Promise<RunImport> {
  const run = await runner.run(tenant, table(header));
  await decide(run, 'Feld 7', 'description');
  await runner.approve(tenant, run);
  return run;
}

async function decide({ importId, userId }: RunImport, column: string, target: AttributeName): Promise<void> {
  await inTenant(runner.deps.app, tenant, async (trx) => {
    const mapping = (await listMappings(trx, importId)).find(({ sourceColumn }) => sourceColumn === column);
    await decideMapping(trx, { id: mapping?.id ?? '', status: 'approved', target }, userId);
  });
}

const recipes = () => inTenant(runner.deps.app, tenant, (trx) => listRecipes(trx, { limit: 100 }));
const uses = ({ flowId }: RunImport) =>
  inTenant(runner.deps.app, tenant, (trx) => listRecipeUses(trx, flowId));

async function columnsOf({ importId }: RunImport) {
  const found = await inTenant(runner.deps.app, tenant, (trx) => listMappings(trx, importId));
  return new Map(
    found.map((row) => [
      row.sourceColumn,
      { target: row.target, status: row.status, by: row.decidedBy, why: row.reasons[0]?.code ?? '' },
    ]),
  );
}

test('the next file of the source with the same headers is mapped as approved, and the gate has nothing to ask', async () => {
  const first = await firstFile();

  const second = await runner.run(tenant, table(header));

  const columns = await columnsOf(second);
  expect(second.mapped).toMatchObject({ status: 'waiting', gate: 'mapping_approval' });
  expect([...columns.values()].map(({ status }) => status)).toEqual(Array(4).fill('approved'));
  expect(columns.get('Feld 7')).toEqual({
    target: 'description',
    status: 'approved',
    by: first.userId,
    why: 'recipe.applied',
  });
  expect(await uses(second)).toMatchObject([{ version: 1, applied: 4, toReview: 0 }]);
  await runner.approve(tenant, second);
  expect(await recipes()).toHaveLength(1);
});

test('a recipe names who approved each column and when, and its recording is in the audit log', async () => {
  const first = await firstFile();

  const [recipe] = await recipes();

  expect(recipe).toMatchObject({ version: 1, createdBy: first.userId, createdFromImport: first.importId });
  expect(recipe?.columns.map(({ column, approvedBy }) => [column, approvedBy])).toEqual(
    header.split(',').map((column) => [column, first.userId]),
  );
  const events = await asSuperuser(database, (query) =>
    query(
      `select actor_user_id, resource_id from audit.audit_log where action = 'recipe.recorded' and flow_id = $1`,
      [first.flowId],
    ),
  );
  expect(events).toEqual([{ actor_user_id: first.userId, resource_id: recipe?.id }]);
});

test('a column that is new goes to a person, the others are as approved; the approval is the next version', async () => {
  await firstFile();
  const wider = table(
    `${header},Environment`,
    rows.map((row) => [...row, 'Production']),
  );

  const second = await runner.run(tenant, wider);

  expect(await uses(second)).toMatchObject([{ version: 1, applied: 4, toReview: 1 }]);
  const columns = await columnsOf(second);
  expect(columns.get('Environment')).toMatchObject({
    target: 'environment',
    status: 'pending',
    why: 'recipe.new_column',
  });
  await runner.approve(tenant, second);
  expect((await recipes()).map(({ version, columns: of }) => [version, of.length])).toEqual([
    [2, 5],
    [1, 4],
  ]);
});

test('a renamed column goes to a person with what the engine makes of it', async () => {
  await firstFile();

  const second = await runner.run(tenant, table('Name,RAM,Address of the host,Feld 7'));

  expect(await uses(second)).toMatchObject([{ applied: 3, toReview: 1 }]);
  expect((await columnsOf(second)).get('Address of the host')).toMatchObject({
    target: 'ip_address',
    status: 'pending',
  });
});

test.each([
  ['of another sort', ['web01', '16', 'Berlin', 'Shop'], 'IP Address'],
  ['in another unit', ['web01', '16384', '10.0.0.1', 'Shop'], 'RAM'],
  ['all empty', ['web01', '', '10.0.0.1', 'Shop'], 'RAM'],
])('values %s contradict the recipe and go to a person', async (_name, row, column) => {
  await firstFile();
  const cells = [0, 1, 2].map((at) => [`${row[0]}${at}`, ...row.slice(1)]);

  const second = await runner.run(tenant, table(header, cells));

  const columns = await columnsOf(second);
  expect(columns.get(column)).toMatchObject({ status: 'pending', why: 'recipe.contradicted' });
  expect([...columns.values()].filter(({ status }) => status === 'pending')).toHaveLength(1);
});

test('a retired recipe is applied to nothing; the next approval is a new version', async () => {
  const first = await firstFile();
  const [recipe] = await recipes();
  await inTenant(runner.deps.app, tenant, (trx) => retireRecipe(trx, recipe?.id ?? '', first.userId));

  const second = await runner.run(tenant, table(header));

  const columns = await columnsOf(second);
  expect([...columns.values()].map(({ status }) => status)).toEqual(Array(4).fill('pending'));
  await runner.approve(tenant, second);
  expect((await recipes()).map(({ version }) => version)).toEqual([2, 1]);
});

test('retiring a recipe restores the version before it', async () => {
  const first = await firstFile();
  const changed = await runner.run(tenant, table(header));
  await decide(changed, 'Feld 7', 'application_name');
  await runner.approve(tenant, changed);
  const [newer, older] = await recipes();

  await inTenant(runner.deps.app, tenant, (trx) => retireRecipe(trx, newer?.id ?? '', first.userId));
  const next = await runner.run(tenant, table(header));

  expect([newer?.version, older?.version]).toEqual([2, 1]);
  expect(await uses(next)).toMatchObject([{ recipeId: older?.id, version: 1, applied: 4, toReview: 0 }]);
  expect((await columnsOf(next)).get('Feld 7')).toMatchObject({ target: 'description', status: 'approved' });
});

test('a file of another source, or of another tenant, knows nothing of the recipe', async () => {
  await firstFile();
  const stranger = await addTenant(database);

  const other = await runner.run(tenant, { ...table(header), settings: { source_name: 'Other' } });
  const theirs = await runner.run(stranger, table(header));

  expect(await uses(other)).toEqual([]);
  const entry = await inTenant(runner.deps.app, stranger, (trx) => findImport(trx, theirs.importId));
  expect(entry?.recipeId).toBeNull();
});

test('a policy that trusts recipes lets only a table pass that people approved wholly', async () => {
  const trusting = { recipe: 'auto' } as const;
  const unknown = await runner.run(tenant, table(header), trusting);
  await runner.approve(tenant, unknown);

  const same = await runner.run(tenant, table(header), trusting);
  const wider = await runner.run(
    tenant,
    table(
      `${header},Note`,
      rows.map((row) => [...row, 'x']),
    ),
    trusting,
  );

  expect([unknown.mapped.status, same.mapped.status, wider.mapped.status]).toEqual([
    'waiting',
    'completed',
    'waiting',
  ]);
});

test('what a policy approved is marked as such, passes no gate, and never replaces the word of a person', async () => {
  await runner.run(tenant, table(header), { mode: 'auto' });
  const [byPolicy] = await recipes();
  const asked = await runner.run(tenant, table(header), { recipe: 'auto' });
  await runner.approve(tenant, asked);

  const contrary = rows.map(([name = '', , ...others]) => [`${name}-${randomUUID()}`, '', ...others]);
  await runner.run(tenant, table(header, contrary), { mode: 'auto' });

  expect(byPolicy).toMatchObject({ version: 1, createdBy: null });
  expect(byPolicy?.columns.every(({ approvedBy }) => approvedBy === null)).toBe(true);
  expect(asked.mapped.status).toBe('waiting');
  const [newest] = await recipes();
  expect(newest?.columns.find(({ column }) => column === 'RAM')).toMatchObject({ target: 'memory_gb' });
});
