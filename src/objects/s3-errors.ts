import type { ErrorCode } from '../domain/error-catalogue';
import { DomainError } from '../domain/errors';

const missing: ReadonlySet<string> = new Set(['NoSuchKey', 'NotFound', '404']);
const full: ReadonlySet<string> = new Set([
  'EntityTooLarge',
  'QuotaExceeded',
  'InsufficientStorage',
  'XMinioStorageFull',
  'XMinioAdminBucketQuotaExceeded',
]);
const different: ReadonlySet<string> = new Set([
  'BadDigest',
  'InvalidDigest',
  'XAmzContentSHA256Mismatch',
  'XAmzContentChecksumMismatch',
]);

/**
 * What a failure of the S3 client means for the caller; everything that is not about the object itself (network,
 * credentials, bucket, throttling) is an outage. Cancellations and our own errors stay as they are.
 */
export function translateS3Error(error: unknown, options = { isCancellable: true }): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error;
  // Where nobody can cancel, it is the client that gave up.
  if (error.name === 'AbortError' && options.isCancellable) return error;
  return new DomainError(codeOf(error), {}, { cause: error });
}

function codeOf(error: Error): ErrorCode {
  const names = [error.name, 'Code' in error ? String(error.Code) : ''];
  const isAny = (known: ReadonlySet<string>): boolean => names.some((name) => known.has(name));
  if (isAny(full) || statusOf(error) === 507) return 'STORAGE_003';
  if (isAny(different) || /checksum mismatch/i.test(error.message)) return 'STORAGE_002';
  return isAny(missing) ? 'STORAGE_004' : 'STORAGE_001';
}

function statusOf(error: Error): number | undefined {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null)
    return undefined;
  return Number(Reflect.get(error.$metadata, 'httpStatusCode'));
}
