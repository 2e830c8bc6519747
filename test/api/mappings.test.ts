import { startFlow, untilStatus } from '../support/api-flows';
import { eventually } from '../support/eventually';
import { useApiWithWorker } from '../support/use-api';

const api = useApiWithWorker();

const file =
  'Name,Environment,Feld 7,IP Address\nweb01,Production,Shop front,10.0.0.1\ndb01,Test,Orders,10.0.0.2\n';

interface Waiting {
  readonly flowId: string;
  readonly importId: string;
  readonly version: number;
}

async function waiting(content = file): Promise<Waiting> {
  const flow = await startFlow(api, { content });
  const { gate_version: version } = await untilStatus(api, flow.flowId, 'waiting_for_approval');
  return { ...flow, version };
}

async function mappingsOf(flowId: string) {
  const { body } = await api.call(`/unified-discovery/flows/${flowId}/field-mappings`);
  return body;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a mapping of the answer
function byColumn(mappings: readonly { source_field: string }[], column: string): any {
  return mappings.find(({ source_field }) => source_field === column);
}

test('mappings are shown under both names, with reasons, samples and the version to decide on', async () => {
  const { flowId, importId, version } = await waiting();

  const body = await mappingsOf(flowId);
  const ofImport = await api.call(`/data-import/field-mappings/imports/${importId}/mappings`);

  expect(body).toMatchObject({ success: true, count: 4, version, waiting: true });
  expect(body.field_mappings).toEqual(body.mappings);
  expect(byColumn(body.mappings, 'Name')).toMatchObject({
    target_field: 'name',
    status: 'pending',
    mapping_type: 'ai',
    confidence: expect.any(Number),
    confidence_score: expect.any(Number),
    sample_values: expect.arrayContaining(['web01']),
  });
  expect(ofImport.body.mappings).toEqual(body.mappings);
});

test('a decision about one mapping is kept, seen in both lists, and raises the version', async () => {
  const { flowId, importId, version } = await waiting();
  const { id } = byColumn((await mappingsOf(flowId)).mappings, 'Feld 7');

  const changed = await api.call(`/data-import/field-mappings/mappings/${id}`, {
    method: 'PUT',
    json: { target_field: 'description', is_approved: true, unknown_key: 'is ignored' },
  });

  expect(changed.body).toMatchObject({
    target_field: 'description',
    status: 'approved',
    mapping_type: 'manual',
  });
  const after = await mappingsOf(flowId);
  expect(byColumn(after.mappings, 'Feld 7')).toMatchObject({
    target_field: 'description',
    status: 'approved',
  });
  expect(after.version).toBe(version + 1);
  const list = await api.call(`/data-import/field-mappings/imports/${importId}/mappings`);
  expect(byColumn(list.body.mappings, 'Feld 7').approved_by).toBe(api.caller.userId);
  const stale = await api.call(`/unified-discovery/flows/${flowId}/approve`, { json: { version } });
  expect(stale.body.error).toMatchObject({ code: 'FLOW_009', details: { current_version: version + 1 } });
});

test('suggesting again keeps what people decided', async () => {
  const { flowId, importId } = await waiting();
  const { id } = byColumn((await mappingsOf(flowId)).mappings, 'Feld 7');
  await api.call(`/data-import/field-mappings/mappings/${id}`, {
    method: 'PUT',
    json: { target_field: 'description', is_approved: true },
  });

  const generated = await api.call(`/data-import/field-mappings/imports/${importId}/generate`, {
    method: 'POST',
  });

  expect(generated.status).toBe(202);
  expect(generated.body).toMatchObject({ status: 'processing', task_id: expect.any(String) });
  await eventually(async () => {
    await untilStatus(api, flowId, 'waiting_for_approval');
    const { mappings } = await mappingsOf(flowId);
    expect(byColumn(mappings, 'Feld 7')).toMatchObject({ target_field: 'description', status: 'approved' });
  });
});

test('a target that does not exist, or that another column feeds, is refused', async () => {
  const { flowId } = await waiting();
  const { id } = byColumn((await mappingsOf(flowId)).mappings, 'Feld 7');
  const put = (target: string) =>
    api.call(`/data-import/field-mappings/mappings/${id}`, { method: 'PUT', json: { target_field: target } });

  const unknown = await put('no_such_attribute');
  const taken = await put('name');
  const shared = await put('ip_address');

  expect([unknown.status, unknown.body.error.code]).toEqual([422, 'MAP_003']);
  expect([taken.status, taken.body.error.code]).toEqual([409, 'MAP_002']);
  expect(taken.body.error.details.source_fields).toEqual(['Name']);
  expect([shared.status, shared.body.transformation.combine]).toEqual([200, 'list']);
});

test('approvals and rejections are remembered for the engagement', async () => {
  const { flowId } = await waiting();
  const { mappings } = await mappingsOf(flowId);
  const before = await api.call('/data-import/learning-statistics');

  const approved = await api.call(
    `/data-import/field-mappings/${byColumn(mappings, 'Environment').id}/approve`,
    {
      json: { approval_note: 'Seen' },
    },
  );
  const rejected = await api.call(`/data-import/field-mappings/${byColumn(mappings, 'Feld 7').id}/reject`, {
    json: { rejection_reason: 'It is the purpose', alternative_suggestion: 'description' },
  });

  expect(approved.body).toMatchObject({
    action: 'approve',
    success: true,
    learned_pattern_id: expect.any(String),
  });
  expect(rejected.body.mapping).toMatchObject({ target_field: 'description', status: 'approved' });
  const after = await api.call('/data-import/learning-statistics');
  expect(after.body.total_learned_mappings).toBeGreaterThan(before.body.total_learned_mappings);
  const next = await waiting(file.replaceAll('web01', 'web77'));
  const learnt = byColumn((await mappingsOf(next.flowId)).mappings, 'Feld 7');
  expect(learnt.target_field).toBe('description');
});

test('several decisions are all made, or none', async () => {
  const { flowId } = await waiting();
  const { mappings } = await mappingsOf(flowId);
  const [one, two] = [byColumn(mappings, 'Name').id, byColumn(mappings, 'Feld 7').id];

  const broken = await api.call('/data-import/field-mappings/learn', {
    json: {
      actions: [
        { mapping_id: one, action: 'approve' },
        { mapping_id: two, action: 'reject', alternative_suggestion: 'no_such_attribute' },
      ],
    },
  });
  const after = await mappingsOf(flowId);
  const everywhere = await api.call('/data-import/field-mappings/learn', {
    json: { actions: [{ mapping_id: one, action: 'approve' }], learn_globally: true },
  });

  expect([broken.status, broken.body.error.code]).toEqual([422, 'MAP_003']);
  expect(byColumn(after.mappings, 'Name').status).toBe('pending');
  expect(everywhere.status).toBe(422);
  const whole = await api.call('/data-import/field-mappings/learn', {
    json: {
      actions: [
        { mapping_id: one, action: 'approve' },
        { mapping_id: two, action: 'reject' },
      ],
    },
  });
  expect(whole.body).toMatchObject({ total_actions: 2, successful_actions: 2, failed_actions: 0 });
});

test('a whole decision document is applied on the version that was read, and can pass the gate', async () => {
  const { flowId, version } = await waiting();
  const { mappings } = await mappingsOf(flowId);
  const document = {
    mappings: [
      { id: byColumn(mappings, 'Feld 7').id, status: 'approved', target_field: 'description' },
      { id: byColumn(mappings, 'Environment').id, status: 'rejected' },
    ],
  };
  const put = (json: unknown) =>
    api.call(`/unified-discovery/flows/${flowId}/field-mappings`, { method: 'PUT', json });

  const without = await put(document);
  const stale = await put({ ...document, version: version + 5 });
  const strict = await put({ ...document, version, surprise: true });
  const done = await put({ ...document, version, approve: true });

  expect([without.status, without.body.error.code]).toEqual([428, 'FLOW_010']);
  expect([stale.status, stale.body.error.code]).toEqual([409, 'FLOW_009']);
  expect([strict.status, strict.body.error.code]).toEqual([422, 'VAL_002']);
  expect(done.status).toBe(200);
  await untilStatus(api, flowId, 'completed');
  const { body } = await api.call(`/unified-discovery/assets?flow_id=${flowId}`);
  const web = body.assets.find(({ name }: { name: string }) => name === 'web01');
  expect(web.description).toBe('Shop front');
});

test('an inventory without any name cannot be approved', async () => {
  const { flowId } = await waiting('Name,Environment\nweb01,Production\ndb01,Test\n');
  const { id } = byColumn((await mappingsOf(flowId)).mappings, 'Name');
  await api.call(`/data-import/field-mappings/mappings/${id}`, { method: 'DELETE' });
  const { version } = await mappingsOf(flowId);

  const refused = await api.call(`/unified-discovery/flows/${flowId}/approve`, { json: { version } });

  expect([refused.status, refused.body.error.code]).toEqual([422, 'MAP_004']);
});

test('mappings that are approved cannot be changed any more', async () => {
  const { flowId, version } = await waiting();
  const { id } = byColumn((await mappingsOf(flowId)).mappings, 'Feld 7');
  await api.call(`/unified-discovery/flows/${flowId}/approve`, { json: { version } });

  const late = await api.call(`/data-import/field-mappings/mappings/${id}`, {
    method: 'PUT',
    json: { target_field: 'description' },
  });

  expect([late.status, late.body.error.code]).toEqual([409, 'FLOW_003']);
});

test('critical attributes are counted over the mapped columns', async () => {
  const { flowId } = await waiting();

  const { body } = await api.call(`/data-import/critical-attributes-status?flow_id=${flowId}`);

  expect(body.critical_fields_total).toBe(22);
  expect(body.critical_fields_mapped + body.missing_fields.length).toBe(22);
  expect(body.attributes).toContainEqual(
    expect.objectContaining({ name: 'network_configuration', coverage: 'covered' }),
  );
});

test('the attributes to map to are listed with their categories', async () => {
  const fields = await api.call('/data-import/available-target-fields');
  const categories = await api.call('/data-import/target-field-categories');

  const counted = categories.body.categories.reduce(
    (sum: number, { fields_count }: { fields_count: number }) => sum + fields_count,
    0,
  );
  expect(counted).toBe(fields.body.fields.length);
  expect(fields.body.fields).toContainEqual(
    expect.objectContaining({ name: 'cpu_cores', data_type: 'number', category: 'hardware' }),
  );
});
