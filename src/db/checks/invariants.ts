/** Something that is true of the database at all times; constraints do not reach it. */
export interface Invariant {
  readonly rule: string;
  /** What is the matter with what the query finds. */
  readonly meaning: string;
  /** Finds the offences of one tenant, each as a text in `subject`: ids and names of tables, never values. */
  readonly sql: string;
}

/** Tables without foreign keys whose rows belong to a phase run. */
const runTables = [
  'raw_import_records',
  'rejected_records',
  'corrected_records',
  'cleansed_records',
  'asset_sources',
  'asset_changes',
  'asset_dependencies',
  'unresolved_references',
  'application_members',
  'assessments',
  'recommendations',
] as const;

const onTenant = (left: string, right: string): string =>
  `${left}.client_account_id = ${right}.client_account_id and ${left}.engagement_id = ${right}.engagement_id`;

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** Rows whose column names an asset that is not there, and by default also one that was merged into another. */
function assetAstray(table: string, column: string, allowed: 'living' | 'known' = 'living'): string {
  const isFine = allowed === 'living' ? 'and a.merged_into is null' : '';
  return `select distinct t.${column}::text as subject from ${table} t
    where t.client_account_id = :clientAccountId and t.engagement_id = :engagementId and not exists (
      select from assets a where ${onTenant('a', 't')} and a.id = t.${column} ${isFine})`;
}

const ledgerSum =
  'passed + created + updated + merged + unchanged + linked + unresolved + skipped + rejected';

