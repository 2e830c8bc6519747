import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { insertObject, setObjectDeleted, setObjectReady } from '../../db/imports/objects';
import { inTenant } from '../../db/connection/tenant';
import { objectKey } from '../../objects/object-store';
import type { RouteInput } from '../route';
import type { ApiServices } from '../services';
import { type ReceivedUpload, receiveUpload, storeRecords, type UploadTarget } from '../uploads';

export interface ReceivedFile extends ReceivedUpload {
  readonly objectId: string;
}

type Caller = Pick<RouteInput, 'tenant' | 'actor' | 'ctx'>;

/** Receives the file of a request into the object storage; its row is `ready` afterwards, or `deleted`. */
export function receiveFile(services: ApiServices, caller: Caller): Promise<ReceivedFile> {
  return keep(services, caller, (target) => receiveUpload(caller.ctx.req, target, fileName(caller.ctx)));
}

/** The same for records that stood in a JSON document. */
export function receiveRecords(
  services: ApiServices,
  caller: Caller,
  records: readonly unknown[],
): Promise<ReceivedFile> {
  return keep(services, caller, (target) => storeRecords(records, target, 'records.json'));
}

async function keep(
  services: ApiServices,
  { tenant, actor }: Caller,
  receive: (target: UploadTarget) => Promise<ReceivedUpload>,
): Promise<ReceivedFile> {
  const objectId = randomUUID();
  const place = { ...tenant, objectId };
  const target: UploadTarget = {
    place,
    objects: services.objects,
    limits: services.settings.upload,
    announce: async ({ filename, mimeType: mediaType }) => {
      const entry = {
        id: objectId,
        kind: 'upload',
        storageKey: objectKey(place),
        filename,
        mediaType,
      } as const;
      await inTenant(services.app, tenant, (trx) => insertObject(trx, { ...entry, createdBy: actor.userId }));
    },
  };
  try {
    const received = await receive(target);
    await inTenant(services.app, tenant, (trx) => setObjectReady(trx, objectId, received.stored));
    return { ...received, objectId };
  } catch (error) {
    await discardFile(services, { tenant }, objectId);
    throw error;
  }
}

/** Removes a stored file that nothing will use; what cannot be removed now is left to the sweeper. */
export async function discardFile(
  services: ApiServices,
  { tenant }: Pick<RouteInput, 'tenant'>,
  objectId: string,
): Promise<void> {
  try {
    await services.objects.remove(tenant, objectKey({ ...tenant, objectId }));
    await inTenant(services.app, tenant, (trx) => setObjectDeleted(trx, objectId));
  } catch (error) {
    services.warn('An unused upload was left to the sweeper', { ...tenant, objectId, error });
  }
}

/** Name of a file that is the whole body: `?filename=`, else that of `Content-Disposition`. */
function fileName(ctx: Context): string | undefined {
  const given = ctx.query['filename'];
  if (typeof given === 'string') return given;
  const disposition = ctx.get('content-disposition');
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1];
}
