import { aForm } from '../support/api-server';
import { eventually } from '../support/eventually';
import { useApiWithWorker } from '../support/use-api';

const api = useApiWithWorker();

const servers =
  'Name,IP Address,Operating System,Environment\nweb01,10.0.0.1,Windows Server 2019,Production\ndb01,10.0.0.2,RHEL 8,Test\n';

test('an uploaded file starts a flow that waits for the approval of its mappings', async () => {
  const started = await api.call('/data-import/store-import', { body: aForm(servers) });

  expect(started.status).toBe(201);
  const flowId: string = started.body.flow_id;
  expect(started.headers.get('location')).toBe(`/api/v1/master-flows/${flowId}`);
  const flow = await eventually(async () => {
    const { body } = await api.call(`/unified-discovery/flows/${flowId}/status?include_details=true`);
    expect(body).toMatchObject({ detailed_status: 'waiting_for_approval', waiting_for: 'mapping_approval' });
    return body;
  });
  expect(flow).toMatchObject({ status: 'paused', rows: { read: 2, accepted: 2, rejected: 0 } });
  const mappings = await api.call(`/unified-discovery/flows/${flowId}/field-mappings`);
  expect(mappings.body.mappings).toHaveLength(4);
  const approved = await api.call(`/unified-discovery/flows/${flowId}/approve`, {
    json: { gate: flow.waiting_for, version: flow.gate_version },
  });
  expect(approved.body).toMatchObject({ success: true, status: 'running' });
  expect(approved.status).toBe(200);
});
