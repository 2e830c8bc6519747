import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** One of OWASP's equal recommendations for scrypt (N = 2^15, r = 8, p = 3): 32 MiB and about 0.3 s a hash. */
const parameters = { N: 2 ** 15, r: 8, p: 3 } as const;
const keyLength = 32;
const saltLength = 16;
/** Hashes in work at a time: each takes 32 MiB and a thread of the pool that files need as well. */
const mostAtOnce = 2;
/** Longer passwords are not looked at. */
const longestPassword = 1_024;

let inWork = 0;
const waiting: (() => void)[] = [];

/** A salted hash `scrypt$N$r$p$salt$hash`, both in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltLength);
  const key = await derive(password, salt, parameters);
  const { N, r, p } = parameters;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * Whether a password belongs to a hash. Without a hash (no such user, or one who has no password) as much work is
 * done as with one, so that the time tells nothing.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const stored = hash === null ? undefined : parseHash(hash);
  const { salt, expected, cost } = stored ?? nobody;
  const key = await derive(password.slice(0, longestPassword), salt, cost);
  const isEqual = timingSafeEqual(key, expected);
  return stored !== undefined && isEqual && password.length <= longestPassword;
}

interface StoredHash {
  readonly salt: Buffer;
  readonly expected: Buffer;
  readonly cost: { readonly N: number; readonly r: number; readonly p: number };
}

const nobody: StoredHash = {
  salt: Buffer.alloc(saltLength),
  expected: Buffer.alloc(keyLength),
  cost: parameters,
};

function parseHash(hash: string): StoredHash | undefined {
  const [kind, n, r, p, salt = '', key = ''] = hash.split('$');
  const expected = Buffer.from(key, 'base64url');
  if (kind !== 'scrypt' || expected.length !== keyLength) return undefined;
  return {
    salt: Buffer.from(salt, 'base64url'),
    expected,
    cost: { N: Number(n), r: Number(r), p: Number(p) },
  };
}

async function derive(password: string, salt: Buffer, cost: StoredHash['cost']): Promise<Buffer> {
  const options = { ...cost, maxmem: 256 * cost.N * cost.r };
  if (inWork >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else inWork += 1;
  try {
    return await deriveKey(password.normalize('NFKC'), salt, options);
  } finally {
    const next = waiting.shift();
    if (next === undefined) inWork -= 1;
    else next();
  }
}

function deriveKey(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyLength, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
