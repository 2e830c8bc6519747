import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  findIdempotencyKey,
  setIdempotencyFingerprint,
  type IdempotencyScope,
} from '../../db/flows/idempotency';
import { listFlowImports } from '../../db/imports/imports';
import { readFlowStatus, readImportStatus } from '../../db/hot-reads';
import { inTenant } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import type { ImportRequest, ImportTable } from '../../domain/flow/messages';
import { fingerprintOf } from '../fingerprint';
import { presentStart, tablesOf } from '../presenters/start';
import type { RouteAnswer, RouteInput } from '../route';
import { readingChoices } from '../schemas/reading-choices';
import { policyOf, StoreImportFields, type StoreImportValues } from '../schemas/start';
import type { ApiServices } from '../services';
import { uuidOfName } from '../uuid-v5';
import { parseBody } from '../validation';
import { choicesOf } from './chosen-settings';
import { missingFlow, orderCommand, tell } from './command-flow';
import { assertSameRequest, claimKey, freeKey, idempotencyScope, keepAnswer, repeatAnswer } from './once';
import { type ReceivedTables, readTables } from './read-content';
import { discardFile, receiveFile, type ReceivedFile } from './receive-file';
import { readRemembered } from './read-remembered';
import { rememberedOptions } from './recipe-options';
import { findStartedFlow, startFlow } from './start-flow';

/** Settings of an import travel in the workflow's input, whose size is limited. */
const longestSettings = 16 * 1024;

/**
 * Stores an uploaded export and starts a flow with it, or adds it to an open flow. With an `Idempotency-Key` the same
 * request is done once.
 */
export async function storeImport(services: ApiServices, input: RouteInput): Promise<RouteAnswer> {
  const scope = idempotencyScope(input);
  if (scope === null) return receiveAndStart(services, input, { flowId: randomUUID() });
  const flowId = flowIdOf(input, scope);
  if (await wasLeft(services, input, { scope, flowId })) return receiveAndStart(services, input, { flowId });
  const withinMs = services.settings.upload.timeoutMs + 60_000;
  const first = await claimKey(services, input, scope, { withinMs, fingerprint: null });
  if (first !== undefined) {
    const file = await receiveFile(services, input);
    await discardFile(services, input, file.objectId);
    assertSameRequest(first, requestOf(file).fingerprint);
    return repeatAnswer(first);
  }
  try {
    const answer = await receiveAndStart(services, input, { flowId, scope });
    await keepAnswer(services, input, scope, answer);
    return answer;
  } catch (error) {
    await freeKey(services, input, scope);
    throw error;
  }
}

/** Whether the first request with a key started its flow and has not answered: its process may be gone. */
async function wasLeft(
  { app }: Pick<ApiServices, 'app'>,
  { tenant }: Pick<RouteInput, 'tenant'>,
  { scope, flowId }: { readonly scope: IdempotencyScope; readonly flowId: string },
): Promise<boolean> {
  const first = await inTenant(app, tenant, (trx) => findIdempotencyKey(trx, scope));
  return first?.state === 'in_progress' && (await readFlowStatus(app, tenant, flowId)) !== undefined;
}

/** The flow id of a key: the same request finds the same flow even when the answer to the first one was lost. */
export function flowIdOf(
  { tenant }: Pick<RouteInput, 'tenant'>,
  { userId, route, key }: IdempotencyScope,
): string {
  return uuidOfName([tenant.clientAccountId, tenant.engagementId, userId, route, key].join('/'));
}

interface ImportPlace {
  /** Id of the flow, if a new one is made. */
  readonly flowId: string;
  readonly scope?: IdempotencyScope;
}

interface ImportRequestBody {
  readonly fields: StoreImportValues;
  readonly file: ReceivedFile;
  readonly settings: Omit<ImportRequest, keyof ImportTable>;
  readonly fingerprint: string;
}

async function receiveAndStart(
  services: ApiServices,
  input: RouteInput,
  { flowId, scope }: ImportPlace,
): Promise<RouteAnswer> {
  const file = await receiveFile(services, input);
  try {
    const request = requestOf(file);
    if (scope !== undefined) {
      await inTenant(services.app, input.tenant, (trx) =>
        setIdempotencyFingerprint(trx, scope, request.fingerprint),
      );
    }
    return await (request.fields.flow_id === undefined
      ? start(services, input, flowId, request)
      : join(services, input, request.fields.flow_id, request));
  } catch (error) {
    // After an outage nobody knows whether the flow was started; the sweeper finds what no import uses.
    if (error instanceof DomainError && error.httpStatus < 500) {
      await discardFile(services, input, file.objectId);
    }
    throw error;
  }
}

