import { migrateDatabase, rollbackDatabase } from '../../src/db/connection/migrate';
import { asSuperuser, createTestDatabase, type Query, type TestDatabase } from '../support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
});

const ours = `n.nspname in ('public', 'audit') and c.relname not like 'schema_migrations%'`;
const superuser = <T>(work: (query: Query) => Promise<T>) => asSuperuser(database, work);

test('every table has row-level security, enabled and forced, with a policy', async () => {
  const open = await superuser((query) =>
    query(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and ${ours} and not (c.relrowsecurity and c.relforcerowsecurity
         and exists (select from pg_policy p where p.polrelid = c.oid))`,
    ),
  );

  expect(open).toEqual([]);
});

test('every key of a tenant table begins with the tenant', async () => {
  const keys = await superuser((query) =>
    query(
      `select k.conname, k.contype, (select array_agg(a.attname order by u.place)
           from unnest(k.conkey) with ordinality u (number, place)
           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number)::text[] as columns
       from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
       where k.contype in ('p', 'u', 'f') and n.nspname = 'public'
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'engagement_id')
         and c.relname not in ('memberships', 'api_keys', 'background_tasks')`,
    ),
  );

  const stray = keys.filter((key) => {
    const columns = key['columns'] as string[]; // array_agg of names
    return columns[0] !== 'client_account_id' || columns[1] !== 'engagement_id';
  });
  expect(stray).toEqual([]);
  expect(keys.length).toBeGreaterThan(60);
});

test('bulk tables have no foreign keys and at most two indexes', async () => {
  const bulk = `'raw_import_records', 'rejected_records', 'cleansed_records', 'asset_sources',
    'asset_changes', 'asset_dependencies', 'unresolved_references', 'assessments', 'recommendations'`;

  const heavy = await superuser((query) =>
    query(
      `select c.relname from pg_class c where c.relname in (${bulk}) and (
         (select count(*) from pg_index i where i.indrelid = c.oid) > 2
         or exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'))`,
    ),
  );

  expect(heavy).toEqual([]);
});

test('every foreign key has an index that begins with its columns', async () => {
  const bare = await superuser((query) =>
    query(
      `select c.relname, k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
       where k.contype = 'f' and not exists (
         select from pg_index i where i.indrelid = k.conrelid
           and (select array_agg(x) from unnest(i.indkey::smallint[]) with ordinality u (x, place)
             where place <= cardinality(k.conkey)) @> k.conkey)`,
    ),
  );

  expect(bare).toEqual([]);
});

test('views run with the rights of their reader', async () => {
  const views = await superuser((query) =>
    query(
      `select c.relname, c.reloptions::text[] as options from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'v' and ${ours}`,
    ),
  );

  expect(views.length).toBeGreaterThan(15);
  expect(views.filter((view) => !String(view['options']).includes('security_invoker=true'))).toEqual([]);
});

test('locate is the only function with rights of its own, and its owner sees ids only', async () => {
  const definers = await superuser((query) =>
    query(
      `select p.proname, r.rolname, p.proconfig::text[] as config
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
       where p.prosecdef and n.nspname in ('public', 'audit')`,
    ),
  );

  expect(definers).toEqual([
    { proname: 'locate', rolname: 'surveyor_system', config: ['search_path=pg_catalog, pg_temp'] },
  ]);
});

test('the roles of the application own nothing, bypass nothing and make nothing but temporary tables', async () => {
  const roles = `('surveyor_app', 'surveyor_auth', 'surveyor_system')`;

  const [found] = await superuser((query) =>
    query(
      `select
         (select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ${roles}) as owned,
         (select count(*) from pg_roles r where r.rolname like 'surveyor\\_%'
            and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb)) as mighty,
         (select bool_or(has_schema_privilege(r.rolname, s, 'create')) from pg_roles r,
            unnest(array['public', 'audit']) s where r.rolname in ${roles}) as creates,
         (select array_agg(r.rolname::text order by r.rolname) from pg_roles r where r.rolname in ${roles}
            and has_database_privilege(r.rolname, current_database(), 'temporary')) as temporary`,
    ),
  );

  expect(found).toEqual({ owned: '0', mighty: '0', creates: false, temporary: ['surveyor_app'] });
});

test('the audit log can be added to, never changed or deleted', async () => {
  const rights = await superuser((query) =>
    query(
      `select grantee, privilege_type from information_schema.table_privileges
       where table_schema = 'audit' and grantee like 'surveyor\\_%' and grantee <> 'surveyor_owner'
         and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')`,
    ),
  );
  const columns = await superuser((query) =>
    query(
      `select distinct grantee::text, column_name::text from information_schema.column_privileges
       where table_schema = 'audit' and privilege_type = 'UPDATE' and grantee like 'surveyor\\_%'
         and grantee <> 'surveyor_owner' order by 1, 2`,
    ),
  );

  expect(rights).toEqual([]);
  expect(columns.map((row) => `${row['grantee']} ${row['column_name']}`)).toEqual([
    'surveyor_system hash',
    'surveyor_system previous_hash',
    'surveyor_system sealed_at',
    'surveyor_system sequence',
  ]);
});

/** The whole schema as sorted lines: columns, keys, indexes, policies, grants, functions, views, comments. */
async function schemaDump(): Promise<string[]> {
  const lines = await superuser((query) =>
    query(
      `with objects as (
         select n.nspname || '.' || c.relname as name, c.* from pg_class c
         join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('public', 'audit') and c.relname not like 'schema_migrations%')
       select concat_ws(' ', 'class', o.name, o.relkind, o.relrowsecurity, o.relforcerowsecurity, o.reloptions,
           o.relacl, o.relowner::regrole) as line from objects o
       union all select concat_ws(' ', 'column', o.name, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
           a.attnotnull, a.attidentity, a.attgenerated, a.attacl, pg_get_expr(d.adbin, d.adrelid))
         from objects o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
         left join pg_attrdef d on d.adrelid = o.oid and d.adnum = a.attnum where o.relkind in ('r', 'v')
       union all select concat_ws(' ', 'constraint', o.name, conname, pg_get_constraintdef(k.oid))
         from pg_constraint k join objects o on o.oid = k.conrelid
       union all select concat_ws(' ', 'index', indexdef) from pg_indexes where schemaname in ('public', 'audit')
         and tablename not like 'schema_migrations%'
       union all select concat_ws(' ', 'policy', p.*) from pg_policies p
       union all select concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid)) from pg_trigger t
         join objects o on o.oid = t.tgrelid where not t.tgisinternal
       union all select concat_ws(' ', 'function', pg_get_functiondef(p.oid), p.proacl, p.proowner::regrole)
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'audit')
       union all select concat_ws(' ', 'view', o.name, pg_get_viewdef(o.oid)) from objects o where o.relkind = 'v'
       union all select concat_ws(' ', 'comment', o.name, d.objsubid, d.description) from pg_description d
         join objects o on o.oid = d.objoid where d.classoid = 'pg_class'::regclass
       union all select concat_ws(' ', 'schema', nspname, nspacl) from pg_namespace
         where nspname in ('public', 'audit')
       order by 1`,
    ),
  );
  return lines.map((row) => String(row['line']));
}

test('taking all migrations back and running them again makes the same schema', async () => {
  const before = await schemaDump();

  await rollbackDatabase(database.urls.ownerUrl);
  const empty = await schemaDump();
  await migrateDatabase(database.urls.ownerUrl);

  expect(empty.filter((line) => !line.startsWith('schema '))).toEqual([]);
  expect(await schemaDump()).toEqual(before);
  expect(before.length).toBeGreaterThan(800);
});
