import type { AttributeValues } from '../domain/attributes/types';
import type { TableKind } from '../domain/lists';
import { planForManyRows } from './bulk-plans';
import { copyIn, copyOut } from './copy';
import { decodeCopy, parseCopyArray } from './copy-text';
import { integerLiteral, tenantCondition, uuidLiteral } from './literals';
import { execute, queryOne, queryRows } from './query';
import { rowPieces } from './row-pieces';
import { type TenantTrx, tenantOf } from './tenant';

/** A published cleansing of one import, and what its records are worth. */
export interface SourceRun {
  readonly phaseRunId: string;
  readonly importId: string;
  readonly flowId: string;
  /** The stored upload; the tables of one upload are of one moment. */
  readonly objectId: string;
  readonly dataSourceId: string | null;
  readonly product: string | null;
  /** Lower is trusted more. */
  readonly rank: number;
  /** ISO date-time; null when nobody knows when the export was true. */
  readonly asOf: string | null;
  readonly tableKind: TableKind | null;
  readonly formatId: string | null;
  readonly headerFingerprint: string | null;
  readonly isFull: boolean;
  /** Whether the import belongs to the flow that asks. */
  readonly isOfFlow: boolean;
  /** Whether its flow has reached the estate. */
  readonly isProjected: boolean;
}

/** Published cleansings of all imports that are not undone, in the order in which the imports came. */
export async function listSourceRuns(trx: TenantTrx, flowId: string | null): Promise<SourceRun[]> {
  return queryRows<SourceRun>(
    trx,
    `select f.phase_run_id, i.id as import_id, i.flow_id, i.object_id, i.data_source_id,
       coalesce(s.product, i.format_vendor) as product, coalesce(s.rank, 100) as rank,
       to_char(i.as_of at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as as_of, i.table_kind, i.format_id,
       i.header_fingerprint, i.coverage = 'full' as is_full,
       i.flow_id is not distinct from :flowId::uuid as is_of_flow,
       exists (select from flow_results p where p.client_account_id = i.client_account_id
         and p.engagement_id = i.engagement_id and p.flow_id = i.flow_id and p.phase = 'asset_inventory'
         and p.scenario_id is null) as is_projected
     from flow_results f
     join data_imports i on i.client_account_id = f.client_account_id and i.engagement_id = f.engagement_id
       and i.id = f.import_id
     left join data_sources s on s.client_account_id = i.client_account_id and s.engagement_id = i.engagement_id
       and s.id = i.data_source_id
     where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId
       and f.phase = 'data_cleansing' and f.scenario_id is null and i.undone_at is null
     order by i.created_at, i.flow_id, i.position, i.id`,
    { ...tenantOf(trx), flowId },
  );
}

/** How many records of a cleansing run are of one kind. */
export async function countCleansed(
  trx: TenantTrx,
  phaseRunIds: readonly string[],
  kind: 'inventory' | 'relation',
): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    trx,
    `select count(*) as count from cleansed_records where client_account_id = :clientAccountId
       and engagement_id = :engagementId and phase_run_id = any (:phaseRunIds::uuid[]) and kind = :kind`,
    { ...tenantOf(trx), phaseRunIds, kind },
  );
  return count;
}

export interface KnownRecord {
  readonly rowNumber: number;
  readonly assetId: string;
  /** Identity keys as `kind:value`. */
  readonly identity: readonly string[];
}

/** The records of a cleansing run that speak of assets, in row order, some hundreds at a time. */
export async function* streamKnownRecords(
  trx: TenantTrx,
  phaseRunId: string,
): AsyncGenerator<KnownRecord[], void, undefined> {
  const query = `select row_number, asset_id, identity from asset_sources
    where ${tenantCondition(trx)} and phase_run_id = ${uuidLiteral(phaseRunId)} order by row_number`;
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    yield rows.map(([rowNumber, assetId, identity]) => ({
      rowNumber: Number(rowNumber),
      assetId: assetId ?? '',
      identity: parseCopyArray(identity ?? '{}').map((key) => key ?? ''),
    }));
  }
}

