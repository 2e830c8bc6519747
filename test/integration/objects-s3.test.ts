import { createServer, connect, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import {
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { createS3ObjectStore } from '../../src/objects/s3-object-store';
import { killDuringUpload } from '../support/killed-upload';
import { accept, aPlace, bytesOf, describeObjectStore } from '../support/object-store-contract';
import { provideS3Python, type S3Server, startS3Server } from '../support/s3-server';

const found = provideS3Python();
const python = 'python' in found ? found.python : '';
const suite = 'python' in found ? 'S3 storage' : `S3 storage (skipped: ${found.problem})`;
const describeWithServer = 'python' in found ? describe : describe.skip;

describeWithServer(suite, () => {
  let server: S3Server;
  let client: S3Client;
  beforeAll(async () => {
    server = await startS3Server(python);
    const { region, endpoint = '', credentials } = server.settings;
    client = new S3Client({ region, endpoint, forcePathStyle: true, ...(credentials && { credentials }) });
  });
  afterAll(async () => {
    client.destroy();
    await server.stop();
  });

  const Bucket = 'surveyor-test';
  const names = async (): Promise<string[]> => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    return Contents.map(({ Key = '' }) => Key);
  };
  const openUploads = async (): Promise<number> =>
    (await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.length ?? 0;

  describeObjectStore(() => ({ store: createS3ObjectStore(server.settings), names }));

  test('no upload that was refused or broke off left parts behind', async () => {
    expect(await openUploads()).toBe(0);
  });

  test('a killed upload is never visible, and removing its object removes its parts', async () => {
    const store = createS3ObjectStore(server.settings);
    const place = aPlace();
    const key = `${place.clientAccountId}/${place.engagementId}/${place.objectId}`;

    await killDuringUpload(
      { kind: 's3', settings: server.settings },
      place,
      async () => (await openUploads()) > 0,
    );
    const left = await openUploads();
    await expect(store.open(place, key)).rejects.toMatchObject({ code: 'STORAGE_004' });
    await store.remove(place, key);

    expect(left).toBe(1);
    expect(await openUploads()).toBe(0);
  });

  test('the service is asked for the encryption of the settings', async () => {
    const encryption = { kind: 'aws:kms', keyId: 'alias/surveyor' } as const;
    const store = createS3ObjectStore({ ...server.settings, encryption });

    const { key } = await store.put(aPlace(), Readable.from([Buffer.from('a,b\n')]), accept);

    const stored = await client.send(new HeadObjectCommand({ Bucket, Key: key }));
    expect(stored).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/surveyor' });
  });

  test('a service that cannot be reached is an outage, and unhealthy', async () => {
    const store = createS3ObjectStore({ ...server.settings, endpoint: 'http://127.0.0.1:9' });
    const place = aPlace();
    const key = `${place.clientAccountId}/${place.engagementId}/${place.objectId}`;
    const outage = { code: 'STORAGE_001' };

    expect(await store.isHealthy()).toBe(false);
    await expect(store.put(place, Readable.from([Buffer.from('a')]), accept)).rejects.toMatchObject(outage);
    await expect(store.open(place, key)).rejects.toMatchObject(outage);
    await expect(bytesOf(store.bytes(place, key, 5).read())).rejects.toMatchObject(outage);
  });

  test('a bucket that is not there is an outage, not an unknown upload', async () => {
    const store = createS3ObjectStore({ ...server.settings, bucket: 'no-such-bucket' });
    const place = aPlace();
    const key = `${place.clientAccountId}/${place.engagementId}/${place.objectId}`;

    expect(await store.isHealthy()).toBe(false);
    await expect(store.open(place, key)).rejects.toMatchObject({ code: 'STORAGE_001' });
  });

  test('a connection that dies in the middle of an upload is an outage and leaves nothing visible', async () => {
    const cut = await cutAfter(server.port, 10 * 1024 ** 2);
    const store = createS3ObjectStore({ ...server.settings, endpoint: `http://127.0.0.1:${cut.port}` });
    const place = aPlace();
    const source = Readable.from(Array.from({ length: 30 }, () => Buffer.alloc(1024 ** 2)));

    await expect(store.put(place, source, accept)).rejects.toMatchObject({ code: 'STORAGE_001' });

    expect((await names()).filter((name) => name.includes(place.objectId))).toEqual([]);
    await cut.close();
  });
});

/** A way to a server that is cut, for good, when so many bytes went to it. */
async function cutAfter(
  target: number,
  limit: number,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  let passed = 0;
  const proxy: Server = createServer((inner) => {
    const outer = connect(target, '127.0.0.1');
    const end = (): void => {
      inner.destroy();
      outer.destroy();
    };
    inner.on('error', end).on('close', end);
    outer.on('error', end).on('close', end);
    inner.on('data', (bytes) => {
      passed += bytes.length;
      if (passed > limit) end();
      else outer.write(bytes);
    });
    outer.pipe(inner);
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      proxy.close(() => resolve());
    });
  // A server that listens on a port has an address of this kind.
  return { port: (proxy.address() as AddressInfo).port, close };
}
