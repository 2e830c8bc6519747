import { Client } from 'pg';

/** Passwords of the four database roles. With trust authentication any text does. */
export interface RolePasswords {
  readonly owner: string;
  readonly app: string;
  readonly auth: string;
  readonly system: string;
}

export interface DatabaseUrls {
  /** Owns the schema, runs migrations; no superuser, bound by row-level security like everybody. */
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly authUrl: string;
  readonly systemUrl: string;
}

export const databaseRoles = {
  owner: 'surveyor_owner',
  app: 'surveyor_app',
  auth: 'surveyor_auth',
  system: 'surveyor_system',
} as const;

type RoleKey = keyof typeof databaseRoles;

const roleKeys = Object.keys(databaseRoles) as readonly RoleKey[]; // the keys of the constant above
const bootstrapLock = 7_318_001;

/**
 * Makes the four roles and the database as an administrator of the cluster, and returns where each role connects.
 * Safe to repeat, also at the same time from several processes: what exists stays, passwords are set anew.
 */
export async function bootstrapDatabase(
  adminUrl: string,
  options: { readonly database: string; readonly passwords: RolePasswords; readonly template?: string },
): Promise<DatabaseUrls> {
  const { database, passwords, template } = options;
  await withClient(adminUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [bootstrapLock]);
    for (const key of roleKeys) await ensureRole(admin, databaseRoles[key], passwords[key]);
    await letAdministratorAct(admin);
    await ensureDatabase(admin, database, template);
  });
  await withClient(atDatabase(adminUrl, database), (admin) => grantDatabase(admin, database));
  return databaseUrls(adminUrl, database, passwords);
}

/** Where each role connects to a database of the administrator's cluster. */
export function databaseUrls(adminUrl: string, database: string, passwords: RolePasswords): DatabaseUrls {
  const urlOf = (key: RoleKey): string => {
    const url = new URL(atDatabase(adminUrl, database));
    url.username = databaseRoles[key];
    url.password = encodeURIComponent(passwords[key]);
    return url.href;
  };
  return {
    ownerUrl: urlOf('owner'),
    appUrl: urlOf('app'),
    authUrl: urlOf('auth'),
    systemUrl: urlOf('system'),
  };
}

/** The same server and user, another database. */
export function atDatabase(url: string, database: string): string {
  const next = new URL(url);
  next.pathname = `/${encodeURIComponent(database)}`;
  return next.href;
}

/** Opens one connection for `work` and closes it, also when `work` fails. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // the next statement fails with it
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ensureRole(admin: Client, role: string, password: string): Promise<void> {
  const { rows } = await admin.query<{ mighty: boolean }>(
    'select rolsuper or rolbypassrls as mighty from pg_roles where rolname = $1',
    [role],
  );
  if (rows[0]?.mighty) {
    throw new Error(`The role ${role} is a superuser or sees past row-level security; take that away first`);
  }
  const verb = rows.length === 0 ? 'create' : 'alter';
  const login = `login password ${admin.escapeLiteral(password)}`;
  await admin.query(`${verb} role ${admin.escapeIdentifier(role)} ${login}`);
}

/** An administrator that is no superuser must be a member of the owner to hand a database to it. */
async function letAdministratorAct(admin: Client): Promise<void> {
  const { owner, system } = databaseRoles;
  await admin.query(`do $$ begin
    if not pg_has_role(current_user, '${owner}', 'set') then
      execute format('grant ${owner} to %I', current_user);
    end if; end $$`);
  await admin.query(`grant ${system} to ${owner} with inherit false, set true`);
}

async function ensureDatabase(admin: Client, database: string, template?: string): Promise<void> {
  const found = await admin.query('select from pg_database where datname = $1', [database]);
  if (found.rowCount !== 0) return;
  const from = template === undefined ? 'template0' : admin.escapeIdentifier(template);
  const encoding = template === undefined ? ` encoding 'UTF8'` : '';
  await admin.query(
    `create database ${admin.escapeIdentifier(database)} owner ${databaseRoles.owner} template ${from}${encoding}`,
  );
}

/** Grants on a database are not copied with a template, so they are made for each one. */
async function grantDatabase(admin: Client, database: string): Promise<void> {
  const name = admin.escapeIdentifier(database);
  const { app, auth, system } = databaseRoles;
  await admin.query(`
    revoke all on database ${name} from public;
    grant connect on database ${name} to ${app}, ${auth}, ${system};
    grant temporary on database ${name} to ${app};
  `);
}
