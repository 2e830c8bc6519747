import type { AttributeValues } from '../../domain/attributes/types';
import type { Evidence } from '../../domain/inventory/types';
import type { AssetType } from '../../domain/lists';
import { namedByAssets, type StoredOrigins } from './assets';
import { planForManyRows } from '../bulk/bulk-plans';
import { copyIn } from '../bulk/copy';
import { copyArray } from '../bulk/copy-text';
import { execute, queryRows } from '../connection/query';
import { rowPieces } from '../bulk/row-pieces';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** A record that speaks of an asset, short because there is one for every record. */
export interface SourceLink {
  /** Phase run of its cleansing. */
  readonly p: string;
  readonly r: number;
  /** Identity keys as `kind:value`. */
  readonly d: readonly string[];
  /** The person who put it there, or null. */
  readonly b: string | null;
}

/** An asset as a projection makes it; the API shows it as the preview. */
export interface AssetDocument {
  readonly name: string;
  readonly asset_type: AssetType;
  readonly subtype: string | null;
  readonly confidence: number;
  readonly classification: readonly Evidence[];
  readonly values: AttributeValues;
  readonly origins: StoredOrigins | null;
  readonly first_flow_id: string | null;
  readonly last_flow_id: string | null;
  /** Records that are new to the asset. */
  readonly sources?: readonly SourceLink[];
  /** Identity keys as `kind:value`; absent when they stay as they are. */
  readonly keys?: readonly string[];
}

/** What a new asset of one record has in common with many others; its values and origins are those of the record. */
export type SharedDocument = Pick<
  AssetDocument,
  'asset_type' | 'subtype' | 'confidence' | 'classification' | 'first_flow_id' | 'last_flow_id'
> & {
  /** Read from the class or name, where the record has none. */
  readonly server_role?: string;
};

/** What is written of an asset whose values stay as they are. */
export type TouchDocument = Pick<AssetDocument, 'origins' | 'last_flow_id' | 'sources' | 'keys'>;

export type PreviousAsset = Pick<AssetDocument, 'name' | 'asset_type' | 'subtype' | 'values'>;

export type NewAssetChange = { readonly assetId: string; readonly before: PreviousAsset | null } & (
  | { readonly state: 'created' | 'updated'; readonly after: AssetDocument }
  | { readonly state: 'unchanged'; readonly after: TouchDocument }
  | { readonly state: 'merged'; readonly after: { readonly merged_into: string } }
  | { readonly state: 'removed'; readonly after: null }
);

/** A new asset that one record speaks of and whose values are those of the record. */
export interface LoneChange {
  readonly assetId: string;
  readonly name: string;
  /** Identity keys as `kind:value`. */
  readonly keys: readonly string[];
  /** All keys of the record, when some are not the asset's. */
  readonly identity: readonly string[] | null;
  /** One object for all changes that share it. */
  readonly shared: SharedDocument;
  /** The record, by the phase run of its cleansing. */
  readonly phaseRunId: string;
  readonly rowNumber: number;
}

export type ChangeState = NewAssetChange['state'];

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';
const ofRun = `c.client_account_id = :clientAccountId and c.engagement_id = :engagementId
  and c.phase_run_id = :runId`;

/** Writes the differences that one batch of a projection found. */
export async function insertAssetChanges(
  trx: TenantTrx,
  runId: string,
  changes: readonly NewAssetChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await copyIn(
    trx,
    {
      table: 'landing_asset_changes',
      columns: 'asset_id uuid, state text, before text, after text',
    },
    rowPieces(changes, (change) => [
      change.assetId,
      change.state,
      change.before === null ? null : JSON.stringify(change.before),
      change.after === null ? null : JSON.stringify(change.after),
    ]),
  );
  await execute(
    trx,
    `insert into asset_changes (client_account_id, engagement_id, phase_run_id, asset_id, state, before, after)
     select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, asset_id, state, before::jsonb, after::jsonb
     from landing_asset_changes`,
    { ...tenantOf(trx), runId },
  );
}

