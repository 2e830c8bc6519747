import { randomUUID } from 'node:crypto';
import { insertAuditEvent, listAuditEvents } from '../../src/db/accounts/audit';
import {
  countHangingTasks,
  findBackgroundTask,
  listBackgroundTasks,
  noteTasks,
  type TaskNote,
} from '../../src/db/flows/background-tasks';
import {
  countFlowErrors,
  insertFlowError,
  listFlowErrors,
  resolveFlowErrors,
} from '../../src/db/flows/flow-errors';
import {
  claimIdempotencyKey,
  deleteExpiredIdempotencyKeys,
  finishIdempotencyKey,
  type IdempotencyScope,
  releaseIdempotencyKey,
  setIdempotencyFingerprint,
} from '../../src/db/flows/idempotency';
import { insertObject, listOrphanObjects, setObjectDeleted } from '../../src/db/imports/objects';
import { inAuthScope, inSystemScope } from '../../src/db/connection/scopes';
import {
  countSecurityViolations,
  insertSecurityViolation,
  listSecurityViolations,
} from '../../src/db/accounts/security-violations';
import { inTenant, type TenantTrx } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, asSuperuser, createTestDatabase, type TestDatabase } from '../support/database';
import { addFlow, addReadyObject } from '../support/flow-rows';

let database: TestDatabase;
let tenant: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await addTenant(database);
});

afterAll(async () => {
  await database.drop();
});

const run = <T>(work: (trx: TenantTrx) => Promise<T>) => inTenant(database.pools.app, tenant, work);
const inAnHour = () => new Date(Date.now() + 3_600_000);
const aKey = (): IdempotencyScope => ({ userId: randomUUID(), route: 'POST /flows', key: randomUUID() });
const claim = (scope: IdempotencyScope, expiresAt = inAnHour()) =>
  run((trx) => claimIdempotencyKey(trx, scope, { fingerprint: 'f', expiresAt }));

test('of many equal requests at once one claims the key, the others learn that it is in progress', async () => {
  const scope = aKey();

  const answers = await Promise.all(Array.from({ length: 10 }, () => claim(scope)));

  expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
  expect(answers.find(Boolean)).toMatchObject({ state: 'in_progress', fingerprint: 'f' });
});

test('a finished request is answered again with what it answered first', async () => {
  const scope = aKey();
  await claim(scope);

  await run((trx) => setIdempotencyFingerprint(trx, scope, 'body'));
  await run((trx) =>
    finishIdempotencyKey(trx, scope, { statusCode: 201, response: { flow_id: 'x' }, expiresAt: inAnHour() }),
  );

  expect(await claim(scope)).toMatchObject({
    state: 'done',
    statusCode: 201,
    response: { flow_id: 'x' },
    fingerprint: 'body',
  });
});

test('a released or expired key is free again', async () => {
  const [released, expired] = [aKey(), aKey()];
  await claim(released);
  await claim(expired, new Date(0));

  await run((trx) => releaseIdempotencyKey(trx, released));

  expect(await claim(released)).toBeUndefined();
  expect(await claim(expired, new Date(0))).toBeUndefined();
  expect(await run((trx) => deleteExpiredIdempotencyKeys(trx))).toBe(1);
});

test('a violation stays when the request that made it is rolled back', async () => {
  const actorUserId = randomUUID();

  const request = run(async () => {
    await inAuthScope(database.pools.auth, (trx) =>
      insertSecurityViolation(trx, {
        type: 'TENANT_VIOLATION',
        severity: 'high',
        actorUserId,
        ...tenant,
        route: '/flows/:id',
        method: 'GET',
        ip: '192.0.2.1',
        details: { kind: 'flow' },
      }),
    );
    throw new Error('refused');
  });

  await expect(request).rejects.toThrow('refused');
  const count = await inAuthScope(database.pools.auth, (trx) =>
    countSecurityViolations(trx, actorUserId, 'TENANT_VIOLATION', new Date(0)),
  );
  expect(count).toBe(1);
  expect(await run((trx) => listSecurityViolations(trx, { limit: 5 }))).toMatchObject([{ actorUserId }]);
});

