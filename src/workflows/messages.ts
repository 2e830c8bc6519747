import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { CommandSignal, FlowView } from '../domain/flow/messages';

/** The argument may be missing: operators send signals from the Web UI and tctl without one. */
type CommandArguments = [command?: CommandSignal];

export const pauseSignal = defineSignal<CommandArguments>('pause');
export const resumeSignal = defineSignal<CommandArguments>('resume');
export const cancelSignal = defineSignal<CommandArguments>('cancel');
export const retrySignal = defineSignal<CommandArguments>('retry');
export const decideSignal = defineSignal<CommandArguments>('decide');
export const addImportSignal = defineSignal<CommandArguments>('addImport');
export const rerunSignal = defineSignal<CommandArguments>('rerun');

export const flowViewQuery = defineQuery<FlowView>('flowView');

/** The four search attributes of a flow; whoever starts one sets them, the workflow keeps the last two current. */
export const searchAttributeKeys = {
  clientAccountId: { name: 'ClientAccountId', type: 'KEYWORD' },
  engagementId: { name: 'EngagementId', type: 'KEYWORD' },
  flowPhase: { name: 'FlowPhase', type: 'KEYWORD' },
  flowStatus: { name: 'FlowStatus', type: 'KEYWORD' },
} as const;