function requestOf(file: ReceivedFile): ImportRequestBody {
  // The schema's output is what `parseBody` returns.
  const fields = parseBody(StoreImportFields, file.fields) as StoreImportValues;
  const { flow_id, flow_name, import_category, as_of, source_name, coverage } = fields;
  const asOf = as_of === undefined ? undefined : new Date(as_of).toISOString();
  const processingConfig = { ...choicesOf(file.fields), as_of: asOf, source_name, coverage };
  if (JSON.stringify(processingConfig).length > longestSettings) {
    throw new DomainError('VAL_002', {
      field: 'processing_config',
      reason: `More than ${longestSettings} bytes`,
    });
  }
  const asked = { flow_id, flow_name, import_category, processingConfig, policy: policyOf(fields) };
  return {
    fields,
    fingerprint: fingerprintOf({ ...asked, sha256: file.stored.sha256 }),
    file,
    settings: {
      objectId: file.objectId,
      ...(import_category === undefined ? {} : { importCategory: import_category }),
      processingConfig: stated(processingConfig),
    },
  };
}

/** The settings that were given. */
function stated(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

async function start(
  services: ApiServices,
  input: RouteInput,
  flowId: string,
  request: ImportRequestBody,
): Promise<RouteAnswer> {
  const { fields, fingerprint } = request;
  const known = await findStartedFlow(services, input.tenant, { flowId, fingerprint });
  if (known !== undefined) {
    await discardFile(services, input, request.file.objectId);
    return presentStart({ flowId, row: known, imports: await startedImports(services, input, flowId) });
  }
  const flowName = fields.flow_name ?? null;
  const { order: first, ignored } = await importOf(services, input, request);
  const order = { flowId, flowName, fingerprint, policy: policyOf(fields), import: first };
  const { row, isNew } = await startFlow(services, input, order);
  if (isNew) return presentStart({ flowId, row, imports: tablesOf(first), ignored });
  return presentStart({ flowId, row, imports: await startedImports(services, input, flowId) });
}

/** The import of a request, its tables known by their bytes. */
async function importOf(
  services: ApiServices,
  input: RouteInput,
  { file, settings }: ImportRequestBody,
): Promise<{ readonly order: ImportRequest; readonly ignored: ReceivedTables['ignored'] }> {
  const { processingConfig, found } = await readAsUsual(
    services,
    input,
    file,
    settings.processingConfig ?? {},
  );
  const [first, ...furtherTables] = found.tables;
  const further = furtherTables.length === 0 ? {} : { furtherTables };
  return { order: { ...settings, processingConfig, ...first, ...further }, ignored: found.ignored };
}

interface ReadUpload {
  readonly processingConfig: Readonly<Record<string, unknown>>;
  readonly found: ReceivedTables;
}

/** Reads an upload with what is remembered of its source; one that cannot be read so, as its request says. */
async function readAsUsual(
  services: ApiServices,
  input: RouteInput,
  file: ReceivedFile,
  asked: ReadUpload['processingConfig'],
): Promise<ReadUpload> {
  const remembered = await rememberedOptions(services, input, asked);
  const found = remembered && (await readRemembered(services, input, file, remembered));
  if (remembered !== undefined && found !== undefined)
    return { processingConfig: remembered.settings, found };
  return {
    processingConfig: asked,
    found: await readTables(services, input, file, readingChoices(asked)),
  };
}

/** The imports of the file that a flow was started with. */
async function startedImports(
  { app }: Pick<ApiServices, 'app'>,
  { tenant }: Pick<RouteInput, 'tenant'>,
  flowId: string,
): Promise<ImportTable[]> {
  const rows = await inTenant(app, tenant, (trx) => listFlowImports(trx, flowId));
  return rows
    .filter(({ objectId }) => objectId === rows[0]?.objectId)
    .map(({ id, archiveEntry: entry, sheetName: sheet }) => ({ importId: id, place: { entry, sheet } }));
}

/** A further file of an open flow. */
async function join(
  services: ApiServices,
  input: RouteInput,
  flowId: string,
  request: ImportRequestBody,
): Promise<RouteAnswer> {
  const { order, ignored } = await importOf(services, input, request);
  const payload = { ...order };
  const command = await inTenant(services.app, input.tenant, (trx) =>
    orderCommand(trx, input, { flowId, type: 'add_import', payload }),
  );
  if (command === undefined) throw await missingFlow(services, input, flowId);
  await tell(services, input, command);
  const isJoined = await waitForImport(services, input, order.importId);
  const row = await readFlowStatus(services.app, input.tenant, flowId);
  return presentStart({ flowId, row: isJoined ? row : undefined, imports: tablesOf(order), ignored });
}

async function waitForImport(
  services: ApiServices,
  { tenant }: Pick<RouteInput, 'tenant'>,
  importId: string,
): Promise<boolean> {
  const deadline = Date.now() + services.settings.startWaitMs;
  for (let waitMs = 15; ; waitMs = Math.min(waitMs * 2, 120)) {
    if ((await readImportStatus(services.app, tenant, importId)) !== undefined) return true;
    if (Date.now() + waitMs > deadline) return false;
    await pause(waitMs);
  }
}
