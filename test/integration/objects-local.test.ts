import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLocalObjectStore } from '../../src/objects/local-object-store';
import { killDuringUpload } from '../support/killed-upload';
import { accept, aPlace, describeObjectStore } from '../support/object-store-contract';
import { Readable } from 'node:stream';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'surveyor-objects-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function names(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

describeObjectStore(() => ({ store: createLocalObjectStore(folder), names }));

test('a killed upload is never visible, and removing its object removes what it left', async () => {
  const store = createLocalObjectStore(folder);
  const place = aPlace();
  const key = `${place.clientAccountId}/${place.engagementId}/${place.objectId}`;

  const ofPlace = async (): Promise<string[]> =>
    (await names()).filter((name) => name.includes(place.objectId));
  await killDuringUpload({ kind: 'local', folder }, place, async () => (await ofPlace()).length > 0);
  const left = await ofPlace();
  await expect(store.open(place, key)).rejects.toMatchObject({ code: 'STORAGE_004' });
  await store.remove(place, key);

  expect(left).toEqual([expect.stringMatching(/^incoming\//)]);
  expect(await ofPlace()).toEqual([]);
});

test('a storage that is no folder is unhealthy and refuses uploads as an outage', async () => {
  const file = path.join(folder, 'a-file');
  await writeFile(file, '');
  const store = createLocalObjectStore(file);

  expect(await store.isHealthy()).toBe(false);
  await expect(store.put(aPlace(), Readable.from([Buffer.from('a')]), accept)).rejects.toMatchObject({
    code: 'STORAGE_001',
  });
});
