import { setIdempotencyFingerprint } from '../../db/flows/idempotency';
import type { DataImport } from '../../db/imports/imports';
import { inTenant } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { correctedColumns } from '../../intake/corrected/corrected-file';
import { openCorrectedTable } from '../../intake/corrected/corrected-table';
import { fingerprintOf } from '../fingerprint';
import { answerChange } from '../presenters/estate-change-view';
import type { RouteAnswer, RouteInput } from '../route';
import { findOwnImport } from '../routes/imports';
import type { ApiServices } from '../services';
import { assertSameRequest, claimKey, freeKey, idempotencyScope, keepAnswer, repeatAnswer } from './once';
import { discardFile, type ReceivedFile, receiveFile } from './receive-file';
import { requestCorrection } from './request-change';

type Input = RouteInput<{ readonly import_id: string }>;

/**
 * Stores a corrected file and asks for its rows to be taken into their import. With an `Idempotency-Key` the same
 * request is done once; without one the rows of a repeated file are found accepted already.
 *
 * @throws DomainError `IMP_009` for a file that lacks the columns, `IMP_010` when the import takes no corrections.
 */
export async function correctImport(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const entry = await findOwnImport(services, input, input.params.import_id);
  if (entry.undoneAt !== null) throw new DomainError('IMP_010', { import_id: entry.id });
  const scope = idempotencyScope(input);
  if (scope === null) return take(services, input, entry, await receiveFile(services, input));
  const withinMs = services.settings.upload.timeoutMs + 60_000;
  const first = await claimKey(services, input, scope, { withinMs, fingerprint: null });
  if (first !== undefined) {
    const file = await receiveFile(services, input);
    await discardFile(services, input, file.objectId);
    assertSameRequest(first, fingerprintFor(entry, file));
    return repeatAnswer(first);
  }
  try {
    const file = await receiveFile(services, input);
    const fingerprint = fingerprintFor(entry, file);
    await inTenant(services.app, input.tenant, (trx) => setIdempotencyFingerprint(trx, scope, fingerprint));
    const answer = await take(services, input, entry, file);
    await keepAnswer(services, input, scope, answer);
    return answer;
  } catch (error) {
    await freeKey(services, input, scope);
    throw error;
  }
}

function fingerprintFor({ id }: DataImport, { stored }: ReceivedFile): string {
  return fingerprintOf({ import_id: id, sha256: stored.sha256 });
}

async function take(
  services: ApiServices,
  input: Input,
  entry: DataImport,
  file: ReceivedFile,
): Promise<RouteAnswer> {
  const { objectId } = file;
  try {
    await assertColumns(services, input, entry, file);
    return answerChange(await requestCorrection(services, input, { importId: entry.id, objectId }));
  } catch (error) {
    await discardFile(services, input, objectId);
    throw error;
  }
}

/** What the worker would refuse later is refused while the sender still waits. */
async function assertColumns(
  services: ApiServices,
  { tenant }: Input,
  { columns }: DataImport,
  { stored, filename }: ReceivedFile,
): Promise<void> {
  const bytes = services.objects.bytes(tenant, stored.key, stored.size);
  const table = await openCorrectedTable(bytes, filename, services.settings.intake);
  const places = correctedColumns(columns, table.header.columns);
  if ('missing' in places) throw new DomainError('IMP_009', { missing_columns: places.missing });
}
