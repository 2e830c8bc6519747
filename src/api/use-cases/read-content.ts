import { randomUUID } from 'node:crypto';
import { objectKey } from '../../objects/object-store';
import { DomainError } from '../../domain/errors';
import type { ImportTable } from '../../domain/flow/messages';
import { isCalled } from '../../intake/table-choices';
import type { UploadBytes, UploadContent, UploadTable } from '../../intake/types';
import { readUploadContent } from '../../intake/upload-content';
import type { RouteInput } from '../route';
import type { ReadingChoicesValues } from '../schemas/reading-choices';
import type { ApiServices } from '../services';
import type { ReceivedUpload } from '../uploads';
import type { ReceivedFile } from './receive-file';

/** Each table is an import of its flow; more of them nobody could approve. */
const mostTables = 250;

/** The tables of a received upload, each with the id that its import will have. */
export interface ReceivedTables {
  readonly tables: readonly [ImportTable, ...ImportTable[]];
  readonly ignored: UploadContent['ignored'];
}

/**
 * Says which tables of a stored upload take part: all, or those that the sender chose.
 *
 * @throws DomainError the `UPLOAD_*` and `IMP_*` codes of `readUploadContent`, `VAL_002` for a sheet that is not there.
 */
export async function readTables(
  services: ApiServices,
  { tenant }: Pick<RouteInput, 'tenant'>,
  file: ReceivedFile,
  choices: ReadingChoicesValues,
): Promise<ReceivedTables> {
  const key = objectKey({ ...tenant, objectId: file.objectId });
  const bytes = services.objects.bytes(tenant, key, file.stored.size);
  const { tables, ignored, warnings } = await readContent(services, bytes, file, choices);
  const notes = [...warnings, ...ignored.map(leftOut)];
  const [first, ...others] = tables.map((table, at) => importTable(table, at === 0 ? notes : []));
  if (first === undefined) throw new DomainError('IMP_004');
  return { tables: [first, ...others], ignored };
}

/** What an upload holds, by its bytes and by what the sender chose. */
export async function readContent(
  { settings }: Pick<ApiServices, 'settings'>,
  bytes: UploadBytes,
  { filename, mimeType }: Pick<ReceivedUpload, 'filename' | 'mimeType'>,
  { hint, sheets }: ReadingChoicesValues,
): Promise<UploadContent> {
  const limits = settings.intake;
  const told = { filename, mimeType, maxColumns: limits.maxColumns, ...hint };
  const found = await readUploadContent(bytes, told, limits);
  assertKnown(found, 'tables', Object.keys(hint.tables ?? {}));
  const content = chosen(found, sheets);
  if (content.tables.length > mostTables) {
    throw new DomainError('UPLOAD_006', { tables: content.tables.length, limit: mostTables });
  }
  return content;
}

function chosen(content: UploadContent, sheets: readonly string[] | undefined): UploadContent {
  if (sheets === undefined) return content;
  assertKnown(content, 'sheets', sheets);
  const isWanted = ({ place }: UploadTable): boolean => sheets.some((name) => isCalled(place, name));
  const others = content.tables.filter((table) => !isWanted(table));
  return {
    ...content,
    tables: content.tables.filter(isWanted),
    ignored: [...content.ignored, ...others.map(({ place }) => ({ place, reason: 'It was not chosen' }))],
  };
}

function assertKnown({ tables }: UploadContent, setting: string, names: readonly string[]): void {
  const missing = names.find((name) => !tables.some(({ place }) => isCalled(place, name)));
  if (missing === undefined) return;
  const field = `processing_config.${setting}`;
  throw new DomainError('VAL_002', { field, reason: `The upload has no table "${missing}"` });
}

function importTable({ place, detection }: UploadTable, notes: readonly string[]): ImportTable {
  const noted = { ...detection, warnings: [...detection.warnings, ...notes] };
  const isWhole = place.entry === null && place.sheet === null;
  return { importId: randomUUID(), ...(isWhole ? {} : { place }), detection: noted };
}

function leftOut({ place, reason }: UploadContent['ignored'][number]): string {
  const name = [place.entry, place.sheet].filter((part) => part !== null).join(' / ');
  return `"${name}" was left out: ${reason}`;
}
