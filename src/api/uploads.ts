import type { IncomingMessage } from 'node:http';
import { PassThrough, pipeline as pipeFile, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { DomainError } from '../domain/errors';
import { detectContent } from '../intake/detection/detect';
import type { DetectionHint } from '../intake/detection/detection-hint';
import type { ObjectPlace, ObjectStore, StoredObject } from '../objects/object-store';
import { displayName } from './file-names';
import { readJson } from './json-body';
import { requestBody } from './request-body';

export interface UploadLimits {
  readonly maxBytes: number;
  /** A JSON document with `file_data` is held in memory, so it has a limit of its own. */
  readonly maxJsonBytes: number;
  readonly timeoutMs: number;
}

export interface ReceivedUpload {
  readonly stored: StoredObject;
  /** Cleaned for display; never part of a path. */
  readonly filename: string;
  readonly mimeType: string;
  /** Further fields of the form or of the JSON document. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Where an upload goes and how large it may be. */
export interface UploadTarget {
  readonly place: ObjectPlace;
  readonly objects: Pick<ObjectStore, 'put'>;
  readonly limits: UploadLimits;
  /** Called once before the first byte is stored, so that nothing lies in the storage that no row names. */
  readonly announce: (upload: { readonly filename: string; readonly mimeType: string }) => Promise<void>;
}

/** Content types in which a file may be sent. */
export const uploadTypes = [
  'multipart/form-data',
  'application/json',
  'text/csv',
  'text/tab-separated-values',
  'text/plain',
  'application/x-ndjson',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/zip',
  'application/x-zip-compressed',
  'application/gzip',
  'application/x-gzip',
  'application/octet-stream',
] as const;

/** What the choices of the sender, which may stand behind the file, can put right: it is judged when all is there. */
const judgedLater: readonly string[] = ['UPLOAD_003', 'UPLOAD_007', 'IMP_004', 'IMP_005'];

/**
 * Streams an upload to the object storage while it is hashed and its first bytes are inspected.
 *
 * @throws DomainError an `UPLOAD_*` or `STORAGE_*` code; nothing is stored then.
 */
export async function receiveUpload(
  request: IncomingMessage,
  target: UploadTarget,
  filename: string | undefined,
): Promise<ReceivedUpload> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (request.headers['content-encoding'] !== undefined) throw new DomainError('UPLOAD_001');
  if (!uploadTypes.some((known) => known === type))
    throw new DomainError('HTTP_415', { accepted: uploadTypes });
  const body = requestBody(request, 'UPLOAD_005');
  const timer = setTimeout(() => body.destroy(new DomainError('UPLOAD_012')), target.limits.timeoutMs);
  try {
    if (type === 'multipart/form-data') return await receiveForm(request, body, target);
    if (type === 'application/json') return await receiveJson(request, body, target);
    return await store(body, target, { filename, mimeType: type });
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
}

interface Named {
  readonly filename: string | undefined;
  readonly mimeType: string;
}

async function store(source: Readable, target: UploadTarget, named: Named): Promise<ReceivedUpload> {
  const filename = displayName(named.filename);
  await target.announce({ filename, mimeType: named.mimeType });
  const stored = await target.objects.put(target.place, source, {
    maxBytes: target.limits.maxBytes,
    inspect: (firstBytes) => {
      refuseAtOnce(firstBytes, { filename, mimeType: named.mimeType });
    },
  });
  return { stored, filename, mimeType: named.mimeType, fields: {} };
}

function refuseAtOnce(firstBytes: Buffer, hint: DetectionHint): void {
  try {
    detectContent(firstBytes, hint);
  } catch (error) {
    if (error instanceof DomainError && judgedLater.includes(error.code)) return;
    throw error;
  }
}

async function receiveJson(
  request: IncomingMessage,
  body: Readable,
  target: UploadTarget,
): Promise<ReceivedUpload> {
  const limits = { maxBytes: target.limits.maxJsonBytes, maxDepth: 34 };
  const document = await readJson(request, limits, body);
  const fields = typeof document === 'object' && document !== null ? { ...document } : {};
  const records = 'file_data' in fields ? fields.file_data : undefined;
  if (!Array.isArray(records)) throw new DomainError('UPLOAD_009', { reason: 'file_data is not an array' });
  const received = await storeRecords(records, target, nameOf(fields) ?? 'file_data.json');
  const { file_data: _stored, ...rest } = { file_data: null, ...fields };
  return { ...received, fields: rest };
}

/**
 * Stores records that were sent as JSON values as if they were a file.
 *
 * @throws DomainError `UPLOAD_004` for none.
 */
export async function storeRecords(
  records: readonly unknown[],
  target: UploadTarget,
  filename: string,
): Promise<ReceivedUpload> {
  if (records.length === 0) throw new DomainError('UPLOAD_004');
  const source = Readable.from([Buffer.from(JSON.stringify(records))]);
  return store(source, target, { filename, mimeType: 'application/json' });
}

function nameOf(fields: object): string | undefined {
  const metadata = 'metadata' in fields ? fields.metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('filename' in metadata)) return undefined;
  return typeof metadata.filename === 'string' ? metadata.filename : undefined;
}

async function receiveForm(
  request: IncomingMessage,
  body: Readable,
  target: UploadTarget,
): Promise<ReceivedUpload> {
  const form = openForm(request);
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  let upload: Promise<ReceivedUpload> | undefined;
  let fault: DomainError | undefined;
  form.on('field', (name: string, value: string) => {
    fields[name] = value;
  });
  form.on('file', (...[, stream, filename, , mimeType]) => {
    const source = new PassThrough();
    // The form may break before anybody reads the file: its error is kept for the reader.
    pipeFile(stream, source, () => undefined);
    upload = store(source, target, { filename, mimeType });
    upload.catch((error: unknown) => {
      stream.resume();
      body.unpipe(form);
      form.destroy(error instanceof Error ? error : new Error('The upload failed'));
    });
  });
  for (const limit of ['partsLimit', 'fieldsLimit'] as const) {
    form.on(limit, () => {
      fault = new DomainError('HTTP_413', { reason: 'The form has too many parts' });
    });
  }
  form.on('filesLimit', () => {
    fault = new DomainError('UPLOAD_005', { reason: 'The form holds more than one file' });
  });
  await readForm(body, form, () => upload);
  if (fault !== undefined) {
    // What is still being stored would outlive its removal.
    if (upload !== undefined) await settled(upload);
    throw fault;
  }
  if (upload === undefined) throw new DomainError('UPLOAD_005', { reason: 'The form holds no file' });
  return { ...(await upload), fields };
}

function openForm(request: IncomingMessage): BusboyInstance {
  const contentType = request.headers['content-type'];
  if (contentType === undefined) throw new DomainError('UPLOAD_005');
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': contentType },
      limits: { files: 1, fields: 50, parts: 100, fieldSize: 64 * 1024, fieldNameSize: 200 },
    });
  } catch (error) {
    throw new DomainError('UPLOAD_005', { reason: 'The form has no boundary' }, { cause: error });
  }
}

async function readForm(
  body: Readable,
  form: BusboyInstance,
  upload: () => Promise<ReceivedUpload> | undefined,
): Promise<void> {
  try {
    await pipeline(body, form);
  } catch (error) {
    const stored = upload();
    const storeFault = stored === undefined ? undefined : await settled(stored);
    if (storeFault instanceof DomainError) throw storeFault;
    if (error instanceof DomainError) throw error;
    throw new DomainError('UPLOAD_005', { reason: 'The form is truncated' }, { cause: error });
  }
}

async function settled(upload: Promise<ReceivedUpload>): Promise<unknown> {
  try {
    await upload;
    return undefined;
  } catch (error) {
    return error;
  }
}
