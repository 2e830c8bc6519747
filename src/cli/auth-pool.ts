import { type AuthDatabase, createPools } from '../db/connection/pools';

/** Opens the accounts' pool of a database for one piece of work. */
export async function withAuth<T>(authUrl: string, work: (auth: AuthDatabase) => Promise<T>): Promise<T> {
  const pools = createPools({ urls: { appUrl: authUrl, authUrl, systemUrl: authUrl }, size: { auth: 1 } });
  try {
    return await work(pools.auth);
  } finally {
    await pools.close();
  }
}