export interface InventoryRecord {
  readonly rowNumber: number;
  readonly values: AttributeValues;
  /** The asset that the record speaks of already, or null. */
  readonly assetId: string | null;
}

/** The inventory records of a cleansing run in row order, some hundreds at a time. */
export async function* streamInventory(
  trx: TenantTrx,
  phaseRunId: string,
): AsyncGenerator<InventoryRecord[], void, undefined> {
  await planForManyRows(trx);
  const query = `select c.row_number, c."values", s.asset_id from cleansed_records c
    left join asset_sources s on s.client_account_id = c.client_account_id and s.engagement_id = c.engagement_id
      and s.phase_run_id = c.phase_run_id and s.row_number = c.row_number
    where ${tenantCondition(trx, 'c')} and c.phase_run_id = ${uuidLiteral(phaseRunId)} and c.kind = 'inventory'
    order by c.row_number`;
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    yield rows.map(([rowNumber, values, assetId]) => ({
      rowNumber: Number(rowNumber),
      values: valuesOf(values),
      assetId: assetId ?? null,
    }));
  }
}

/** Where a record stands: the position of its run in a list, and its row. */
export interface RecordRef {
  readonly run: number;
  readonly rowNumber: number;
}

export interface LoadedRecord extends RecordRef {
  readonly values: AttributeValues;
  readonly assetId: string | null;
  readonly pinnedBy: string | null;
}

/**
 * The values of some records with the assets that they speak of, in the order of the references. Put in order here:
 * the server would sort the whole documents.
 */
export async function loadRecords(
  trx: TenantTrx,
  runs: readonly SourceRun[],
  refs: readonly RecordRef[],
): Promise<LoadedRecord[]> {
  const found: (LoadedRecord | undefined)[] = Array.from(refs, () => undefined);
  const strays: number[] = [];
  for (const places of placesByRun(refs)) {
    const [start] = places;
    const phaseRunId = start === undefined ? undefined : runs[refs[start]?.run ?? -1]?.phaseRunId;
    if (phaseRunId === undefined) continue;
    const length = pieceLength(places, refs);
    strays.push(...places.slice(length));
    await readPiece(trx, { phaseRunId, refs, places: places.slice(0, length) }, found);
  }
  await readStrays(trx, { runs, refs, places: strays }, found);
  return found.filter((record) => record !== undefined);
}

/** Places of the references to each run, in row order. */
function placesByRun(refs: readonly RecordRef[]): number[][] {
  const placesOf = new Map<number, number[]>();
  refs.forEach(({ run }, place) => {
    const places = placesOf.get(run);
    if (places === undefined) placesOf.set(run, [place]);
    else places.push(place);
  });
  const rowAt = (place: number): number => refs[place]?.rowNumber ?? 0;
  return Array.from(placesOf.values(), (places) => places.sort((one, two) => rowAt(one) - rowAt(two)));
}

/** How many records from the first on are read as one range, of which at least half is wanted. */
function pieceLength(places: readonly number[], refs: readonly RecordRef[]): number {
  const first = refs[places[0] ?? 0]?.rowNumber ?? 0;
  return places.findLastIndex((place, at) => (refs[place]?.rowNumber ?? 0) - first < 2 * (at + 1)) + 1;
}

interface Piece {
  readonly phaseRunId: string;
  readonly refs: readonly RecordRef[];
  readonly places: readonly number[];
}