/** The rules about flows, runs and what they counted. */
export const flowInvariants: readonly Invariant[] = [
  {
    rule: 'master_without_child',
    meaning: 'a master flow without its discovery flow',
    sql: `select m.flow_id::text as subject from master_flows m
      where m.client_account_id = :clientAccountId and m.engagement_id = :engagementId and not exists (
        select from discovery_flows d where ${onTenant('d', 'm')} and d.master_flow_id = m.flow_id)`,
  },
  {
    rule: 'child_disagrees',
    meaning: 'a discovery flow with another status or phase than its master',
    sql: `select m.flow_id::text as subject from master_flows m join discovery_flows d on ${onTenant('d', 'm')}
        and d.master_flow_id = m.flow_id
      where m.client_account_id = :clientAccountId and m.engagement_id = :engagementId
        and (d.status <> m.flow_status or d.current_phase is distinct from m.current_phase)`,
  },
  {
    rule: 'import_not_counted',
    meaning: 'an import whose published records are not as many as it says',
    sql: `select i.id::text as subject from data_imports i
      join flow_results f on ${onTenant('f', 'i')} and f.import_id = i.id and f.phase = 'data_import'
        and f.scenario_id is null
      cross join lateral (select count(*) as records from raw_import_records r
        where ${onTenant('r', 'i')} and r.phase_run_id = f.phase_run_id) accepted
      cross join lateral (select count(*) as records from rejected_records r
        where ${onTenant('r', 'i')} and r.phase_run_id = f.phase_run_id) rejected
      where i.client_account_id = :clientAccountId and i.engagement_id = :engagementId
        and (i.total_records <> i.accepted_records + i.rejected_records
          or accepted.records <> i.accepted_records or rejected.records <> i.rejected_records)`,
  },
  {
    rule: 'run_ledger_open',
    meaning: 'a published phase run whose ledger does not add up',
    sql: `select id::text as subject from phase_runs
      where ${ofTenant} and published_at is not null and rows_in <> ${ledgerSum}`,
  },
  {
    rule: 'records_unaccounted',
    meaning: 'a completed flow whose records do not all end in one state',
    sql: `select m.flow_id::text as subject from master_flows m
      cross join lateral (select coalesce(sum(i.total_records), 0) as total from data_imports i
        where ${onTenant('i', 'm')} and i.flow_id = m.flow_id) records
      cross join lateral (select coalesce(sum(r.created + r.updated + r.merged + r.unchanged + r.linked
          + r.unresolved + r.skipped + r.rejected), 0) as total
        from flow_results f join phase_runs r on ${onTenant('r', 'f')} and r.id = f.phase_run_id
        where ${onTenant('f', 'm')} and f.flow_id = m.flow_id and f.scenario_id is null) ended
      where m.client_account_id = :clientAccountId and m.engagement_id = :engagementId
        and m.flow_status = 'completed' and records.total <> ended.total`,
  },
  {
    rule: 'result_without_run',
    meaning: 'a published result whose run is missing, unfinished or of another phase',
    sql: `select f.phase_run_id::text as subject from flow_results f
      where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId and not exists (
        select from phase_runs r where ${onTenant('r', 'f')} and r.id = f.phase_run_id and r.phase = f.phase
          and r.flow_id = f.flow_id and r.import_id is not distinct from f.import_id
          and r.status = 'completed' and r.published_at is not null)`,
  },
  {
    rule: 'several_open_runs',
    meaning: 'a phase with more than one open run',
    sql: `select min(id::text) as subject from phase_runs
      where ${ofTenant} and status in ('running', 'paused', 'failed')
      group by flow_id, change_id, scenario_id, phase, import_id having count(*) > 1`,
  },
  {
    rule: 'completed_without_phase',
    meaning: 'a completed flow that lacks the published result of a phase',
    sql: `select m.flow_id || ' ' || p.phase as subject from master_flows m
      cross join lateral (
        select phase, i.id as import_id from unnest(array['data_import', 'data_validation', 'field_mapping',
          'data_cleansing']) phase join data_imports i on ${onTenant('i', 'm')} and i.flow_id = m.flow_id
          and i.undone_at is null
        union all
        select phase, null from unnest(array['asset_inventory', 'dependency_analysis',
          'tech_debt_assessment']) phase) p
      where m.client_account_id = :clientAccountId and m.engagement_id = :engagementId
        and m.flow_status = 'completed' and not exists (
          select from flow_results f where ${onTenant('f', 'm')} and f.flow_id = m.flow_id
            and f.phase = p.phase and f.scenario_id is null and f.import_id is not distinct from p.import_id)`,
  },
  {
    rule: 'phase_marked_without_result',
    meaning: 'a discovery flow that marks a phase as completed without a published result',
    sql: `select d.master_flow_id || ' ' || p.phase as subject from discovery_flows d
      cross join lateral (values ('data_import', d.data_import_completed),
        ('data_validation', d.data_validation_completed), ('field_mapping', d.field_mapping_completed),
        ('data_cleansing', d.data_cleansing_completed), ('asset_inventory', d.asset_inventory_completed),
        ('dependency_analysis', d.dependency_analysis_completed),
        ('tech_debt_assessment', d.tech_debt_assessment_completed)) p (phase, completed)
      where d.client_account_id = :clientAccountId and d.engagement_id = :engagementId and p.completed
        and not exists (select from flow_results f where ${onTenant('f', 'd')}
          and f.flow_id = d.master_flow_id and f.phase = p.phase and f.scenario_id is null)`,
  },
  {
    rule: 'status_without_audit',
    meaning: 'a flow with a change of status that the audit log does not tell',
    sql: `with told as (
        select flow_id, at, substr(action, 6) as status, details ->> 'from' as came_from,
          lag(substr(action, 6), 1, 'initialized') over changes as stood,
          row_number() over (partition by flow_id order by at desc, id) as from_last
        from audit.audit_log
        where ${ofTenant} and resource_type = 'flow' and action = any (array['flow.running',
          'flow.waiting_for_approval', 'flow.paused', 'flow.completed', 'flow.failed', 'flow.cancelled',
          'flow.archived', 'flow.initialized'])
        window changes as (partition by flow_id order by at, id desc))
      select m.flow_id::text as subject from master_flows m
      where m.client_account_id = :clientAccountId and m.engagement_id = :engagementId and (
        exists (select from told t where t.flow_id = m.flow_id and t.came_from is distinct from t.stood)
        or m.flow_status <> coalesce(
          (select t.status from told t where t.flow_id = m.flow_id and t.from_last = 1), 'initialized'))`,
  },
];

