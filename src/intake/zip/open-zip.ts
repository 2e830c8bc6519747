import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { type Entry, type ZipFile, fromRandomAccessReader, getFileNameLowLevel } from 'yauzl';

import { DomainError } from '../../domain/errors';
import type { UploadBytes } from '../types';
import { type ArchiveLimits, defaultArchiveLimits } from './archive-limits';
import type { ZipEntry } from './zip-entry';
import { archiveRefusal } from './archive-refusal';
import { ByteReader } from './byte-reader';
import { checkEntries } from './check-entries';
import { unpackEntry } from './unpack-entry';

/** An archive whose directory was checked. */
export interface OpenZip {
  /** In the order of the directory, which is that of packing. */
  readonly entries: readonly ZipEntry[];
  /** The entry of exactly this name. */
  find(name: string): ZipEntry | undefined;
  /** Unpacked bytes from the start. The stream fails with UPLOAD_006 at the first byte too many or a wrong sum. */
  read(entry: ZipEntry): Readable;
  /** Bytes of an entry that is stored without compression, readable from any place; null for others. */
  stored(entry: ZipEntry): Promise<UploadBytes | null>;
}

const openDirectory = (bytes: UploadBytes): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    const reader = new ByteReader(bytes);
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false };
    fromRandomAccessReader(reader, bytes.size, options, (error, file) => {
      if (error === null) resolve(file);
      else reject(error);
    });
  });

/** Programs that do not set the flag still write UTF-8 more often than anything else. */
function nameOf(entry: Entry): string {
  const flag = isUtf8(entry.fileNameRaw) ? 0x800 : 0;
  return getFileNameLowLevel(entry.generalPurposeBitFlag | flag, entry.fileNameRaw, entry.extraFields, true);
}

const describe = (entry: Entry): ZipEntry => {
  const name = nameOf(entry);
  return {
    name,
    isFolder: /[/\\]$/u.test(name),
    size: entry.uncompressedSize,
    packedSize: entry.compressedSize,
    isStored: entry.compressionMethod === 0,
  };
};

async function readDirectory(file: ZipFile, limits: ArchiveLimits): Promise<Map<ZipEntry, Entry>> {
  if (file.entryCount > limits.maxEntries) {
    throw archiveRefusal('too_many_entries', {
      entries: file.entryCount,
      max_entries: limits.maxEntries,
    });
  }
  const entries = new Map<ZipEntry, Entry>();
  for await (const entry of file.eachEntry()) entries.set(describe(entry), entry);
  return entries;
}

/** What yauzl says of an archive that it cannot read is for the log; faults of the storage keep their own error. */
function translate(error: unknown): unknown {
  const isOurs = error instanceof DomainError || !(error instanceof Error) || 'code' in error;
  if (isOurs) return error;
  return archiveRefusal(/encrypt/iu.test(error.message) ? 'encrypted' : 'damaged', {}, error);
}

/**
 * Reads and checks the directory of a ZIP container (also of a workbook) without unpacking anything.
 *
 * @throws DomainError UPLOAD_006 for what is damaged, encrypted, too large, or built to mislead.
 */
export async function openZip(
  bytes: UploadBytes,
  limits: ArchiveLimits = defaultArchiveLimits,
): Promise<OpenZip> {
  let file: ZipFile;
  let directory: ReadonlyMap<ZipEntry, Entry>;
  try {
    file = await openDirectory(bytes);
    directory = await readDirectory(file, limits);
  } catch (error) {
    throw translate(error);
  }
  checkEntries(directory, limits);
  const entries = [...directory.keys()];
  const byName = new Map(entries.map((entry) => [entry.name, entry]));

  async function dataStart(entry: Entry): Promise<number> {
    try {
      return (await file.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
    } catch (error) {
      throw translate(error);
    }
  }

  function rawOf(entry: ZipEntry): Entry {
    const raw = directory.get(entry);
    if (raw === undefined) throw new TypeError('The entry is of another archive');
    return raw;
  }

  return {
    entries,
    find: (name) => byName.get(name),
    read: (entry) => {
      const raw = rawOf(entry);
      return Readable.from(
        unpackEntry(bytes, raw, () => dataStart(raw)),
        { objectMode: false },
      );
    },
    stored: async (entry) => {
      const raw = rawOf(entry);
      if (!entry.isStored) return null;
      const base = await dataStart(raw);
      return {
        size: entry.size,
        read: ({ start = 0, end = entry.size } = {}) =>
          bytes.read({ start: base + start, end: base + Math.min(end, entry.size) }),
      };
    },
  };
}
