import type { Command } from 'commander';
import { z } from 'zod';
import type { ApiClient } from '../api-client';
import { createContext } from '../context';
import { flowDocument, flowLines, readFlow } from '../flow-summary';
import { readImportSummaries } from '../import-summary';
import { table } from '../output';

const FlowList = z.object({
  flows: z.array(
    z.object({
      flow_id: z.string(),
      flow_name: z.string(),
      detailed_status: z.string(),
      current_phase: z.string().nullable(),
      waiting_for: z.string().nullable(),
      progress_percentage: z.number(),
      created_at: z.string(),
    }),
  ),
  next_cursor: z.string().nullable().optional(),
});

const commandWords = {
  pause: 'Pause a flow at its next batch',
  resume: 'Go on with a paused flow',
  cancel: 'Cancel a flow for good',
  retry: 'Try the failed phase of a flow again',
} as const;

/** `flows`, `flow`, `pause`, `resume`, `cancel`, `retry`, `approve`. */
export function addFlowCommands(program: Command): void {
  program
    .command('flows')
    .description('List the flows of the engagement, newest first')
    .option('--json', 'print one JSON document')
    .action(listFlows);
  program
    .command('flow')
    .argument('<id>', 'flow id')
    .description('Show one flow: phases, rows, results')
    .option('--json', 'print one JSON document')
    .action(showFlow);
  for (const [word, description] of Object.entries(commandWords)) {
    program
      .command(word)
      .argument('<id>', 'flow id')
      .description(description)
      .option('--json', 'print one JSON document')
      .action((id: string, options: { json?: boolean }) => sendCommand(word, id, options));
  }
  program
    .command('approve')
    .argument('<id>', 'flow id')
    .description('Decide the open gate of a flow as suggested')
    .option('--json', 'print one JSON document')
    .action((id: string, options: { json?: boolean }) => sendCommand('approve', id, options));
}

async function listFlows(options: { json?: boolean }): Promise<void> {
  const { client, output } = createContext(options);
  const { flows } = await client().get('/unified-discovery/flows?limit=200', FlowList);
  output.result({ flows }, () =>
    table(
      ['flow', 'name', 'status', 'phase', 'waiting for', '%'],
      flows.map((flow) => [
        flow.flow_id,
        flow.flow_name,
        flow.detailed_status,
        flow.current_phase,
        flow.waiting_for,
        flow.progress_percentage,
      ]),
    ),
  );
}

async function showFlow(id: string, options: { json?: boolean }): Promise<void> {
  const { client, output } = createContext(options);
  const api = client();
  const flow = await readFlow(api, id);
  const seconds = (Date.now() - Date.parse(flow.created_at)) / 1000;
  const imports = await readImportSummaries(api, flow.flow_id);
  output.result(flowDocument(flow, seconds, imports), () => flowLines(flow, imports));
}

async function sendCommand(word: string, id: string, options: { json?: boolean }): Promise<void> {
  const { client, output } = createContext(options);
  const api = client();
  await (word === 'approve' ? approveGate(api, id) : postCommand(api, word, id));
  const flow = await readFlow(api, id);
  const document = { flow_id: flow.flow_id, status: flow.detailed_status, waiting_for: flow.waiting_for };
  output.result(document, () => [`${flow.flow_id}  ${flow.detailed_status}`]);
}

/** Sends one command word to a flow. */
export async function postCommand(api: ApiClient, word: string, id: string): Promise<void> {
  await api.send(
    { method: 'POST', path: `/unified-discovery/flows/${encodeURIComponent(id)}/${word}` },
    z.unknown(),
  );
}

/** Approves what stands open, on the version that was read: a newer one is refused with a conflict. */
export async function approveGate(api: ApiClient, id: string): Promise<void> {
  const flow = await readFlow(api, id);
  await api.send(
    {
      method: 'POST',
      path: `/unified-discovery/flows/${encodeURIComponent(id)}/approve`,
      body: { gate: flow.waiting_for, version: flow.gate_version },
    },
    z.unknown(),
  );
}
