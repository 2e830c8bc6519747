import { aForm, type CallOptions, type TestApi } from './api-server';
import { eventually } from './eventually';

/** A small estate: servers with owners, applications, a database, references between them. */
export const estateFile = [
  'Name,Type,IP Address,Operating System,Environment,Application,Owner,Depends On',
  'web01,Server,10.0.0.1,Windows Server 2012 R2,Production,Shop,Ann Miller,db01',
  'app01,Server,10.0.0.2,Red Hat Enterprise Linux 8,Production,Shop,Ann Miller,db01',
  'db01,Server,10.0.0.3,Red Hat Enterprise Linux 8,Production,Shop,,',
  'test01,Server,10.0.0.4,Ubuntu 22.04,Test,,,missing-host',
  '',
].join('\n');

/** A second export that knows some of the same servers. */
export const secondFile = ['Hostname,Environment,CPU', 'web01,Production,8', 'lonely01,Test,2', ''].join(
  '\n',
);

export interface StartedFlow {
  readonly flowId: string;
  readonly importId: string;
}

/** Starts a flow with one file. */
export async function startFlow(
  api: TestApi,
  options: {
    readonly content?: string;
    readonly mode?: 'ask' | 'auto';
    readonly fields?: Readonly<Record<string, string>>;
    readonly call?: CallOptions;
    readonly filename?: string;
  } = {},
): Promise<StartedFlow> {
  const approval = JSON.stringify({ mode: options.mode ?? 'ask' });
  const form = aForm(options.content ?? estateFile, { approval, ...options.fields }, options.filename);
  const { status, body, text } = await api.call('/data-import/store-import', { body: form, ...options.call });
  if (status !== 201 && status !== 202) throw new Error(`Not started: ${status} ${text}`);
  return { flowId: body.flow_id, importId: body.data_import_id };
}

/** Waits until a flow has a status; answers its view. */
export async function untilStatus(api: TestApi, flowId: string, status: string, call: CallOptions = {}) {
  return eventually(async () => {
    const { body, text } = await api.call(`/unified-discovery/flows/${flowId}/status`, call);
    if (body?.detailed_status !== status) throw new Error(`${status} is awaited: ${text.slice(0, 600)}`);
    return body;
  });
}

/** A flow that was approved by its policy and has run to its end. */
export async function completeFlow(
  api: TestApi,
  options: { readonly content?: string; readonly call?: CallOptions; readonly filename?: string } = {},
): Promise<StartedFlow> {
  const flow = await startFlow(api, { ...options, mode: 'auto' });
  await untilStatus(api, flow.flowId, 'completed', options.call);
  return flow;
}
