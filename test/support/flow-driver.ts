import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FlowDirectory } from '../../src/activities/reconcile/flow-directory';
import { systemActor } from '../../src/db/accounts/audit';
import { acceptCommand } from '../../src/db/flows/commands';
import type { FlowStatusRow } from '../../src/db/flows/flow-rows';
import { decideGate, listGates } from '../../src/db/flows/gates';
import { insertObject, setObjectReady } from '../../src/db/imports/objects';
import { readFlowStatus } from '../../src/db/hot-reads';
import { inTenant } from '../../src/db/connection/tenant';
import { discoveryWorkflowId } from '../../src/domain/flow/ids';
import { defaultFlowLimits, type FlowLimits } from '../../src/domain/flow/limits';
import { defaultFlowPolicy, type DiscoveryFlowInput, type Tenant } from '../../src/domain/flow/messages';
import type { Phase } from '../../src/domain/flow/phases';
import type { CommandType, FlowStatus } from '../../src/domain/flow/status';
import { createLocalObjectStore } from '../../src/objects/local-object-store';
import { objectKey } from '../../src/objects/object-store';
import { createFlowDirectory } from '../../src/worker-directory';
import type { discoveryFlow } from '../../src/workflows';
import { eventually } from './eventually';
import type { TestStack } from './stack';

/** A lost worker is noticed after five seconds, so that tests need not wait longer. */
const limits: FlowLimits = { ...defaultFlowLimits, heartbeatMs: 5_000, retryInitialMs: 200 };

export interface FlowPlan {
  readonly content: string | Buffer;
  readonly filename?: string;
  readonly approval?: 'ask' | 'auto';
  readonly tenant?: Tenant;
}

/** Does what the API does, without one: rows first, then Temporal. */
export class FlowDriver {
  private readonly directory: FlowDirectory;

  constructor(private readonly stack: TestStack) {
    this.directory = createFlowDirectory(stack.client, stack.taskQueue);
  }

  /** Stores a file and starts a flow with it; answers the flow's id. */
  async start({ content, filename = 'servers.csv', approval = 'auto', tenant }: FlowPlan): Promise<string> {
    const owner = tenant ?? this.stack.tenant;
    const flowId = randomUUID();
    const objectId = await this.store(owner, content, filename);
    const input: DiscoveryFlowInput = {
      ...owner,
      flowId,
      userId: randomUUID(),
      flowName: filename,
      fingerprint: 'a'.repeat(64),
      import: { importId: randomUUID(), objectId },
      policy: { ...defaultFlowPolicy, approval: { mode: approval, minConfidence: 0.9 } },
      limits,
    };
    await this.stack.client.workflow.start<typeof discoveryFlow>('discoveryFlow', {
      args: [input],
      taskQueue: this.stack.taskQueue,
      workflowId: discoveryWorkflowId(input),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
    return flowId;
  }

  async command(flowId: string, type: CommandType, tenant = this.stack.tenant): Promise<void> {
    const id = randomUUID();
    const { database } = this.stack;
    const command = { id, flowId, type, idempotencyKey: id, origin: 'api' } as const;
    const answer = await inTenant(database.pools.app, tenant, (trx) =>
      acceptCommand(trx, command, systemActor),
    );
    if (answer?.accepted !== true) throw new Error(`${type} was refused: ${answer?.status}`);
    await this.directory.signal({ ...tenant, flowId }, type, { commandId: id });
  }

  /** Decides the open mapping gate as suggested. */
  async approve(flowId: string): Promise<void> {
    const { tenant, database } = this.stack;
    await inTenant(database.pools.app, tenant, async (trx) => {
      const [gate] = (await listGates(trx, flowId)).filter((row) => row.consumedAt === null);
      if (gate === undefined) throw new Error('No gate is open');
      const decision = { version: gate.version, decision: { approved: true }, decidedBy: null };
      await decideGate(trx, gate, decision, systemActor);
    });
    await this.directory.signal({ ...tenant, flowId }, 'decide', { commandId: randomUUID() });
  }

  async status(flowId: string, tenant = this.stack.tenant): Promise<FlowStatusRow | undefined> {
    return readFlowStatus(this.stack.database.pools.app, tenant, flowId);
  }

  async untilStatus(
    flowId: string,
    status: FlowStatus,
    { tenant = this.stack.tenant, withinMs = 45_000 }: { tenant?: Tenant; withinMs?: number } = {},
  ): Promise<FlowStatusRow> {
    return eventually(async () => {
      const row = await this.status(flowId, tenant);
      if (row?.flowStatus !== status) throw new Error(this.describe(row, `is not ${status}`));
      return row;
    }, withinMs);
  }

  /** Waits until a phase has begun. */
  async untilPhase(flowId: string, phase: Phase, tenant = this.stack.tenant): Promise<void> {
    await eventually(async () => {
      const row = await this.status(flowId, tenant);
      if (row?.phases?.[phase] === undefined) throw new Error(this.describe(row, `has not begun ${phase}`));
    });
  }

  private describe(row: FlowStatusRow | undefined, fault: string): string {
    if (row === undefined) return `The flow has no rows and ${fault}`;
    const { flowStatus, currentPhase, failureCode, failureMessage } = row;
    return `The flow ${fault}: ${flowStatus} in ${currentPhase} ${failureCode ?? ''} ${failureMessage ?? ''}`;
  }

  private async store(tenant: Tenant, content: string | Buffer, filename: string): Promise<string> {
    const id = randomUUID();
    const { pools } = this.stack.database;
    const storageKey = objectKey({ ...tenant, objectId: id });
    await inTenant(pools.app, tenant, (trx) =>
      insertObject(trx, { id, kind: 'upload', storageKey, filename, mediaType: 'text/csv', createdBy: null }),
    );
    const stored = await createLocalObjectStore(this.stack.objectsDir).put(
      { ...tenant, objectId: id },
      Readable.from([Buffer.from(content)]),
      { maxBytes: 1024 ** 3, inspect: () => undefined },
    );
    await inTenant(pools.app, tenant, (trx) => setObjectReady(trx, id, stored));
    return id;
  }
}
