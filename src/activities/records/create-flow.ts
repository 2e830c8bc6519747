import type { DiscoveryFlowInput, FlowState } from '../../domain/flow/messages';
import { DomainError } from '../../domain/errors';
import { findFlow, insertFlow, setFlowRun } from '../../db/flows/flows';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import { readFlowState } from './flow-state';
import { newImports } from './new-imports';

/** Inserts import, master and child rows and the audit event in one transaction, or loads what is there. */
export async function createOrLoadFlow(
  deps: ActivityDependencies,
  input: DiscoveryFlowInput,
  runId: string,
): Promise<FlowState> {
  return inTenant(deps.app, input, async (trx) => {
    const inserted = await insert(trx, input, runId);
    if (!inserted) await load(trx, input, runId);
    return readFlowState(trx, input.flowId);
  });
}

async function insert(trx: TenantTrx, input: DiscoveryFlowInput, runId: string): Promise<boolean> {
  const { flowId, userId, flowName, fingerprint, policy } = input;
  const name = flowName ?? defaultName(input);
  const [first = null, ...furtherImports] = input.import === null ? [] : newImports(input.import, userId);
  return insertFlow(
    trx,
    {
      flowId,
      userId,
      flowName: name,
      fingerprint,
      runId,
      policy,
      import: first,
      furtherImports,
    },
    { userId },
  );
}

function defaultName({ flowId, import: first }: DiscoveryFlowInput): string {
  return `Discovery Import ${first?.importId ?? flowId}`;
}

/** A restarted or continued run goes on with the rows; another request under the same id touches nothing. */
async function load(trx: TenantTrx, input: DiscoveryFlowInput, runId: string): Promise<void> {
  const flow = await findFlow(trx, input.flowId);
  if (flow === undefined) throw new DomainError('FLOW_002', { flow_id: input.flowId });
  if (flow.fingerprint !== input.fingerprint) throw new DomainError('VAL_004', { flow_id: input.flowId });
  await setFlowRun(trx, input.flowId, runId);
}