test('an event is kept with its content hash, cannot be altered and is not seen by others', async () => {
  const other = await addTenant(database);
  await run((trx) =>
    insertAuditEvent(
      trx,
      { userId: randomUUID(), role: 'analyst', ip: '192.0.2.1' },
      {
        action: 'mapping.approved',
        resourceType: 'mapping',
        resourceId: randomUUID(),
        details: { columns: 3 },
      },
    ),
  );

  const tamper = run((trx) => trx.raw(`update audit.audit_log set details = '{}'`));
  await expect(tamper).rejects.toMatchObject({ code: '42501' });
  const remove = run((trx) => trx.raw('delete from audit.audit_log'));
  await expect(remove).rejects.toMatchObject({ code: '42501' });

  const [altered] = await asSuperuser(database, (query) =>
    query(
      'select count(*)::integer as count from audit.audit_log a where content_hash <> audit.content_hash(a)',
    ),
  );
  expect(altered).toEqual({ count: 0 });
  expect(await run((trx) => listAuditEvents(trx, { limit: 5 }))).toMatchObject([{ details: { columns: 3 } }]);
  expect(await inTenant(database.pools.app, other, (trx) => listAuditEvents(trx, { limit: 5 }))).toEqual([]);
});

test('a task is followed from start to end, and an attempt that was lost is closed by the next', async () => {
  const runId = randomUUID();
  const task = (attempt: number, more: Partial<TaskNote> = {}): TaskNote => ({
    id: `${runId}/1/${attempt}`,
    flowId: null,
    name: 'importData',
    workflowId: 'discovery/x',
    runId,
    activityId: '1',
    attempt,
    startedAt: new Date(Date.now() - 60_000),
    state: 'active',
    heartbeatAt: null,
    endedAt: null,
    ...more,
  });
  const note = (...notes: TaskNote[]) => noteTasks(database.pools.app, tenant, notes);
  await note(task(1));

  const hanging = await run((trx) => countHangingTasks(trx, new Date(Date.now() - 30_000)));
  await note(task(1, { heartbeatAt: new Date() }));
  const alive = await run((trx) => countHangingTasks(trx, new Date(Date.now() - 30_000)));
  await note(task(2));
  const failure = { code: 'IMP_001', type: 'DomainError', message: 'The import failed' };
  await note(task(2, { state: 'failed', endedAt: new Date(), failure }));
  await note(task(2));

  expect([hanging, alive]).toEqual([1, 0]);
  expect(await run((trx) => findBackgroundTask(trx, task(1).id))).toMatchObject({
    errorType: 'attempt_lost',
  });
  const failed = await run((trx) => listBackgroundTasks(trx, 'failed', 10));
  expect(failed).toContainEqual(expect.objectContaining({ id: task(2).id, errorCode: 'IMP_001' }));
  expect(failed.find((row) => row.id === task(2).id)?.durationMs).toBeGreaterThanOrEqual(60_000);
});

test('errors of a flow are listed, counted by code and resolved when it goes on', async () => {
  const { flowId } = await addFlow(database, tenant);
  const since = new Date(Date.now() - 60_000);
  const error = { flowId, phase: 'data_import', category: 'import', severity: 'high', message: 'x' } as const;
  await run(async (trx) => {
    await insertFlowError(trx, { ...error, code: 'IMP_001' });
    await insertFlowError(trx, { ...error, code: 'IMP_004' });
    await resolveFlowErrors(trx, flowId);
  });

  const errors = await run((trx) => listFlowErrors(trx, { flowId, since, limit: 10 }));

  expect(errors).toHaveLength(2);
  expect(errors.every((row) => row.resolvedAt !== null)).toBe(true);
  expect(await run((trx) => countFlowErrors(trx, since))).toEqual({ IMP_001: 1, IMP_004: 1 });
});

test('the sweeper finds uploads that no import uses', async () => {
  const unused = await run(addReadyObject);
  const gone = await run(addReadyObject);
  const broken = randomUUID();
  await run(async (trx) => {
    await setObjectDeleted(trx, gone);
    await insertObject(trx, {
      id: broken,
      kind: 'upload',
      storageKey: 'k',
      filename: null,
      mediaType: null,
      createdBy: null,
    });
  });
  await addFlow(database, tenant);

  const orphans = await inSystemScope(database.pools.system, (trx) =>
    listOrphanObjects(trx, inAnHour(), 100),
  );

  expect(new Set(orphans.map((orphan) => orphan.id))).toEqual(new Set([unused, broken]));
});
