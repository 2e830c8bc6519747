import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { phases } from '../domain/flow/phases';
import { flowStatuses } from '../domain/flow/status';
import type { ApiClient } from './api-client';
import { importDocument, importLines, type ImportSummary } from './import-summary';
import { table, type Output } from './output';

const Count = z.int();
const Phase = z.object({ status: z.string(), rows_in: Count, rows_out: Count });

/** What the status route says of a flow, as far as the command line shows it. */
const Flow = z.object({
  flow_id: z.string(),
  flow_name: z.string(),
  detailed_status: z.enum(flowStatuses),
  current_phase: z.string().nullable(),
  waiting_for: z.string().nullable(),
  gate_version: z.int().nullable(),
  progress_percentage: z.number(),
  phases: z.record(z.enum(phases), Phase),
  rows: z.object({ read: Count, accepted: Count, rejected: Count }),
  assets: z.object({ created: Count, updated: Count, merged: Count, unchanged: Count }),
  dependencies: z.object({ resolved: Count, unresolved: Count }),
  failure: z.object({ code: z.string(), message: z.string(), suggestion: z.string() }).nullable(),
  created_at: z.string(),
});
export type FlowStatusView = z.output<typeof Flow>;

export function readFlow(client: ApiClient, flowId: string): Promise<FlowStatusView> {
  return client.get(`/unified-discovery/flows/${encodeURIComponent(flowId)}/status`, Flow);
}

const settled: readonly string[] = [
  'waiting_for_approval',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'archived',
];

/** Follows a flow to its end or to where it waits for a person, with a line for each step it takes. */
export async function followFlow(client: ApiClient, flowId: string, output: Output): Promise<FlowStatusView> {
  let shown = '';
  for (;;) {
    const flow = await readFlow(client, flowId);
    const line = progressLine(flow);
    if (line !== shown) output.progress(line);
    shown = line;
    if (settled.includes(flow.detailed_status)) return flow;
    await pause(150);
  }
}

function progressLine(flow: FlowStatusView): string {
  const where = flow.current_phase ?? 'starting';
  return `${flow.progress_percentage.toFixed(1).padStart(5)} %  ${where.padEnd(20)}  ${flow.detailed_status}`;
}

/** The document of `import --wait --json` and of each flow of `demo --json`. */
export function flowDocument(
  flow: FlowStatusView,
  seconds: number,
  imports: readonly ImportSummary[] = [],
): Record<string, unknown> {
  const { flow_id, detailed_status, waiting_for, rows, assets, dependencies, failure } = flow;
  const counted = Object.entries(flow.phases).map(([phase, { status, rows_in, rows_out }]) => [
    phase,
    { status, rows_in, rows_out },
  ]);
  return {
    flow_id,
    status: detailed_status,
    waiting_for,
    phases: Object.fromEntries(counted),
    rows,
    imports: imports.map(importDocument),
    assets,
    dependencies,
    seconds,
    ...(failure === null ? {} : { failure }),
  };
}

/** The same for people. */
export function flowLines(flow: FlowStatusView, imports: readonly ImportSummary[] = []): string[] {
  const { rows, assets, dependencies } = flow;
  const phaseRows = phases.map((phase) => {
    const view = flow.phases[phase];
    return [phase, view.status, view.rows_in, view.rows_out];
  });
  return [
    `Flow ${flow.flow_id}  ${flow.flow_name}`,
    `Status ${flow.detailed_status}${flow.waiting_for === null ? '' : `, waiting for ${flow.waiting_for}`}`,
    ...(flow.failure === null
      ? []
      : [`${flow.failure.code}: ${flow.failure.message}. ${flow.failure.suggestion}.`]),
    '',
    ...table(['phase', 'status', 'rows in', 'rows out'], phaseRows),
    '',
    `Rows: ${rows.read} read = ${rows.accepted} accepted + ${rows.rejected} rejected`,
    ...imports.flatMap(importLines).map((line) => `  ${line}`),
    `Assets: ${assets.created} created, ${assets.updated} updated, ${assets.merged} merged, ${assets.unchanged} unchanged`,
    `Dependencies: ${dependencies.resolved} resolved, ${dependencies.unresolved} unresolved`,
  ];
}
