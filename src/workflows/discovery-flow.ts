import { CancellationScope, continueAsNew } from '@temporalio/workflow';
import type { DiscoveryFlowInput, FlowOutcome } from '../domain/flow/messages';
import { nextStep } from '../domain/flow/steps';
import { FlowRun } from './flow-run';
import { publishView } from './flow-view';
import { runPhase } from './phase-runner';

/**
 * A discovery flow from its first file to its plan. Where it stands is in PostgreSQL; `nextStep` tells what comes
 * next: prepare every import, have the mappings approved, cleanse every import, then project the estate, analyse
 * its dependencies and assess its technical debt. This loop takes those steps and obeys commands between them.
 */
export async function discoveryFlow(input: DiscoveryFlowInput): Promise<FlowOutcome> {
  const flow = new FlowRun(input);
  // A Temporal cancel request is heard as the cancel command: it ends phases and waits, never the closing.
  return CancellationScope.nonCancellable(() => takeSteps(flow));
}

async function takeSteps(flow: FlowRun): Promise<FlowOutcome> {
  await flow.open();
  for (;;) {
    await flow.obeyCommands();
    if (flow.isLong) await goOnAsNewRun(flow);
    const step = nextStep(flow.state);
    publishView(flow);
    switch (step.kind) {
      case 'phase':
        flow.goesOn();
        await runPhase(flow, step);
        break;
      case 'gate':
        await flow.waitAtGate(step.gate);
        break;
      case 'stand_still':
        await flow.standStill(step.status === 'failed');
        break;
      case 'complete':
        await flow.close('completed', null);
        break;
      case 'ended':
        await flow.settleHandlers();
        return { flowId: flow.ref.flowId, status: flow.state.status };
    }
  }
}

async function goOnAsNewRun(flow: FlowRun): Promise<void> {
  await flow.settleHandlers();
  if (flow.control.idle && nextStep(flow.state).kind !== 'ended')
    await continueAsNew<typeof discoveryFlow>(flow.input);
}
