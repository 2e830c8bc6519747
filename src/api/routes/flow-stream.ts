import { PassThrough } from 'node:stream';
import { z } from 'zod';
import { type FlowView, readFlowView } from '../../db/flows/read-flow-view';
import { isTerminal } from '../../domain/flow/status';
import { contractStatus } from '../presenters/contract-status';
import { presentFlow } from '../presenters/flow-view';
import { defineRoute, type Route, type RouteAnswer, type RouteInput } from '../route';
import { flowParams } from '../schemas/common';
import type { ApiServices } from '../services';
import { missingFlow } from '../use-cases/command-flow';

/** Server-sent events of one flow: each is the whole view of it, its id the row's version. */
export function flowStreamRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/master-flows/:flow_id/events',
      summary: 'Follow a flow by server-sent events, each the whole view of it',
      tag: 'master flows',
      scope: 'tenant',
      permission: 'discovery.read',
      params: flowParams,
      responses: { 200: z.unknown() },
      errors: ['FLOW_002'],
      handler: (input) => follow(services, input),
    }),
  ];
}

type Input = RouteInput<{ flow_id: string }>;

async function follow(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const row = await readFlowView(services.app, input.tenant, input.params.flow_id);
  if (row === undefined) throw await missingFlow(services, input, input.params.flow_id);
  const stream = new PassThrough();
  const feed = new FlowFeed(services, input, stream);
  feed.open(row);
  return {
    status: 200,
    body: stream,
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    },
  };
}

/** What one subscriber is sent: a view for each version that it has not seen, and comments while nothing happens. */
class FlowFeed {
  private seen: number;
  private isReading = false;
  private isStale = false;
  private readonly ends: (() => void)[] = [];

  constructor(
    private readonly services: ApiServices,
    private readonly input: Input,
    private readonly stream: PassThrough,
  ) {
    this.seen = Number.parseInt(input.ctx.get('last-event-id'), 10) || -1;
  }

  open(row: FlowView): void {
    const { events, settings } = this.services;
    const beat = setInterval(() => this.stream.write(': still here\n\n'), settings.heartbeatMs);
    const poll = setInterval(() => this.look(), settings.pollMs);
    this.ends.push(
      events.subscribe(row.flowId, () => this.look()),
      () => clearInterval(beat),
      () => clearInterval(poll),
    );
    this.services.streams.add(this.stream);
    this.stream.once('close', () => this.close());
    this.stream.write(`retry: ${settings.pollMs}\n\n`);
    this.send(row);
    // What changed between the first read and the subscription is read once more.
    if (!this.stream.writableEnded) this.look();
  }

  private close(): void {
    this.services.streams.delete(this.stream);
    for (const end of this.ends.splice(0)) end();
  }

  /** Reads the flow under the subscriber's own scope; notices that come meanwhile lead to one more reading. */
  private look(): void {
    this.isStale = true;
    if (!this.isReading) void this.readWhileStale();
  }

  private async readWhileStale(): Promise<void> {
    this.isReading = true;
    try {
      while (this.isStale && !this.stream.writableEnded) {
        this.isStale = false;
        const { tenant, params } = this.input;
        const row = await readFlowView(this.services.app, tenant, params.flow_id);
        if (row !== undefined) this.send(row);
      }
    } catch (error) {
      this.services.warn('A flow could not be read for its subscriber', { ...this.input.tenant, error });
    } finally {
      this.isReading = false;
    }
  }

  private send(row: FlowView): void {
    if (row.rowVersion > this.seen) {
      this.seen = row.rowVersion;
      const view = JSON.stringify(presentFlow(row, contractStatus.ofStatusRoute));
      this.stream.write(`id: ${row.rowVersion}\nevent: flow\ndata: ${view}\n\n`);
    }
    if (isTerminal(row.flowStatus) && !this.stream.writableEnded) this.stream.end('event: end\ndata: {}\n\n');
  }
}
