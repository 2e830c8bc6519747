import { utf8Chunks } from '../csv/utf8-chunks';
import type { OpenZip } from '../zip/open-zip';
import type { ZipEntry } from '../zip/zip-entry';
import { workbookRefusal } from './workbook-refusal';
import { xmlTags } from './xml-tags';

/** Descriptions of a workbook are small; the largest are styles, some megabytes. */
const maxDescriptionBytes = 32 * 1024 * 1024;
const utf8Mark = Buffer.from([0xef, 0xbb, 0xbf]);
const utf16Marks = [
  { encoding: 'utf-16le', mark: Buffer.from([0xff, 0xfe]) },
  { encoding: 'utf-16be', mark: Buffer.from([0xfe, 0xff]) },
] as const;

/** A relationship of a part: ISO/IEC 29500-2, 9.3. */
export interface Relationship {
  readonly id: string;
  /** Last word of the type, the same in the transitional and in the strict form: `worksheet`, `styles`. */
  readonly type: string;
  /** Name of the entry that it leads to. */
  readonly target: string;
}

/** The bytes of an XML part as UTF-8 without byte order mark. */
export async function* partChunks(zip: OpenZip, entry: ZipEntry): AsyncGenerator<Buffer> {
  let isFirst = true;
  // Entries are byte streams; no encoding is set on them.
  for await (const chunk of zip.read(entry) as AsyncIterable<Buffer>) {
    if (!isFirst) {
      yield chunk;
      continue;
    }
    isFirst = false;
    const wide = utf16Marks.find(({ mark }) => chunk.subarray(0, mark.length).equals(mark));
    if (wide !== undefined) {
      yield* utf8Chunks(() => zip.read(entry), { encoding: wide.encoding });
      return;
    }
    yield chunk.subarray(0, utf8Mark.length).equals(utf8Mark) ? chunk.subarray(utf8Mark.length) : chunk;
  }
}

/** The whole text of a small part. */
export async function readPart(zip: OpenZip, entry: ZipEntry): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of partChunks(zip, entry)) {
    length += chunk.length;
    if (length > maxDescriptionBytes) throw workbookRefusal('part_too_large', entry.name);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The entry of a part; names of parts do not tell cases apart (ISO/IEC 29500-2, 9.1.1). */
export function findPart(zip: OpenZip, name: string): ZipEntry | undefined {
  const exact = zip.find(name);
  if (exact !== undefined) return exact;
  const folded = name.toLowerCase();
  return zip.entries.find((entry) => entry.name.toLowerCase().replaceAll('\\', '/') === folded);
}

/** Name of the entry that a target leads to from a part. */
function resolveTarget(target: string, part: string): string {
  const path = target.split(/[?#]/u)[0] ?? '';
  const segments = path.startsWith('/') ? [] : part.split('/').slice(0, -1);
  for (const segment of decodeSegments(path)) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

function decodeSegments(path: string): string[] {
  try {
    return decodeURIComponent(path).split(/[/\\]/u);
  } catch {
    // A per cent sign that is no escape stands for itself.
    return path.split(/[/\\]/u);
  }
}

/** The relationships of a part inside the package; those to the world outside are left out and never followed. */
export async function readRelationships(zip: OpenZip, part: string): Promise<Relationship[]> {
  const slash = part.lastIndexOf('/') + 1;
  const name = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
  const entry = findPart(zip, name);
  if (entry === undefined) return [];
  const relationships: Relationship[] = [];
  for (const tag of xmlTags(await readPart(zip, entry), name)) {
    if (tag.name !== 'Relationship' || tag.kind === 'close') continue;
    if (tag.attributes.get('TargetMode') === 'External') continue;
    relationships.push({
      id: tag.attributes.get('Id') ?? '',
      type: (tag.attributes.get('Type') ?? '').split('/').at(-1) ?? '',
      target: resolveTarget(tag.attributes.get('Target') ?? '', part),
    });
  }
  return relationships;
}

/** Throws UPLOAD_006 when a part that must be there is missing. */
export function requirePart(zip: OpenZip, name: string | undefined): ZipEntry {
  const entry = name === undefined ? undefined : findPart(zip, name);
  if (entry === undefined) throw workbookRefusal('damaged', name ?? 'workbook');
  return entry;
}
