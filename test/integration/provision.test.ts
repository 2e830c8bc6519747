import { createAdmin, createTenant } from '../../src/cli/provision';
import { verifyPassword } from '../../src/api/auth/passwords';
import { findUserByEmail, listMemberships } from '../../src/db/accounts/users';
import { inAuthScope } from '../../src/db/connection/scopes';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
});

describe('a platform administrator', () => {
  it('is found by the address in any casing and has the one-time password', async () => {
    const admin = await createAdmin(database.pools.auth, ' First.Person@Example.com ');

    const user = await inAuthScope(database.pools.auth, (trx) =>
      findUserByEmail(trx, 'first.person@example.com'),
    );
    expect(user?.id).toBe(admin.userId);
    expect(await verifyPassword(admin.password, user?.passwordHash ?? '')).toBe(true);
  });

  it('is not made of a text that is no e-mail address', async () => {
    await expect(createAdmin(database.pools.auth, 'nobody')).rejects.toThrow(
      'nobody is not an e-mail address',
    );
  });

  it('is not made twice under one address', async () => {
    await createAdmin(database.pools.auth, 'twice@example.com');

    await expect(createAdmin(database.pools.auth, 'TWICE@example.com')).rejects.toThrow('exists already');
  });
});

describe('a further client account', () => {
  it('has a key whose user belongs to that account only', async () => {
    const tenant = await createTenant(database.pools.auth, { account: 'Second', engagement: 'First wave' });

    const users = await inAuthScope(database.pools.auth, async (trx) => {
      const { rows } = await trx.raw<{ rows: { user_id: string }[] }>(
        'select user_id from api_keys where client_account_id = ?',
        [tenant.clientAccountId],
      );
      return Promise.all(rows.map(({ user_id: id }) => listMemberships(trx, id)));
    });
    expect(users.flat()).toMatchObject([{ clientAccountId: tenant.clientAccountId, role: 'client_admin' }]);
  });
});
