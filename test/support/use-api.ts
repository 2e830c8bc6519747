import { startTestApi, type TestApi } from './api-server';
import { startTestWorker, type TestWorker } from './api-worker';

/** The API with a worker, from before the first test of a file to after its last; its members are there in tests. */
export function useApiWithWorker(): TestApi {
  let api: TestApi;
  let worker: TestWorker;

  beforeAll(async () => {
    api = await startTestApi();
    worker = await startTestWorker(api);
  });

  afterAll(async () => {
    await worker.stop();
    await api.close();
  });

  return new Proxy({} as TestApi, {
    get: (_, member) => Reflect.get(api, member) as unknown,
  }); // nobody sees the empty object behind it
}
