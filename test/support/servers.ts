/** Where the servers of this run are; the global set-up puts them into the environment of the test processes. */
export const serverKeys = {
  adminUrl: 'SURVEYOR_TEST_DATABASE_ADMIN_URL',
  temporalAddress: 'SURVEYOR_TEST_TEMPORAL_ADDRESS',
  temporalBinary: 'SURVEYOR_TEST_TEMPORAL_BINARY',
  template: 'SURVEYOR_TEST_TEMPLATE',
} as const;

/** Passwords of the database roles in every test database. */
export const testPasswords = {
  owner: 'owner-of-tests',
  app: 'app-of-tests',
  auth: 'auth-of-tests',
  system: 'system-of-tests',
} as const;

/** host:port of the Temporal server. */
export function temporalAddress(): string {
  return required(serverKeys.temporalAddress);
}

/** Superuser address of the PostgreSQL server; for making databases only, since superusers see past row-level security. */
export function adminDatabaseUrl(): string {
  return required(serverKeys.adminUrl);
}

/** Name of the migrated database to copy; nobody may connect to it. */
export function templateDatabase(): string {
  return required(serverKeys.template);
}

/** The `temporal` command. */
export function temporalBinary(): string {
  return required(serverKeys.temporalBinary);
}

function required(key: string): string {
  const value = process.env[key];
  if (value) return value;
  throw new Error(
    `${key} is not set: this test needs servers, which the global set-up starts for its project.`,
  );
}
