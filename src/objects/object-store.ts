import type { Readable } from 'node:stream';
import type { Tenant } from '../domain/flow/messages';

/** A stored upload: where it lies and what was counted while it was received. */
export interface StoredObject {
  /** `{client account}/{engagement}/{sha-256}`; content addressed within its tenant, never across. */
  readonly key: string;
  readonly size: number;
  /** Hexadecimal SHA-256 of the bytes. */
  readonly sha256: string;
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
   * @throws DomainError `UPLOAD_001` for no bytes, `UPLOAD_002` over the limit, `STORAGE_001` or `STORAGE_002` when
   * the storage fails; what `inspect` throws.
   */
  readonly put: (tenant: Tenant, source: Readable, options: PutOptions) => Promise<StoredObject>;
  /** Reads an object from its first byte. @throws DomainError `STORAGE_003` for an unknown key. */
  readonly open: (tenant: Tenant, key: string) => Promise<Readable>;
  readonly remove: (tenant: Tenant, key: string) => Promise<void>;
  /** Whether the storage takes writes now. */
  readonly isHealthy: () => Promise<boolean>;
}
