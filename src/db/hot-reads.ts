import type { Tenant } from '../domain/flow/messages';
import type { FlowStatus } from '../domain/flow/status';
import type { AssetType, Criticality, Environment, MigrationScope } from '../domain/lists';
import type { FlowStatusRow, MasterFlow } from './flows/flow-rows';
import type { DataImport } from './imports/imports';
import type { AppDatabase } from './connection/pools';
import { camelRow } from './bulk/rows';
import { type HotRead, readInTenant } from './connection/tenant';

/** One JSON column: parsing fifty columns one by one costs the server more than the rest of a status answer. */
const flowStatus: HotRead = {
  name: 'read_flow_status',
  text: 'select to_json(s) as status from read_flow_status($1, $2, $3) s',
};
const flowList: HotRead = {
  name: 'read_flow_list',
  text: 'select * from read_flow_list($1, $2, $3, $4, $5, $6)',
};
const importStatus: HotRead = {
  name: 'read_import_status',
  text: 'select * from read_import_status($1, $2, $3)',
};
const assetPage: HotRead = {
  name: 'read_asset_page',
  text: 'select * from read_asset_page($1, $2, $3, $4, $5, $6)',
};

/** All that a status answer says of a flow, in one round trip. */
export async function readFlowStatus(
  db: AppDatabase,
  tenant: Tenant,
  flowId: string,
): Promise<FlowStatusRow | undefined> {
  const [found] = await readInTenant<{ status: Record<string, unknown> }>(db, tenant, flowStatus, [flowId]);
  return found === undefined ? undefined : statusRow(found.status);
}

const times = ['changedAt', 'createdAt', 'updatedAt', 'completedAt', 'archivedAt'] as const;

/** The row from its JSON, where times are texts. */
function statusRow(status: Readonly<Record<string, unknown>>): FlowStatusRow {
  const row = camelRow<Record<string, unknown>>(status);
  for (const name of times) {
    const text = row[name];
    row[name] = typeof text === 'string' ? new Date(text) : null;
  }
  return row as unknown as FlowStatusRow; // the columns of the view, as `findFlowStatus` answers them
}

/** Flows, newest first, before a cursor, in one round trip. */
export async function readFlowList(
  db: AppDatabase,
  tenant: Tenant,
  page: {
    readonly statuses?: readonly FlowStatus[];
    readonly before?: { readonly createdAt: Date; readonly flowId: string };
    readonly limit: number;
  },
): Promise<MasterFlow[]> {
  return readInTenant<MasterFlow>(db, tenant, flowList, [
    page.statuses ?? null,
    page.before?.createdAt ?? null,
    page.before?.flowId ?? null,
    page.limit,
  ]);
}

export async function readImportStatus(
  db: AppDatabase,
  tenant: Tenant,
  importId: string,
): Promise<DataImport | undefined> {
  const [row] = await readInTenant<DataImport>(db, tenant, importStatus, [importId]);
  return row;
}

/** A row of `assets`. */
export interface AssetRow {
  readonly id: string;
  readonly name: string;
  /** Name in lower case, by which lists are ordered. */
  readonly nameKey: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  /** 0 to 1. */
  readonly classificationConfidence: number | null;
  readonly classification: readonly unknown[];
  readonly environment: Environment | null;
  readonly businessCriticality: Criticality | null;
  readonly migrationScope: MigrationScope | null;
  readonly operatingSystem: string | null;
  readonly hostname: string | null;
  /** Surviving values by attribute name. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly origins: Readonly<Record<string, unknown>> | null;
  readonly mergedInto: string | null;
  readonly deletedAt: Date | null;
  readonly firstFlowId: string | null;
  readonly lastFlowId: string | null;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const firstId = '00000000-0000-0000-0000-000000000000';

/** Living assets ordered by name, after a cursor, in one round trip. */
export async function readAssetPage(
  db: AppDatabase,
  tenant: Tenant,
  page: {
    readonly assetType?: AssetType;
    readonly after?: { readonly nameKey: string; readonly id: string };
    readonly limit: number;
  },
): Promise<AssetRow[]> {
  return readInTenant<AssetRow>(db, tenant, assetPage, [
    page.assetType ?? null,
    page.after?.nameKey ?? '',
    page.after?.id ?? firstId,
    page.limit,
  ]);
}
