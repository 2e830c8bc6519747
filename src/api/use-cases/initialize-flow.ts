import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { ImportRequest, ImportTable } from '../../domain/flow/messages';
import { fingerprintOf } from '../fingerprint';
import { presentStart } from '../presenters/start';
import type { RouteAnswer, RouteInput } from '../route';
import { type InitializeBody, policyOf } from '../schemas/start';
import type { ApiServices } from '../services';
import { idempotencyScope } from './once';
import { receiveRecords } from './receive-file';
import { findStartedFlow, type FlowStart, startFlow } from './start-flow';
import { flowIdOf } from './store-import';

type Initialize = RouteInput<unknown, unknown, z.output<typeof InitializeBody>>;

/** Starts a flow from records in the body, or one that waits for its first file. */
export async function initializeFlow(services: ApiServices, input: Initialize): Promise<RouteAnswer> {
  const { flow_name, raw_data, configuration } = input.body;
  const policy = policyOf(configuration ?? {});
  const fingerprint = fingerprintOf({ flow_name, raw_data, policy });
  const scope = idempotencyScope(input);
  const flowId = scope === null ? randomUUID() : flowIdOf(input, scope);
  const known = scope && (await findStartedFlow(services, input.tenant, { flowId, fingerprint }));
  if (known) return initialized(presentStart({ flowId, row: known, imports: importsOf(known.dataImportId) }));
  const order = { flowId, flowName: flow_name ?? null, fingerprint, policy };
  return initialized(await startWith(services, input, order));
}

async function startWith(
  services: ApiServices,
  input: Initialize,
  order: Omit<FlowStart, 'import'>,
): Promise<RouteAnswer> {
  const first = await firstImport(services, input, input.body.raw_data ?? []);
  const { row } = await startFlow(services, input, { ...order, import: first });
  const importId = row?.dataImportId ?? first?.importId ?? null;
  return presentStart({ flowId: order.flowId, row, imports: importsOf(importId) });
}

function importsOf(importId: string | null): ImportTable[] {
  return importId === null ? [] : [{ importId }];
}

async function firstImport(
  services: ApiServices,
  input: Initialize,
  records: readonly unknown[],
): Promise<ImportRequest | null> {
  if (records.length === 0) return null;
  const { objectId } = await receiveRecords(services, input, records);
  return { importId: randomUUID(), objectId };
}

/** This route tells that the flow was made, whatever it has done since. */
function initialized({ status, body, headers }: RouteAnswer): RouteAnswer {
  const view = typeof body === 'object' ? body : {};
  return { status, body: { ...view, status: 'initialized' }, ...(headers ? { headers } : {}) };
}
