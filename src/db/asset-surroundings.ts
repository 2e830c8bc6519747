import type { AttributeValues } from '../domain/attributes/types';
import { type AssessedValues, assessedValues } from '../domain/disposition/assessed-values';
import type { AssetType } from '../domain/lists';
import { copyIn, copyOut } from './copy';
import { decodeCopy } from './copy-text';
import { tenantCondition, uuidLiteral } from './literals';
import { rowPieces } from './row-pieces';
import type { TenantTrx } from './tenant';

/** Assets by a range of their ids, both ends included, and the analysis that tells what they depend on. */
export interface AssetRange {
  readonly first: string;
  readonly last: string;
  readonly dependencyRunId: string | null;
  /** Those of the assets that are applications. */
  readonly applications: ReadonlySet<string>;
}

export interface Surroundings {
  /** Number of assets that an asset needs. */
  readonly outgoing: ReadonlyMap<string, number>;
  /** Number of assets that need an asset. */
  readonly incoming: ReadonlyMap<string, number>;
  /** What an assessment looks at of the servers and databases of each application, different ones once. */
  readonly members: ReadonlyMap<string, readonly AttributeValues[]>;
}

/** Suggested members below this confidence are left to people. */
const certainMember = 0.8;

/**
 * What stands around the assets of a range. Each statement reads one range of one index: without statistics, as
 * after the first import of an estate, joins of these tables are planned badly.
 */
export async function readSurroundings(trx: TenantTrx, range: AssetRange): Promise<Surroundings> {
  const belonging = new Map<string, Set<string>>();
  const belongs = (whole: string, member: string): void => {
    const members = belonging.get(whole);
    if (members === undefined) belonging.set(whole, new Set([member]));
    else members.add(member);
  };
  const outgoing = new Map<string, number>();
  const incoming = new Map<string, number>();
  const { dependencyRunId } = range;
  if (dependencyRunId !== null) {
    await eachRow(trx, outgoingQuery(trx, range, dependencyRunId), ([source, target, hardness]) => {
      outgoing.set(source, (outgoing.get(source) ?? 0) + 1);
      if (hardness === 'hard' && range.applications.has(source)) belongs(source, target);
    });
    await eachRow(trx, incomingQuery(trx, range, dependencyRunId), ([target]) => {
      incoming.set(target, (incoming.get(target) ?? 0) + 1);
    });
  }
  await eachRow(trx, membersQuery(trx, range), ([whole, member, state]) => {
    if (state === 'rejected') belonging.get(whole)?.delete(member);
    else belongs(whole, member);
  });
  return { outgoing, incoming, members: await memberValues(trx, range.applications, belonging) };
}

type Row = readonly [string, string, string];

async function eachRow(trx: TenantTrx, query: string, take: (row: Row) => void): Promise<void> {
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    for (const row of rows) take(row as unknown as Row); // each query answers three columns without nulls
  }
}

function between(column: string, { first, last }: AssetRange): string {
  return `${column} >= ${uuidLiteral(first)} and ${column} <= ${uuidLiteral(last)}`;
}

/** Two assets count once, whatever they have to do with each other; the hardest tie tells. */
function outgoingQuery(trx: TenantTrx, range: AssetRange, runId: string): string {
  return `select source_asset_id, target_asset_id, min(hardness) from asset_dependencies
    where ${tenantCondition(trx)} and phase_run_id = ${uuidLiteral(runId)} and ${between('source_asset_id', range)}
    group by source_asset_id, target_asset_id`;
}

function incomingQuery(trx: TenantTrx, range: AssetRange, runId: string): string {
  return `select distinct target_asset_id, source_asset_id, '' from asset_dependencies
    where ${tenantCondition(trx)} and phase_run_id = ${uuidLiteral(runId)} and ${between('target_asset_id', range)}`;
}

/** Members that a run found for certain, then the word of people, so that it is heard last. */
function membersQuery(trx: TenantTrx, range: AssetRange): string {
  const columns = 'application_asset_id, member_asset_id, state';
  const from = `from application_members where ${tenantCondition(trx)} and ${between('application_asset_id', range)}`;
  const decided = `select 1 as place, ${columns} ${from} and phase_run_id is null and state <> 'suggested'`;
  const { dependencyRunId: runId } = range;
  const found =
    runId === null
      ? ''
      : `select 0 as place, ${columns} ${from} and phase_run_id = ${uuidLiteral(runId)}
         and confidence >= ${certainMember} union all `;
  return `select ${columns} from (${found}${decided}) m order by place`;
}

/** Equal values as one object, in the memory of one page. */
export function createSharedValues(): (values: AssessedValues) => AssessedValues {
  const known = new Map<string, AssessedValues>();
  return (values) => {
    const found = known.get(values.key);
    if (found === undefined) known.set(values.key, values);
    return found ?? values;
  };
}

/** Values of the living servers and databases that belong to some applications, in the order of their ids. */
async function memberValues(
  trx: TenantTrx,
  applications: ReadonlySet<string>,
  belonging: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Map<string, AttributeValues[]>> {
  const wanted = new Set<string>();
  for (const application of applications) {
    for (const member of belonging.get(application) ?? []) wanted.add(member);
  }
  const valuesOf = await readMembers(trx, [...wanted]);
  const result = new Map<string, AttributeValues[]>();
  for (const application of applications) {
    const different = new Set<AttributeValues>();
    for (const member of [...(belonging.get(application) ?? [])].toSorted()) {
      const values = valuesOf.get(member);
      if (values !== undefined) different.add(values);
    }
    result.set(application, [...different]);
  }
  return result;
}

async function readMembers(
  trx: TenantTrx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AttributeValues>> {
  const members = new Map<string, AttributeValues>();
  if (ids.length === 0) return members;
  await copyIn(
    trx,
    { table: 'wanted_members', columns: `id uuid` },
    rowPieces(ids, (id) => [id]),
  );
  const query = `select a.id, a.asset_type, a."values" from wanted_members w
    join assets a on ${tenantCondition(trx, 'a')} and a.id = w.id
    where a.merged_into is null and a.deleted_at is null and a.asset_type in ('server', 'database')`;
  const shared = createSharedValues();
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    for (const [id, assetType, text] of rows) {
      const values = JSON.parse(text ?? '{}') as AttributeValues; // projections write attribute values
      // The query answers assets of these classes only.
      members.set(id ?? '', shared(assessedValues(values, assetType as AssetType)).values);
    }
  }
  return members;
}
