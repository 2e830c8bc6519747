import type { AttributeName } from '../../domain/attributes/types';
import { type BinaryRow, eachBinaryRow } from '../bulk/binary-rows';
import { planForManyRows } from '../bulk/bulk-plans';
import { copyOut } from '../bulk/copy';
import { integerLiteral, tenantCondition, uuidLiteral } from '../bulk/literals';
import { slimColumns } from '../bulk/slim-values';
import type { TenantTrx } from '../connection/tenant';

/** A run as the order of records needs it. */
export interface StatingRun {
  /** Position in the caller's list. */
  readonly run: number;
  readonly phaseRunId: string;
  /** Equal for runs of one source. */
  readonly source: number;
  /** Higher is newer. */
  readonly freshness: number;
}

/** The attributes with which a record says what its own asset needs. The first two matter to software only. */
export const statementAttributes: readonly AttributeName[] = [
  'hostname',
  'fqdn',
  'hypervisor_host',
  'cluster',
  'application_name',
  'environment',
  'depends_on',
  'dependency_type',
  'dependency_source',
  'dependency_target',
  'port',
  'protocol',
  'connection_count',
];

/** Where the columns of such a record stand. */
export const statementFields = { run: 0, rowNumber: 1, assetId: 2, values: 3, others: 5 } as const;
const statementColumns = statementFields.values + statementAttributes.length;
/** Shows what each source says of each asset in its newest export, in no order. */
export async function readAssetStatements(
  trx: TenantTrx,
  runs: readonly StatingRun[],
  visit: (row: BinaryRow) => void,
): Promise<void> {
  if (runs.length === 0) return;
  await planForManyRows(trx);
  const list = runs.map(
    ({ run, phaseRunId, source, freshness }) =>
      `(${integerLiteral(run)}, ${uuidLiteral(phaseRunId)}::uuid, ${integerLiteral(source)}, ${integerLiteral(freshness)})`,
  );
  const repeats = new Set(runs.map(({ source }) => source)).size < runs.length;
  const newest = repeats ? 'max(v.freshness) over (partition by s.asset_id, v.source)' : 'v.freshness';
  const query = `
    select s.run, s.row_number, s.asset_id, ${slimColumns('c."values"', statementAttributes)}
    from (
      select s.phase_run_id, s.row_number, s.asset_id, v.run, v.freshness, ${newest} as newest
      from asset_sources s
      join (values ${list.join(', ')}) as v(run, phase_run_id, source, freshness) on v.phase_run_id = s.phase_run_id
      where ${tenantCondition(trx, 's')}) s
    join cleansed_records c on ${tenantCondition(trx, 'c')} and c.phase_run_id = s.phase_run_id
      and c.row_number = s.row_number
    where s.freshness = s.newest`;
  await eachBinaryRow(copyOut(trx, query, 'binary'), statementColumns, visit);
}

/** The attributes of a relation or network flow. The last ones have few different values. */
export const relationAttributes: readonly AttributeName[] = [
  'dependency_source',
  'dependency_target',
  'name',
  'connection_count',
  'port',
  'dependency_type',
  'protocol',
  'environment',
];

/** Where the columns of such a row stand. */
export const relationFields = {
  rowNumber: 0,
  source: 1,
  target: 2,
  name: 3,
  connections: 4,
  port: 5,
  kind: 6,
  last: 8,
} as const;
const relationColumns = 1 + relationAttributes.length;

/** Shows the rows of relation and network flow tables of one run, in their order. */
export async function readRelations(
  trx: TenantTrx,
  phaseRunId: string,
  visit: (row: BinaryRow) => void,
): Promise<void> {
  const query = `
    select row_number, ${slimColumns('"values"', relationAttributes)}
    from cleansed_records
    where ${tenantCondition(trx)} and phase_run_id = ${uuidLiteral(phaseRunId)} and kind = 'relation'
    order by row_number`;
  await eachBinaryRow(copyOut(trx, query, 'binary'), relationColumns, visit);
}
