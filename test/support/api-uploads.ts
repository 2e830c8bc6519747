import { addTenant } from './database';
import { untilStatus } from './api-flows';
import { aForm, type CallOptions, type TestApi } from './api-server';

export interface UploadedFlow {
  readonly flowId: string;
  readonly call: CallOptions;
  /** The answer of the start. */
  readonly answer: StartAnswer;
}

interface StartAnswer {
  readonly data_import_id: string;
  readonly imports: readonly {
    readonly data_import_id: string;
    readonly table: string | null;
    readonly entry: string | null;
    readonly sheet: string | null;
  }[];
  readonly ignored: readonly { readonly sheet: string | null; readonly reason: string }[];
}

/** Uploads a file into a tenant of its own and waits until its flow has a status. */
export async function uploadAlone(
  api: TestApi,
  file: { readonly name: string; readonly content: Buffer },
  { until = 'completed', mode = 'auto' }: { readonly until?: string; readonly mode?: 'ask' | 'auto' } = {},
): Promise<UploadedFlow> {
  const tenant = await addTenant(api.database);
  const caller = await api.addCaller(tenant, 'client_admin');
  const call = { tenant, key: caller.key };
  const form = aForm(new Uint8Array(file.content), { approval: JSON.stringify({ mode }) }, file.name);
  const { status, body, text } = await api.call('/data-import/store-import', { ...call, body: form });
  if (status !== 201 && status !== 202) throw new Error(`Not started: ${status} ${text}`);
  await untilStatus(api, body.flow_id, until, call);
  return { flowId: body.flow_id, call, answer: body as StartAnswer };
}

export interface ListedAsset {
  readonly id: string;
  readonly name: string;
  readonly asset_type: string;
  readonly [attribute: string]: unknown;
}

export async function listAssets(api: TestApi, call: CallOptions): Promise<ListedAsset[]> {
  const { body } = await api.call('/unified-discovery/assets?page_size=200', call);
  return body.assets as ListedAsset[];
}

export interface ListedImport {
  readonly id: string;
  readonly sheet_name: string | null;
  readonly archive_entry: string | null;
  readonly status: string;
  readonly table_kind: string | null;
  readonly not_inventory_reason: string | null;
  readonly records_accepted: number;
  readonly failure: { readonly code: string } | null;
  readonly warnings: readonly string[];
}

/** The imports of the tenant in file order. */
export async function listImports(api: TestApi, call: CallOptions): Promise<ListedImport[]> {
  const { body } = await api.call('/data-import/imports', call);
  return body.imports as ListedImport[];
}