/** The rules about bulk rows and the estate, where tables carry no foreign keys. */
export const estateInvariants: readonly Invariant[] = [
  {
    rule: 'rows_without_run',
    meaning: 'derived rows whose phase run does not exist',
    sql: runTables
      .map(
        (table) => `select distinct '${table} ' || t.phase_run_id as subject from ${table} t
          where t.client_account_id = :clientAccountId and t.engagement_id = :engagementId
            and t.phase_run_id is not null
            and not exists (select from phase_runs r where ${onTenant('r', 't')} and r.id = t.phase_run_id)`,
      )
      .join(' union all '),
  },
  {
    rule: 'estate_pointer_astray',
    meaning: 'an estate that shows a run or plan which does not exist',
    sql: `select p.name || ' ' || p.id as subject from estates e
      cross join lateral (values ('inventory_run_id', e.inventory_run_id),
        ('dependency_run_id', e.dependency_run_id), ('assessment_run_id', e.assessment_run_id)) p (name, id)
      where e.client_account_id = :clientAccountId and e.engagement_id = :engagementId and p.id is not null
        and not exists (select from phase_runs r where ${onTenant('r', 'e')} and r.id = p.id
          and r.published_at is not null)
      union all
      select 'plan_id ' || e.plan_id from estates e
      where e.client_account_id = :clientAccountId and e.engagement_id = :engagementId
        and e.plan_id is not null and not exists (
          select from estate_plans p where ${onTenant('p', 'e')} and p.id = e.plan_id)`,
  },
  {
    rule: 'source_astray',
    meaning: 'a source record that speaks of a missing or merged asset',
    sql: assetAstray('asset_sources', 'asset_id'),
  },
  {
    rule: 'source_without_record',
    meaning: 'a source whose cleansed record does not exist',
    sql: `select s.phase_run_id || ' ' || s.row_number as subject from asset_sources s
      where s.client_account_id = :clientAccountId and s.engagement_id = :engagementId and not exists (
        select from cleansed_records c where ${onTenant('c', 's')} and c.phase_run_id = s.phase_run_id
          and c.row_number = s.row_number)`,
  },
  {
    rule: 'identity_key_astray',
    meaning: 'an identity key of a missing or merged asset',
    sql: assetAstray('asset_identity_keys', 'asset_id'),
  },
  {
    rule: 'dependency_without_end',
    meaning: 'a dependency from or to an asset that does not exist',
    sql: `${assetAstray('current_dependencies', 'source_asset_id', 'known')}
      union all ${assetAstray('current_dependencies', 'target_asset_id', 'known')}`,
  },
  {
    rule: 'recommendation_astray',
    meaning: 'a recommendation for an asset that does not exist',
    sql: assetAstray('current_recommendations', 'asset_id', 'known'),
  },
  {
    rule: 'recommendation_unexplained',
    meaning: 'a recommendation whose reasons do not exist',
    sql: `select asset_id::text as subject from current_recommendations where ${ofTenant} and findings is null`,
  },
  {
    rule: 'import_without_upload',
    meaning: 'an import of an open flow whose upload was removed',
    sql: `select i.id::text as subject from data_imports i
      join stored_objects o on ${onTenant('o', 'i')} and o.id = i.object_id and o.state = 'deleted'
      join master_flows m on ${onTenant('m', 'i')} and m.flow_id = i.flow_id
        and m.flow_status not in ('completed', 'cancelled', 'archived')
      where i.client_account_id = :clientAccountId and i.engagement_id = :engagementId`,
  },
];