async function readPiece(
  trx: TenantTrx,
  { phaseRunId, refs, places }: Piece,
  found: (LoadedRecord | undefined)[],
): Promise<void> {
  const placeOf = new Map(places.map((place) => [String(refs[place]?.rowNumber), place]));
  const range = (table: string): string => {
    const [first, last] = [places[0] ?? 0, places.at(-1) ?? 0].map((place) => refs[place]?.rowNumber ?? 0);
    return `${tenantCondition(trx, table)} and ${table}.phase_run_id = ${uuidLiteral(phaseRunId)}
      and ${table}.row_number between ${integerLiteral(first ?? 0)} and ${integerLiteral(last ?? 0)}`;
  };
  const query = `select c.row_number, c."values", k.asset_id, k.pinned_by from cleansed_records c
    left join (select s.row_number, s.asset_id, s.pinned_by from asset_sources s where ${range('s')}) k
      on k.row_number = c.row_number
    where ${range('c')}`;
  await take(trx, query, (row) => placeOf.get(row ?? ''), { refs, found });
}

/** Records far from the others, each by a look into the index, because a join would read the whole run. */
async function readStrays(
  trx: TenantTrx,
  wanted: {
    readonly runs: readonly SourceRun[];
    readonly refs: readonly RecordRef[];
    readonly places: readonly number[];
  },
  found: (LoadedRecord | undefined)[],
): Promise<void> {
  const { runs, refs, places } = wanted;
  if (places.length === 0) return;
  await copyIn(
    trx,
    { table: 'wanted_records', columns: `place integer, phase_run_id uuid, row_number integer` },
    rowPieces(places, (place) => {
      const ref = refs[place];
      return [place, runs[ref?.run ?? -1]?.phaseRunId ?? null, ref?.rowNumber ?? null];
    }),
  );
  const same = (table: string): string => `${tenantCondition(trx, table)}
    and ${table}.phase_run_id = w.phase_run_id and ${table}.row_number = w.row_number`;
  const query = `select w.place, c."values", k.asset_id, k.pinned_by from wanted_records w
    cross join lateral (select r."values" from cleansed_records r where ${same('r')} offset 0) c
    left join lateral (select s.asset_id, s.pinned_by from asset_sources s where ${same('s')} offset 0) k on true`;
  await take(trx, query, Number, { refs, found });
}

async function take(
  trx: TenantTrx,
  query: string,
  placeOf: (text: string | null | undefined) => number | undefined,
  { refs, found }: { readonly refs: readonly RecordRef[]; readonly found: (LoadedRecord | undefined)[] },
): Promise<void> {
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    for (const [key, values, assetId, pinnedBy] of rows) {
      const place = placeOf(key);
      const ref = place === undefined ? undefined : refs[place];
      if (place === undefined || ref === undefined) continue;
      const { run, rowNumber } = ref;
      const known = { assetId: assetId ?? null, pinnedBy: pinnedBy ?? null };
      found[place] = { run, rowNumber, values: valuesOf(values), ...known };
    }
  }
}

/** Cleansing wrote the values under the names of the attribute registry. */
function valuesOf(text: string | null | undefined): AttributeValues {
  return JSON.parse(text ?? '{}') as AttributeValues;
}

/** Takes the records of undone imports, and of cleansings that were replaced, out of the estate. */
export async function deleteStaleSources(trx: TenantTrx): Promise<number> {
  await planForManyRows(trx);
  return execute(
    trx,
    `delete from asset_sources s
     where s.client_account_id = :clientAccountId and s.engagement_id = :engagementId
       and s.phase_run_id not in (
         select f.phase_run_id from flow_results f
         join data_imports i on i.client_account_id = f.client_account_id and i.engagement_id = f.engagement_id
           and i.id = f.import_id
         where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId
           and f.phase = 'data_cleansing' and f.scenario_id is null and i.undone_at is null)`,
    { ...tenantOf(trx) },
  );
}

/** Takes the records of one import out of the estate; they stay in `cleansed_records`. */
export async function deleteImportSources(trx: TenantTrx, importId: string): Promise<number> {
  return execute(
    trx,
    `delete from asset_sources where client_account_id = :clientAccountId and engagement_id = :engagementId
       and import_id = :importId`,
    { ...tenantOf(trx), importId },
  );
}
