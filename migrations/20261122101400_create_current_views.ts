import type { Knex } from 'knex';

const importResults: ReadonlyArray<readonly [view: string, table: string, phase: string]> = [
  ['current_raw_records', 'raw_import_records', 'data_import'],
  ['current_rejected_records', 'rejected_records', 'data_import'],
  ['current_column_profiles', 'column_profiles', 'data_validation'],
  ['current_quality_findings', 'data_quality_findings', 'data_validation'],
  ['current_cleansed_records', 'cleansed_records', 'data_cleansing'],
  ['current_cleansing_changes', 'cleansing_changes', 'data_cleansing'],
];

const estateResults: ReadonlyArray<readonly [view: string, table: string, pointer: string, column: string]> =
  [
    ['current_asset_changes', 'asset_changes', 'inventory_run_id', 'phase_run_id'],
    ['current_dependencies', 'asset_dependencies', 'dependency_run_id', 'phase_run_id'],
    ['current_unresolved_references', 'unresolved_references', 'dependency_run_id', 'phase_run_id'],
    ['current_plan', 'estate_plans', 'plan_id', 'id'],
    ['current_groups', 'move_groups', 'plan_id', 'plan_id'],
    ['current_waves', 'waves', 'plan_id', 'plan_id'],
    ['current_debt_findings', 'debt_findings', 'assessment_run_id', 'phase_run_id'],
  ];

/** Readers' views: published rows only, with the rights of the reader. */
export async function up(knex: Knex): Promise<void> {
  for (const [view, table, phase] of importResults) {
    await knex.raw(`
      create view ${view} with (security_invoker = true) as
        select f.flow_id, r.* from flow_results f
        join ${table} r on r.client_account_id = f.client_account_id and r.engagement_id = f.engagement_id
          and r.phase_run_id = f.phase_run_id
        where f.phase = '${phase}' and f.scenario_id is null;
      grant select on ${view} to surveyor_app;
    `);
  }
  for (const [view, table, pointer, column] of estateResults) {
    await knex.raw(`
      create view ${view} with (security_invoker = true) as
        select r.* from estates e
        join ${table} r on r.client_account_id = e.client_account_id and r.engagement_id = e.engagement_id
          and r.${column} = e.${pointer};
      grant select on ${view} to surveyor_app;
    `);
  }
  await knex.raw(`
    create view current_application_members with (security_invoker = true) as
      select distinct on (m.client_account_id, m.engagement_id, m.application_asset_id, m.member_asset_id) m.*
      from application_members m
      join estates e on e.client_account_id = m.client_account_id and e.engagement_id = m.engagement_id
      where m.phase_run_id is null or m.phase_run_id in (e.dependency_run_id, e.inventory_run_id)
      order by m.client_account_id, m.engagement_id, m.application_asset_id, m.member_asset_id,
        m.phase_run_id is null desc, m.confidence desc;
    comment on view current_application_members is 'The word of a person stands before what a run suggests.';
    grant select on current_application_members to surveyor_app;

    create view current_recommendations with (security_invoker = true) as
      select r.*, o.strategy as override_strategy, o.reason as override_reason, o.user_id as overridden_by,
        o.at as overridden_at
      from estates e
      join recommendations r on r.client_account_id = e.client_account_id and r.engagement_id = e.engagement_id
        and r.phase_run_id = e.assessment_run_id
      left join disposition_overrides o on o.client_account_id = r.client_account_id
        and o.engagement_id = r.engagement_id and o.asset_id = r.asset_id;
    grant select on current_recommendations to surveyor_app;

    create view current_assets with (security_invoker = true) as
      select * from assets where merged_into is null and deleted_at is null;
    grant select on current_assets to surveyor_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop view current_assets;
    drop view current_recommendations;
    drop view current_application_members;
  `);
  for (const [view] of [...estateResults, ...importResults]) await knex.raw(`drop view ${view}`);
}
