import { sleep } from '@temporalio/workflow';
import type { DiscoveryFlowInput, EstateChangeInput, FlowOutcome } from '../../src/domain/flow/messages';
import * as released from '../../src/workflows';

/** Deliberately incompatible with every recorded history: it waits before it begins. */
export async function discoveryFlow(input: DiscoveryFlowInput): Promise<FlowOutcome> {
  await sleep(1);
  return released.discoveryFlow(input);
}

/** Deliberately incompatible: it changes the estate twice. */
export async function estateChange(input: EstateChangeInput) {
  await released.estateChange(input);
  return released.estateChange(input);
}

export { reconcile } from '../../src/workflows';
