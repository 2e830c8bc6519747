import { copyOut } from '../bulk/copy';
import { decodeCopy } from '../bulk/copy-text';
import { tenantCondition, uuidListLiteral, uuidLiteral } from '../bulk/literals';
import { execute } from '../connection/query';
import type { TenantTrx } from '../connection/tenant';

/** Assets by a range of their ids, both ends included, and the analysis that tells what they need. */
export interface AssetSelection {
  readonly first: string;
  readonly last: string;
  /** Those of the range that are wanted; null: all of them. */
  readonly ids: readonly string[] | null;
  readonly dependencyRunId: string | null;
  /** Whether members of applications are wanted. */
  readonly withMembers: boolean;
}

export interface Surroundings {
  /** Number of assets that an asset needs. */
  readonly outgoing: ReadonlyMap<string, number>;
  /** Number of assets that need an asset. */
  readonly incoming: ReadonlyMap<string, number>;
  /** What belongs to an asset, if it is an application. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Suggested members below this confidence are left to people. */
const certainMember = 0.8;

/**
 * For the rest of the transaction rows come in the order of an index, so that each part of a statement reads the one
 * that begins with the column it asks for. Without statistics the server would take any.
 */
export async function planByOrder(trx: TenantTrx): Promise<void> {
  await execute(trx, `select set_config('enable_sort', 'off', true), set_config('jit', 'off', true)`, {});
}

/**
 * What stands around some assets, by one statement. Each part of it reads one range of one index: without statistics,
 * as after the first import of an estate, joins of these tables are planned badly.
 */
export async function readSurroundings(trx: TenantTrx, selection: AssetSelection): Promise<Surroundings> {
  const outgoing = new Map<string, number>();
  const incoming = new Map<string, number>();
  const found: Belonging[] = [];
  const decided: Belonging[] = [];
  const query = surroundingsQuery(trx, selection);
  for await (const rows of query === '' ? [] : decodeCopy(copyOut(trx, query))) {
    for (const [kind, one, other, told] of rows as unknown as Row[]) {
      if (kind === 'needs') outgoing.set(one, Number(told));
      else if (kind === 'needed') incoming.set(one, Number(told));
      else (kind === 'decided' ? decided : found).push([one, other, told]);
    }
  }
  return { outgoing, incoming, members: membersOf([...found, ...decided]) };
}

/** Texts of the four columns, none of them null. */
type Row = readonly [kind: string, asset: string, other: string, told: string];
type Belonging = readonly [whole: string, member: string, state: string];

/** The word of people is heard last. */
function membersOf(belongings: readonly Belonging[]): Map<string, Set<string>> {
  const members = new Map<string, Set<string>>();
  for (const [whole, member, state] of belongings) {
    const known = members.get(whole);
    if (state === 'rejected') known?.delete(member);
    else if (known === undefined) members.set(whole, new Set([member]));
    else known.add(member);
  }
  return members;
}

function surroundingsQuery(trx: TenantTrx, selection: AssetSelection): string {
  const { dependencyRunId: runId, withMembers } = selection;
  const queries = runId === null ? [] : tiesQueries(trx, selection, runId);
  if (withMembers && runId !== null) queries.push(...memberQueries(trx, selection, runId));
  if (withMembers) queries.push(decidedQuery(trx, selection));
  return queries.map((query) => `(${query})`).join(' union all ');
}

/** Two assets count once, whatever they have to do with each other. */
function tiesQueries(trx: TenantTrx, selection: AssetSelection, runId: string): string[] {
  const ofRun = `${tenantCondition(trx)} and phase_run_id = ${uuidLiteral(runId)}`;
  return [
    `select 'needs', source_asset_id, '', count(distinct target_asset_id)::text from asset_dependencies
     where ${ofRun} and ${within('source_asset_id', selection)} group by source_asset_id`,
    `select 'needed', target_asset_id, '', count(distinct source_asset_id)::text from asset_dependencies
     where ${ofRun} and ${within('target_asset_id', selection)} group by target_asset_id`,
  ];
}

/** What an application needs to run, and what a run found for certain. */
function memberQueries(trx: TenantTrx, selection: AssetSelection, runId: string): string[] {
  const ofRun = `${tenantCondition(trx)} and phase_run_id = ${uuidLiteral(runId)}`;
  return [
    `select 'found', source_asset_id, target_asset_id::text, '' from asset_dependencies
     where ${ofRun} and hardness = 'hard' and ${within('source_asset_id', selection)}
     order by source_asset_id, target_asset_id`,
    `select 'found', application_asset_id, member_asset_id::text, state from application_members
     where ${ofRun} and confidence >= ${certainMember} and ${within('application_asset_id', selection)}
     order by application_asset_id, member_asset_id`,
  ];
}

function decidedQuery(trx: TenantTrx, selection: AssetSelection): string {
  return `select 'decided', application_asset_id, member_asset_id::text, state from application_members
    where ${tenantCondition(trx)} and phase_run_id is null and state <> 'suggested'
      and ${within('application_asset_id', selection)}
    order by application_asset_id, member_asset_id`;
}

function within(column: string, { ids, first, last }: AssetSelection): string {
  const range = `${column} between ${uuidLiteral(first)} and ${uuidLiteral(last)}`;
  return ids === null ? range : `${range} and ${column} = any (${uuidListLiteral(ids)})`;
}
