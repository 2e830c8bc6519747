import { startFlow, untilStatus } from '../support/api-flows';
import { eventually } from '../support/eventually';
import { verifyDatabase } from '../../src/db/checks/verify';
import { useApiWithWorker } from '../support/use-api';

const api = useApiWithWorker();

const whole = { processing_config: JSON.stringify({ import_policy: 'all_or_nothing' }) };

/** Every row can be read; that one of them names nothing is found by cleansing. */
const withNameless = (name: string): string =>
  ['Name,OS,IP Address', `${name},Ubuntu 22.04,10.0.0.1`, ',Ubuntu 22.04,10.0.0.2', ''].join('\n');

async function names(): Promise<string[]> {
  const { body } = await api.call('/unified-discovery/assets?limit=200');
  return body.assets.map(({ name }: { name: string }) => name);
}

/** Approves a flow when all of its files wait for it. */
async function approveAll(flowId: string, files: number): Promise<void> {
  const version = await eventually(async () => {
    const { body } = await api.call(`/unified-discovery/flows/${flowId}/field-mappings`);
    const imports = new Set(body.mappings.map(({ import_id: id }: { import_id: string }) => id));
    if (imports.size < files) throw new Error(`${files} files are awaited`);
    return (await untilStatus(api, flowId, 'waiting_for_approval')).gate_version;
  });
  await api.call(`/unified-discovery/flows/${flowId}/approve`, { json: { version } });
}

test('a flow whose only import is rejected as a whole by cleansing fails, and can be cancelled', async () => {
  const { flowId } = await startFlow(api, { content: withNameless('alone01'), fields: whole, mode: 'auto' });
  const failed = await untilStatus(api, flowId, 'failed');

  await api.call(`/unified-discovery/flows/${flowId}/cancel`, { method: 'POST' });

  await untilStatus(api, flowId, 'cancelled');
  expect(failed.failure).toMatchObject({ code: 'IMP_008' });
  expect(await names()).not.toContain('alone01');
});

test('the other imports of a flow go on without the one that is rejected as a whole', async () => {
  const { flowId, importId } = await startFlow(api, { content: withNameless('whole01'), fields: whole });
  await startFlow(api, { content: 'Name,OS\nother01,Ubuntu 22.04\n', fields: { flow_id: flowId } });

  await approveAll(flowId, 2);
  await untilStatus(api, flowId, 'completed');

  const { body: imported } = await api.call(`/data-import/imports/${importId}`);
  const { body: ledger } = await api.call(`/data-import/imports/${importId}/ledger`);
  expect(imported).toMatchObject({ status: 'failed', failure: { code: 'IMP_008' } });
  expect(ledger.rows).toEqual({ read: 2, accepted: 0, skipped: 1, rejected: 1 });
  expect(await names()).toContain('other01');
  expect(await names()).not.toContain('whole01');
  const { rules } = await verifyDatabase(api.database.pools);
  expect(rules.filter(({ count }) => count > 0)).toEqual([]);
});
