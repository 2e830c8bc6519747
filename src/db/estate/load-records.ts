import type { AttributeValues } from '../../domain/attributes/types';
import { copyIn, copyOut } from '../bulk/copy';
import { decodeCopy } from '../bulk/copy-text';
import { integerLiteral, tenantCondition, uuidLiteral } from '../bulk/literals';
import { rowPieces } from '../bulk/row-pieces';
import { type SourceRun, valuesOf } from './source-records';
import type { TenantTrx } from '../connection/tenant';

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
