import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { DomainError } from '../../domain/errors';
import { suggestMappings } from '../../domain/mapping/suggest-mappings';
import type { MappingProposal } from '../../domain/mapping/types';
import { profileFindings } from '../../domain/quality/findings';
import { createTableProfiler } from '../../domain/quality/profile';
import type { QualityFinding, TableProfile } from '../../domain/quality/types';
import { rowsOfBatch } from '../../intake/copy-format';
import { openTable } from '../../intake/read-table';
import { ok, type RouteAnswer, type RouteInput } from '../route';
import { keepHead } from '../head-store';
import { presentVerdict } from '../presenters/upload-verdict';
import type { ApiServices } from '../services';
import { type ReceivedUpload, receiveUpload } from '../uploads';

/** Rows that a dry run looks at. */
const mostRows = 20_000;
/** Bytes that a dry run keeps in memory. */
const mostBytes = 8 * 1024 * 1024;

export interface Inspection {
  readonly upload: ReceivedUpload;
  readonly isWhole: boolean;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly profile: TableProfile;
  readonly findings: readonly QualityFinding[];
  readonly proposal: MappingProposal;
  readonly warnings: readonly string[];
}

/** Reads a file the way an import would, and says what would become of it. Nothing is stored. */
export async function validateUpload(services: ApiServices, input: RouteInput): Promise<RouteAnswer> {
  const { objects, head } = keepHead(mostBytes);
  const place = { ...input.tenant, objectId: randomUUID() };
  const target = { place, objects, limits: services.settings.upload, announce: async () => undefined };
  const given = input.ctx.query['filename'];
  const filename = typeof given === 'string' ? given : undefined;
  const upload = await receiveUpload(input.ctx.req, target, filename);
  return ok(presentVerdict(await inspect(services, upload, head())));
}

async function inspect(
  services: ApiServices,
  upload: ReceivedUpload,
  { bytes, isWhole }: { readonly bytes: Buffer; readonly isWhole: boolean },
): Promise<Inspection> {
  const { detection } = upload;
  const limits = { ...services.settings.intake, batchRows: 5_000 };
  const table = await openTable(() => Readable.from([bytes]), detection, limits);
  const { columns, name } = table.header;
  const profiler = createTableProfiler(columns);
  const counts = { read: 0, rejected: 0 };
  try {
    for await (const batch of table.batches()) {
      profiler.addBatch(rowsOfBatch(batch, columns));
      counts.read = batch.rowsRead;
      counts.rejected += batch.rejected.length;
      if (batch.rowsRead >= mostRows) break;
    }
  } catch (error) {
    // The end of a cut document is no fault of the file.
    if (isWhole || !(error instanceof DomainError)) throw error;
  }
  const profile = profiler.finish();
  return {
    upload,
    isWhole: isWhole && counts.read < mostRows,
    rowsRead: counts.read,
    rowsRejected: counts.rejected,
    profile,
    findings: profileFindings(profile),
    proposal: suggestMappings({ tableName: name, columns: profile.columns, learned: [] }),
    warnings: [...detection.warnings, ...table.warnings],
  };
}
