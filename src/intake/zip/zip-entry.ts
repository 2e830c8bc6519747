/** One file or folder of an archive. */
export interface ZipEntry {
  /** As it stands in the archive: a text to show and compare, never a path. */
  readonly name: string;
  readonly isFolder: boolean;
  /** Unpacked bytes; more or fewer than this are refused while the entry is read. */
  readonly size: number;
  readonly packedSize: number;
  readonly isStored: boolean;
}
