import { setTimeout as pause } from 'node:timers/promises';
import type { FlowStatusRow } from '../../db/flows/flow-rows';
import { readFlowStatus } from '../../db/hot-reads';
import { DomainError } from '../../domain/errors';
import { defaultFlowLimits } from '../../domain/flow/limits';
import type { FlowPolicy, ImportRequest, Tenant } from '../../domain/flow/messages';
import type { RouteInput } from '../route';
import type { ApiServices } from '../services';

export interface FlowStart {
  readonly flowId: string;
  readonly flowName: string | null;
  /** Digest of the request; the same flow id with another one is refused. */
  readonly fingerprint: string;
  readonly policy: FlowPolicy;
  readonly import: ImportRequest | null;
}

export interface StartedFlow {
  /** Undefined: the first activity has not written the flow's rows yet. */
  readonly row: FlowStatusRow | undefined;
  /** False when an earlier request with the same key started it. */
  readonly isNew: boolean;
}

/**
 * Starts the workflow of a flow and waits a moment for its rows, which its first activity writes.
 *
 * @throws DomainError `VAL_004` when the id belongs to another request, `RES_001` when Temporal is not reachable;
 * no flow exists then.
 */
export async function startFlow(
  services: ApiServices,
  { tenant, actor }: Pick<RouteInput, 'tenant' | 'actor'>,
  start: FlowStart,
): Promise<StartedFlow> {
  const input = { ...tenant, ...start, userId: actor.userId, limits: defaultFlowLimits };
  const isNew = await services.workflows.start(input);
  const row = await waitForRow(services, tenant, start.flowId);
  if (!isNew && row !== undefined) assertSameFlow(row, start.fingerprint);
  return { row, isNew };
}

/**
 * The flow that an earlier request with the same key started.
 *
 * @throws DomainError `VAL_004` when that request asked for something else.
 */
export async function findStartedFlow(
  services: ApiServices,
  tenant: Tenant,
  { flowId, fingerprint }: Pick<FlowStart, 'flowId' | 'fingerprint'>,
): Promise<FlowStatusRow | undefined> {
  const row = await readFlowStatus(services.app, tenant, flowId);
  if (row !== undefined) assertSameFlow(row, fingerprint);
  return row;
}

function assertSameFlow(row: FlowStatusRow, fingerprint: string): void {
  if (row.fingerprint !== fingerprint) throw new DomainError('VAL_004', { flow_id: row.flowId });
}

async function waitForRow(
  services: ApiServices,
  tenant: Tenant,
  flowId: string,
): Promise<FlowStatusRow | undefined> {
  const deadline = Date.now() + services.settings.startWaitMs;
  for (let waitMs = 15; ; waitMs = Math.min(waitMs * 2, 120)) {
    const row = await readFlowStatus(services.app, tenant, flowId);
    if (row !== undefined || Date.now() + waitMs > deadline) return row;
    await pause(waitMs);
  }
}
