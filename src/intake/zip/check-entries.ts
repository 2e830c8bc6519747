import type { Entry } from 'yauzl';

import type { ArchiveLimits } from './archive-limits';
import { archiveRefusal } from './archive-refusal';
import type { ZipEntry } from './zip-entry';

const localHeaderBytes = 30;
const madeByUnix = 3;
const fileTypeMask = 0xf000;
const regularFile = 0x8000;
const folder = 0x4000;

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const controlPattern = /[\u0000-\u001f\u007f]/u;

/** Names are never used as paths; one that would leave a folder if it were is a sign of an attack. */
function isUnsafeName(name: string): boolean {
  if (name === '' || /^[/\\]|^[a-z]:/iu.test(name) || controlPattern.test(name)) return true;
  return name.split(/[/\\]/u).includes('..');
}

/** Links, pipes and devices; archives that were made elsewhere say nothing about it. */
function isSpecial(entry: Entry): boolean {
  if (entry.versionMadeBy >> 8 !== madeByUnix) return false;
  const type = (entry.externalFileAttributes >>> 16) & fileTypeMask;
  return type !== 0 && type !== regularFile && type !== folder;
}

interface Sizes {
  readonly size: number;
  readonly packedSize: number;
}

const isTooLarge = ({ size, packedSize }: Sizes, limits: ArchiveLimits): boolean =>
  size > limits.maxUnpackedBytes || (size > limits.ratioFreeBytes && size > packedSize * limits.maxRatio);

/** A bomb may be one large entry or many small ones. */
function checkSizes(entries: Iterable<Sizes>, limits: ArchiveLimits): void {
  const total = { size: 0, packedSize: 0 };
  for (const entry of entries) {
    total.size += entry.size;
    total.packedSize += entry.packedSize;
    if (isTooLarge(entry, limits)) refuseSize(limits);
  }
  if (isTooLarge(total, limits)) refuseSize(limits);
}

function refuseSize(limits: ArchiveLimits): never {
  throw archiveRefusal('unpacked_too_large', { max_unpacked_bytes: limits.maxUnpackedBytes });
}

/** Two entries that share packed bytes unpack to more than the archive holds. */
function checkOverlaps(entries: readonly Entry[]): void {
  const sorted = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const entry of sorted) {
    const start = entry.relativeOffsetOfLocalHeader;
    if (start < end) throw archiveRefusal('overlapping_entries');
    end = start + localHeaderBytes + entry.fileNameLength + entry.compressedSize;
  }
}

/** Refuses (UPLOAD_006) an archive by what its directory says, before anything is unpacked. */
export function checkEntries(directory: ReadonlyMap<ZipEntry, Entry>, limits: ArchiveLimits): void {
  const names = new Set<string>();
  for (const [{ name }, entry] of directory) {
    if (isUnsafeName(name)) throw archiveRefusal('unsafe_name');
    if (isSpecial(entry)) throw archiveRefusal('link', { entry: name });
    if (entry.isEncrypted()) throw archiveRefusal('encrypted', { entry: name });
    if (names.has(name)) throw archiveRefusal('repeated_name', { entry: name });
    names.add(name);
  }
  checkSizes(directory.keys(), limits);
  checkOverlaps([...directory.values()]);
}
