import { startFlow, untilStatus } from '../support/api-flows';
import { asSuperuser } from '../support/database';
import { useApiWithWorker } from '../support/use-api';

const api = useApiWithWorker();

const servers =
  'Name,Environment,Feld 7,IP Address\nweb01,Production,Shop,10.0.0.1\ndb01,Test,Orders,10.0.0.2\n';

/** A file of a source, approved as it stands by the caller and taken to its end. */
async function approved(source: string, fields: Readonly<Record<string, string>> = {}, content = servers) {
  const flow = await startFlow(api, { content, fields: { source_name: source, ...fields } });
  const { gate_version: version } = await untilStatus(api, flow.flowId, 'waiting_for_approval');
  await api.call(`/unified-discovery/flows/${flow.flowId}/approve`, { json: { version } });
  await untilStatus(api, flow.flowId, 'completed');
  return flow;
}

async function newestRecipe() {
  const { body } = await api.call('/recipes?limit=1');
  return body.recipes[0];
}

test('an approval leaves a recipe that is listed, shown with its approvals, and applied to the next file', async () => {
  await approved('CMDB');

  const recipe = await newestRecipe();
  const { body: shown } = await api.call(`/recipes/${recipe.id}`);
  const next = await startFlow(api, { content: servers, fields: { source_name: 'CMDB' } });
  await untilStatus(api, next.flowId, 'waiting_for_approval');
  const { body: mappings } = await api.call(`/unified-discovery/flows/${next.flowId}/field-mappings`);

  expect(recipe).toMatchObject({
    version: 1,
    column_count: 4,
    created_by: api.caller.userId,
    retired_at: null,
  });
  expect(shown.columns[0]).toMatchObject({ source_field: 'Name', target_field: 'name' });
  expect(shown.applied_next).toEqual({ id: recipe.id, version: 1 });
  expect(shown.columns[0].approved_by).toBe(api.caller.userId);
  expect(mappings).toMatchObject({
    to_review: 0,
    recipes: [{ import_id: next.importId, recipe_id: recipe.id, version: 1, applied: 4, to_review: 0 }],
  });
  expect(mappings.mappings[0].agent_reasoning).toMatch(/^As approved on \d{4}-\d\d-\d\d, recipe version 1$/);
});

test('a flow that trusts recipes runs to its end without a person when nothing differs', async () => {
  await approved('Trusted');

  const approval = JSON.stringify({ mode: 'ask', recipe: 'auto' });
  const next = await startFlow(api, { content: servers, fields: { source_name: 'Trusted', approval } });

  const flow = await untilStatus(api, next.flowId, 'completed');
  expect(flow.waiting_for).toBeNull();
});

test('a retired recipe is kept, noted in the audit log once, and applied no more', async () => {
  await approved('Retired');
  const { id } = await newestRecipe();

  const retired = await api.call(`/recipes/${id}`, { method: 'DELETE' });
  const again = await api.call(`/recipes/${id}`, { method: 'DELETE' });
  const next = await startFlow(api, { content: servers, fields: { source_name: 'Retired' } });
  await untilStatus(api, next.flowId, 'waiting_for_approval');
  const { body: mappings } = await api.call(`/unified-discovery/flows/${next.flowId}/field-mappings`);

  expect(retired.status).toBe(200);
  expect(retired.body.retired_at).toEqual(expect.any(String));
  expect(retired.body.applied_next).toBeNull();
  expect(again.body.retired_at).toBe(retired.body.retired_at);
  expect(mappings).toMatchObject({ to_review: 4, recipes: [] });
  const events = await asSuperuser(api.database, (query) =>
    query(`select actor_user_id from audit.audit_log where action = 'recipe.retired' and resource_id = $1`, [
      id,
    ]),
  );
  expect(events).toEqual([{ actor_user_id: api.caller.userId }]);
});

test('the reading options of a source are used again when the request names it and says nothing itself', async () => {
  const titled = `Export of Monday,,,\nsecond line,x,y,z\n${servers}`;
  await approved('Titled', { processing_config: '{"header_line":3}' }, titled);

  const next = await startFlow(api, { content: titled, fields: { source_name: 'Titled' } });
  const other = await startFlow(api, {
    content: titled,
    fields: { source_name: 'Titled', options: '{"header_line":2}' },
  });
  await untilStatus(api, next.flowId, 'waiting_for_approval');
  await untilStatus(api, other.flowId, 'waiting_for_approval');

  const { body } = await api.call(`/unified-discovery/flows/${next.flowId}/field-mappings`);
  const { body: own } = await api.call(`/unified-discovery/flows/${other.flowId}/field-mappings`);
  expect(body.to_review).toBe(0);
  expect(own.mappings[0].source_field).toBe('second line');
});

test('options with which the next file has other headers are left aside', async () => {
  await approved('Changing', { processing_config: '{"header_line":2}' }, `Export of Monday,,,\n${servers}`);

  const plain = await startFlow(api, { content: servers, fields: { source_name: 'Changing' } });

  await untilStatus(api, plain.flowId, 'waiting_for_approval');
  const { body } = await api.call(`/unified-discovery/flows/${plain.flowId}/field-mappings`);
  expect(body.mappings[0].source_field).toBe('Name');
  expect(body.to_review).toBe(0);
});

test('the list goes on from its cursor', async () => {
  const { body: first } = await api.call('/recipes?limit=1');

  const { body: second } = await api.call(`/recipes?limit=1&cursor=${first.next_cursor}`);

  expect(second.recipes).toHaveLength(1);
  expect(second.recipes[0].id).not.toBe(first.recipes[0].id);
});
