/** How much an archive may unpack to. */
export interface ArchiveLimits {
  readonly maxEntries: number;
  /** All entries together. */
  readonly maxUnpackedBytes: number;
  /** Unpacked bytes for each packed one, of an entry and of all together; counts from `ratioFreeBytes` on. */
  readonly maxRatio: number;
  /** So much may be unpacked whatever the ratio is. */
  readonly ratioFreeBytes: number;
}

/** Real exports pack about 5 to 50 times; deflate reaches 1,032 with bytes that are all the same. */
export const defaultArchiveLimits: ArchiveLimits = {
  maxEntries: 1_000,
  maxUnpackedBytes: 4 * 1024 * 1024 * 1024,
  maxRatio: 250,
  ratioFreeBytes: 64 * 1024 * 1024,
};
