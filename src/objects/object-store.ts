import type { Readable } from 'node:stream';
import type { Tenant } from '../domain/flow/messages';
import type { UploadBytes } from '../intake/types';

/** A stored upload: where it lies and what was counted while it was received. */
export interface StoredObject {
  /** `{client account}/{engagement}/{object id}`: known before the first byte, so that nothing is ever orphaned unseen. */
  readonly key: string;
  readonly size: number;
  /** Hexadecimal SHA-256 of the bytes. */
  readonly sha256: string;
}

/** Where an object goes. */
export interface ObjectPlace extends Tenant {
  readonly objectId: string;
}

/** The key of an object. */
export function objectKey(place: ObjectPlace): string {
  return `${place.clientAccountId}/${place.engagementId}/${place.objectId}`;
}

export interface PutOptions {
  readonly maxBytes: number;
  /** Called once with the first bytes (at most 1 MiB); an error refuses the upload before it is complete. */
  readonly inspect: (firstBytes: Buffer) => void;
}

/** Storage of uploads and artefacts. Keys are made here; file names of people are data and never part of a path. */
export interface ObjectStore {
  /**
   * Stores a stream. Nothing is visible under the key until every byte is safe.
   *
   * @throws DomainError `UPLOAD_004` for no bytes, `UPLOAD_002` over the limit, `STORAGE_001` or `STORAGE_003` when
   * the storage fails; what `inspect` throws.
   */
  readonly put: (place: ObjectPlace, source: Readable, options: PutOptions) => Promise<StoredObject>;
  /** Reads an object from its first byte. @throws DomainError `STORAGE_004` for an unknown key. */
  readonly open: (tenant: Tenant, key: string) => Promise<Readable>;
  /** The same as a stream that fails when it is read; ended by the signal. */
  readonly read: (tenant: Tenant, key: string, signal: AbortSignal) => Readable;
  /**
   * The bytes of an object of `size` bytes, readable from any place. Nothing is opened before a range is read; the
   * streams fail with `STORAGE_004` for an unknown key and end with the signal.
   */
  readonly bytes: (tenant: Tenant, key: string, size: number, signal?: AbortSignal) => UploadBytes;
  readonly remove: (tenant: Tenant, key: string) => Promise<void>;
  /** Whether the storage takes writes now. */
  readonly isHealthy: () => Promise<boolean>;
}
