import { discoveryWorkflowId } from '../../src/domain/flow/ids';
import type { FlowStatus } from '../../src/domain/flow/status';
import { freePort } from '../../src/runtime/embedded/ports';
import { reconcilerScheduleId } from '../../src/worker-schedule';
import { estateFile } from '../support/estate-file';
import { eventually } from '../support/eventually';
import { FlowDriver } from '../support/flow-driver';
import { TestStack } from '../support/stack';

let stack: TestStack;
let flows: FlowDriver;
let metricsPort: number;

beforeAll(async () => {
  metricsPort = await freePort();
  stack = await TestStack.create({ settings: { SURVEYOR_METRICS_PORT: String(metricsPort) } });
  flows = new FlowDriver(stack);
  await stack.start('worker');
}, 120_000);

afterAll(async () => {
  await stack.stop();
});

const workflowOf = (flowId: string) =>
  stack.client.workflow.getHandle(discoveryWorkflowId({ ...stack.tenant, flowId }));

/** Has the reconciler run at once, again and again, until the flow stands where it should. */
async function reconcileUntil(flowId: string, status: FlowStatus): Promise<void> {
  const schedule = stack.client.schedule.getHandle(reconcilerScheduleId(stack.taskQueue));
  await eventually(async () => {
    await schedule.trigger();
    await flows.untilStatus(flowId, status, { withinMs: 2_000 });
  }, 60_000);
}

async function aWaitingFlow(): Promise<string> {
  const flowId = await flows.start({ content: estateFile(20), approval: 'ask' });
  await flows.untilStatus(flowId, 'waiting_for_approval');
  return flowId;
}

test('a terminated flow is failed by the reconciler and goes on after a retry', async () => {
  const flowId = await aWaitingFlow();

  await workflowOf(flowId).terminate('A person ended it');
  await reconcileUntil(flowId, 'failed');
  const failed = await flows.status(flowId);
  await expect(flows.command(flowId, 'retry')).rejects.toThrow('workflow execution already completed');
  await reconcileUntil(flowId, 'waiting_for_approval');
  await flows.approve(flowId);

  expect(failed).toMatchObject({ reason: 'terminated' });
  await flows.untilStatus(flowId, 'completed');
}, 180_000);

test('a flow whose workflow is gone goes on from its rows, and the metrics tell of it', async () => {
  const flowId = await aWaitingFlow();
  const { namespace } = stack.client.options;
  const { workflowId } = workflowOf(flowId);
  await stack.client.workflowService.deleteWorkflowExecution({
    namespace,
    workflowExecution: { workflowId },
  });
  await eventually(() => expect(workflowOf(flowId).describe()).rejects.toThrow('not found'));

  const schedule = stack.client.schedule.getHandle(reconcilerScheduleId(stack.taskQueue));
  await eventually(async () => {
    await schedule.trigger();
    await eventually(() => workflowOf(flowId).describe(), 2_000);
  }, 60_000);
  await flows.approve(flowId);

  await flows.untilStatus(flowId, 'completed');
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  expect(metrics).toMatch(/surveyor_reconciler_findings_total\{outcome="healed"\} [1-9]/);
  expect(metrics).toMatch(/discovery_rows_total\{phase="data_import",outcome="read"\} [1-9]/);
}, 180_000);
