import { addAbortSignal, Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { DomainError } from '../domain/errors';
import type { UploadBytes } from '../intake/types';
import { inspectBytesOf } from './inspected-bytes';
import { checkedKey, ownKey } from './object-key';
import { objectKey, type ObjectStore, type StoredObject } from './object-store';
import { translateS3Error } from './s3-errors';

/** A bucket of an S3 service and how it is reached. */
export interface S3Settings {
  readonly bucket: string;
  readonly region: string;
  /** Absent: the address of AWS for the region. */
  readonly endpoint?: string;
  /** Whether the bucket stands in the path instead of the host name. */
  readonly pathStyle: boolean;
  /** Absent: the chain of the AWS SDK (environment, profile, role of the container or machine). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** How the service encrypts what it stores; absent: as the bucket says. */
  readonly encryption?: { readonly kind: 'AES256' | 'aws:kms'; readonly keyId?: string };
}

/** Smallest part that S3 takes but for the last; memory of an upload is this times the parts in flight. */
const partBytes = 8 * 1024 * 1024;
const partsInFlight = 2;
const attempts = 3;
const connectMs = 3_000;
const silenceMs = 30_000;
const healthMs = 2_000;

interface Access {
  readonly client: S3Client;
  readonly settings: S3Settings;
}

/**
 * Object storage in a bucket. An upload is a multipart upload that is completed when every byte has passed the limit
 * and the inspection, and aborted otherwise, so nothing is visible before. Parts of a killed process stay invisible and
 * go with `remove`.
 */
export function createS3ObjectStore(settings: S3Settings): ObjectStore {
  const client = createClient(settings);
  const access = { client, settings };
  const Bucket = settings.bucket;
  return {
    put: (...upload) => putObject(access, ...upload),
    open: async (tenant, key) => {
      const Key = ownKey(tenant, key);
      try {
        const body = await getObject(access, { Key });
        return streamOf(() => Promise.resolve(body));
      } catch (error) {
        throw translateS3Error(error);
      }
    },
    read: (tenant, key, signal) => {
      const Key = ownKey(tenant, key);
      return streamOf(() => getObject(access, { Key }, signal), signal);
    },
    bytes: (tenant, key, size, signal) => bytesOf(access, { Key: ownKey(tenant, key), size }, signal),
    remove: async (tenant, key) => {
      const name = { Bucket, Key: ownKey(tenant, key) };
      try {
        await client.send(new DeleteObjectCommand(name));
        await abortUploads(client, name);
      } catch (error) {
        throw translateS3Error(error);
      }
    },
    isHealthy: async () => {
      try {
        await client.send(new HeadBucketCommand({ Bucket }), { abortSignal: AbortSignal.timeout(healthMs) });
        return true;
      } catch {
        return false;
      }
    },
  };
}

async function putObject(
  { client, settings }: Access,
  ...[place, source, options]: Parameters<ObjectStore['put']>
): Promise<StoredObject> {
  const key = checkedKey(objectKey(place));
  const name = { Bucket: settings.bucket, Key: key };
  const upload = inspectBytesOf(source, options);
  const body = Readable.from(upload.bytes(), { objectMode: false });
  try {
    const params = { ...name, Body: body, ...encryptionOf(settings) };
    await new Upload({ client, params, partSize: partBytes, queueSize: partsInFlight }).done();
    const { size, sha256 } = upload.result();
    await assertStored(client, name, size);
    return { key, size, sha256 };
  } catch (error) {
    const refusal = upload.refusal();
    throw refusal === undefined ? translateS3Error(error, { isCancellable: false }) : refusal.error;
  } finally {
    body.destroy();
    source.destroy();
  }
}

async function getObject(
  { client, settings }: Access,
  what: { readonly Key: string; readonly Range?: string },
  signal?: AbortSignal,
): Promise<Readable> {
  const command = new GetObjectCommand({ Bucket: settings.bucket, ...what });
  const { Body } = await client.send(command, signal === undefined ? {} : { abortSignal: signal });
  return Body as Readable; // in Node the SDK answers a readable stream
}

function bytesOf(
  access: Access,
  { Key, size }: { readonly Key: string; readonly size: number },
  signal?: AbortSignal,
): UploadBytes {
  const read: UploadBytes['read'] = ({ start = 0, end = size } = {}) => {
    const last = Math.min(end, size) - 1;
    if (start > last) return Readable.from([]);
    return streamOf(() => getObject(access, { Key, Range: `bytes=${start}-${last}` }, signal), signal);
  };
  return { size, read };
}

function createClient({ region, endpoint, pathStyle, credentials }: S3Settings): S3Client {
  return new S3Client({
    region,
    forcePathStyle: pathStyle,
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: connectMs, requestTimeout: silenceMs, throwOnRequestTimeout: true },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
}

function encryptionOf({
  encryption,
}: S3Settings): Pick<PutObjectCommandInput, 'ServerSideEncryption' | 'SSEKMSKeyId'> {
  if (encryption === undefined) return {};
  const { kind, keyId } = encryption;
  return { ServerSideEncryption: kind, ...(keyId === undefined ? {} : { SSEKMSKeyId: keyId }) };
}

interface ObjectName {
  readonly Bucket: string;
  readonly Key: string;
}

/** Each part is checked by its CRC on the way; here, that the whole is as long as what was sent. */
async function assertStored(client: S3Client, name: ObjectName, size: number): Promise<void> {
  const { ContentLength } = await client.send(new HeadObjectCommand(name));
  if (ContentLength === size) return;
  await client.send(new DeleteObjectCommand(name));
  throw new DomainError('STORAGE_002', { sent_bytes: size, stored_bytes: ContentLength ?? 0 });
}

/** Ends uploads of this key that a killed process left open. */
async function abortUploads(client: S3Client, { Bucket, Key }: ObjectName): Promise<void> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
  for (const { UploadId } of Uploads) {
    if (UploadId !== undefined) await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  }
}

/** A stream whose failures, that of its opening included, are told in our words; it ends with the signal. */
function streamOf(open: () => Promise<Readable>, signal?: AbortSignal): Readable {
  return Readable.from(chunksOf(open, signal), { objectMode: false });
}

async function* chunksOf(open: () => Promise<Readable>, signal?: AbortSignal): AsyncGenerator<Buffer> {
  try {
    const body = await open();
    // The SDK lets go of the signal once the answer begins.
    if (signal !== undefined) addAbortSignal(signal, body);
    yield* body as AsyncIterable<Buffer>; // bodies of answers are byte streams without an encoding
  } catch (error) {
    throw translateS3Error(error);
  }
}
