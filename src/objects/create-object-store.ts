import { createLocalObjectStore } from './local-object-store';
import type { ObjectStore } from './object-store';
import { createS3ObjectStore, type S3Settings } from './s3-object-store';

/** Where objects lie, as the configuration tells it. */
export interface ObjectStorageSettings {
  readonly objectStore: 'local' | 's3';
  readonly objectsDir: string;
  readonly s3Bucket?: string | undefined;
  readonly s3Region: string;
  readonly s3Endpoint?: string | undefined;
  readonly s3PathStyle: boolean;
  readonly s3AccessKeyId?: string | undefined;
  readonly s3SecretAccessKey?: string | undefined;
  readonly s3Encryption?: 'AES256' | 'aws:kms' | undefined;
  readonly s3KmsKeyId?: string | undefined;
}

/** The storage that was chosen; there is no other when it fails. */
export function createObjectStore(settings: ObjectStorageSettings): ObjectStore {
  switch (settings.objectStore) {
    case 'local':
      return createLocalObjectStore(settings.objectsDir);
    case 's3':
      return createS3ObjectStore(bucketOf(settings));
  }
}

function bucketOf(settings: ObjectStorageSettings): S3Settings {
  const { s3Bucket: bucket, s3Endpoint: endpoint, s3Encryption: kind, s3KmsKeyId: keyId } = settings;
  const { s3AccessKeyId: accessKeyId, s3SecretAccessKey: secretAccessKey } = settings;
  if (bucket === undefined) throw new Error('The bucket of stored objects is not named');
  const hasKey = accessKeyId !== undefined && secretAccessKey !== undefined;
  return {
    bucket,
    region: settings.s3Region,
    pathStyle: settings.s3PathStyle,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(hasKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
    ...(kind === undefined ? {} : { encryption: { kind, ...(keyId === undefined ? {} : { keyId }) } }),
  };
}