/** Writes new assets of one record each: what they share goes to the server once. */
export async function insertLoneChanges(
  trx: TenantTrx,
  runId: string,
  changes: readonly LoneChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const numbers = new Map<SharedDocument, number>();
  const numberOf = (shared: SharedDocument): number => {
    const known = numbers.get(shared);
    if (known !== undefined) return known;
    numbers.set(shared, numbers.size + 1);
    return numbers.size;
  };
  await copyIn(
    trx,
    {
      table: 'landing_lone_changes',
      columns: `asset_id uuid, document integer, of_run_id uuid, of_row integer, name text, keys text[],
       identity text[]`,
    },
    rowPieces(changes, ({ assetId, shared, phaseRunId, rowNumber, name, keys, identity }) => [
      assetId,
      numberOf(shared),
      phaseRunId,
      rowNumber,
      name,
      keysLiteral(keys),
      identity && keysLiteral(identity),
    ]),
  );
  await execute(
    trx,
    `with documents as materialized (
       select number, document::jsonb as after from unnest(:documents::text[]) with ordinality as d(document, number))
     insert into asset_changes (client_account_id, engagement_id, phase_run_id, asset_id, state, after, of_run_id,
       of_row, name, keys, identity)
     select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, l.asset_id, 'created', d.after, l.of_run_id,
       l.of_row, l.name, l.keys, l.identity
     from landing_lone_changes l join documents d on d.number = l.document`,
    { ...tenantOf(trx), runId, documents: Array.from(numbers.keys(), (shared) => JSON.stringify(shared)) },
  );
}

const needsQuoting = /["\\]/;

/** Keys as an array literal; most need no care. */
function keysLiteral(keys: readonly string[]): string {
  const isPlain = keys.length > 0 && !keys.some((key) => needsQuoting.test(key));
  return isPlain ? `{"${keys.join('","')}"}` : copyArray(keys);
}

/** Takes back some of the changes of a run, and answers how many there were. */
export async function takeBackChanges(
  trx: TenantTrx,
  runId: string,
  assetIds: readonly string[],
): Promise<number> {
  return execute(
    trx,
    `delete from asset_changes where ${ofTenant} and phase_run_id = :runId and asset_id = any (:assetIds::uuid[])`,
    { ...tenantOf(trx), runId, assetIds },
  );
}

/** Throws away what a run that is projected anew has found. */
export async function deleteAssetChanges(trx: TenantTrx, runId: string): Promise<void> {
  await execute(trx, `delete from asset_changes where ${ofTenant} and phase_run_id = :runId`, {
    ...tenantOf(trx),
    runId,
  });
}

export async function countAssetChanges(
  trx: TenantTrx,
  runId: string,
): Promise<Partial<Record<ChangeState, number>>> {
  const rows = await queryRows<{ state: ChangeState; count: number }>(
    trx,
    `select c.state, count(*) as count from asset_changes c where ${ofRun} group by c.state`,
    { ...tenantOf(trx), runId },
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Living assets that a projection made and no record speaks of, as far as this run does not either. */
export async function listForsakenAssets(trx: TenantTrx, runId: string): Promise<string[]> {
  await planForManyRows(trx);
  const rows = await queryRows<{ id: string }>(
    trx,
    `select a.id from assets a
     where a.client_account_id = :clientAccountId and a.engagement_id = :engagementId and a.merged_into is null
       and a.deleted_at is null and (a.first_flow_id is not null or a.classification @> :derived::jsonb)
       and not exists (select from asset_sources s where s.client_account_id = a.client_account_id
         and s.engagement_id = a.engagement_id and s.asset_id = a.id)
       and not exists (select from asset_changes c where ${ofRun} and c.asset_id = a.id)
     order by a.id`,
    { ...tenantOf(trx), runId, derived: JSON.stringify([{ code: namedByAssets }]) },
  );
  return rows.map(({ id }) => id);
}
