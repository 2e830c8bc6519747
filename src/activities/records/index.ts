import type { RecordActivities } from '../types';
import type { ActivityDependencies } from '../dependencies';
import { applyCommands } from './apply-commands';
import { createOrLoadFlow } from './create-flow';
import { closeFlow, failFlow } from './end-flow';
import { readFlowState } from './flow-state';
import { recordCommand } from './record-command';
import { settleGate } from './settle-gate';
import { inTenant } from '../../db/connection/tenant';

/** The activities that keep a flow's rows. */
export function createRecordActivities(deps: ActivityDependencies): RecordActivities {
  return {
    createOrLoadFlow: (input, runId) => createOrLoadFlow(deps, input, runId),
    loadFlow: (flow) => inTenant(deps.app, flow, (trx) => readFlowState(trx, flow.flowId)),
    applyCommands: (flow) => applyCommands(deps, flow),
    recordCommand: (request) => recordCommand(deps, request),
    settleGate: (flow, gate) => settleGate(deps, flow, gate),
    failFlow: (note) => failFlow(deps, note),
    closeFlow: (request) => closeFlow(deps, request),
  };
}
