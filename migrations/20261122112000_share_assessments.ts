import type { Knex } from 'knex';

/**
 * Assets alike have the same reasons: these stand once a run, under their hash, and each recommendation names its own.
 * A hundred thousand servers have a few thousand of them. The views show them per asset as before.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(sharedTables);
  await knex.raw(sharedViews);
}

const sharedTables = `
  drop view current_debt_findings;
  drop view current_recommendations;
  alter table recommendations no force row level security;
  alter table debt_findings no force row level security;
  create table assessments (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    id uuid not null,
    points jsonb not null,
    flips_if text,
    missing text[] not null,
    blockers jsonb not null,
    findings jsonb not null,
    primary key (client_account_id, engagement_id, phase_run_id, id)
  );
  comment on table assessments is 'The reasons of a recommendation, for all assets of which the rules say the same.';
  comment on column assessments.id is 'A hash of the reasons.';
  comment on column assessments.blockers is 'What stands in the way of moving the asset, each with its source.';
  comment on column assessments.findings is 'Technical debt, the worst first.';
  alter table recommendations add column assessment_id uuid;
  insert into assessments
    select r.client_account_id, r.engagement_id, r.phase_run_id, r.asset_id, r.points, r.flips_if, r.missing,
      r.blockers, coalesce((
        select jsonb_agg(to_jsonb(f) - array['client_account_id', 'engagement_id', 'phase_run_id', 'asset_id',
          'ordinal'] order by f.ordinal)
        from debt_findings f where f.client_account_id = r.client_account_id
          and f.engagement_id = r.engagement_id and f.phase_run_id = r.phase_run_id
          and f.asset_id = r.asset_id), '[]')
    from recommendations r;
  update recommendations set assessment_id = asset_id;
  alter table recommendations alter column assessment_id set not null;
  alter table recommendations
    drop column points, drop column flips_if, drop column missing, drop column blockers;
  alter table recommendations force row level security;
  drop table debt_findings;
  call protect_tenant_table('assessments', 'select, insert, delete');
`;

const sharedViews = `
  create view current_recommendations with (security_invoker = true) as
    select r.client_account_id, r.engagement_id, r.phase_run_id, r.asset_id, r.strategy, r.confidence, s.points,
      r.runner_up, s.flips_if, s.missing, r.debt_score, s.blockers, o.strategy as override_strategy,
      o.reason as override_reason, o.user_id as overridden_by, o.at as overridden_at, s.findings
    from estates e
    join recommendations r on r.client_account_id = e.client_account_id and r.engagement_id = e.engagement_id
      and r.phase_run_id = e.assessment_run_id
    left join assessments s on s.client_account_id = r.client_account_id and s.engagement_id = r.engagement_id
      and s.phase_run_id = r.phase_run_id and s.id = r.assessment_id
    left join disposition_overrides o on o.client_account_id = r.client_account_id
      and o.engagement_id = r.engagement_id and o.asset_id = r.asset_id;
  grant select on current_recommendations to surveyor_app;
  create view current_debt_findings with (security_invoker = true) as
    select r.client_account_id, r.engagement_id, r.phase_run_id, r.asset_id, f.ordinal::integer, f.code,
      f.severity, f.points, f.component, f.version, f.lifecycle_status, f.end_of_support, f.reason, f.action,
      f.source
    from estates e
    join recommendations r on r.client_account_id = e.client_account_id and r.engagement_id = e.engagement_id
      and r.phase_run_id = e.assessment_run_id
    join assessments s on s.client_account_id = r.client_account_id and s.engagement_id = r.engagement_id
      and s.phase_run_id = r.phase_run_id and s.id = r.assessment_id
    cross join lateral rows from (jsonb_to_recordset(s.findings) as (code text, severity text,
      points numeric(5, 2), component text, version text, lifecycle_status text, end_of_support date, reason text,
      action text, source text)) with ordinality as f (code, severity, points, component, version,
      lifecycle_status, end_of_support, reason, action, source, ordinal);
  grant select on current_debt_findings to surveyor_app;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(tablesPerAsset);
  await knex.raw(viewsPerAsset);
}

const tablesPerAsset = `
  drop view current_debt_findings;
  drop view current_recommendations;
  alter table recommendations no force row level security;
  alter table assessments no force row level security;
  create table debt_findings (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    asset_id uuid not null,
    ordinal integer not null,
    code text not null,
    severity text not null,
    points numeric(5, 2) not null default 0,
    component text,
    version text,
    lifecycle_status text,
    end_of_support date,
    reason text not null,
    action text not null,
    source text,
    primary key (client_account_id, engagement_id, phase_run_id, asset_id, ordinal),
    constraint debt_findings_severity_known check (severity in ('info', 'low', 'medium', 'high', 'critical')),
    constraint debt_findings_lifecycle_known
      check (lifecycle_status in ('expired', 'extended_only', 'soon', 'supported', 'unknown'))
  );
  insert into debt_findings
    select r.client_account_id, r.engagement_id, r.phase_run_id, r.asset_id, f.ordinal, f.code, f.severity,
      f.points, f.component, f.version, f.lifecycle_status, f.end_of_support, f.reason, f.action, f.source
    from recommendations r
    join assessments s on s.client_account_id = r.client_account_id and s.engagement_id = r.engagement_id
      and s.phase_run_id = r.phase_run_id and s.id = r.assessment_id
    cross join lateral rows from (jsonb_to_recordset(s.findings) as (code text, severity text,
      points numeric, component text, version text, lifecycle_status text, end_of_support date, reason text,
      action text, source text)) with ordinality as f (code, severity, points, component, version,
      lifecycle_status, end_of_support, reason, action, source, ordinal);
  alter table recommendations rename to explained_recommendations;
  create table recommendations (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    asset_id uuid not null,
    strategy text not null,
    confidence numeric(4, 3) not null,
    points jsonb not null default '[]',
    runner_up text,
    flips_if text,
    missing text[] not null default '{}',
    debt_score numeric(5, 2),
    blockers jsonb not null default '[]'
  );
  insert into recommendations
    select r.client_account_id, r.engagement_id, r.phase_run_id, r.asset_id, r.strategy, r.confidence, s.points,
      r.runner_up, s.flips_if, s.missing, r.debt_score, s.blockers
    from explained_recommendations r
    join assessments s on s.client_account_id = r.client_account_id and s.engagement_id = r.engagement_id
      and s.phase_run_id = r.phase_run_id and s.id = r.assessment_id;
  drop table explained_recommendations;
  drop table assessments;
  alter table recommendations
    add primary key (client_account_id, engagement_id, phase_run_id, asset_id),
    add constraint recommendations_strategy_known check (strategy in ('rehost', 'relocate', 'replatform',
      'refactor', 'rearchitect', 'repurchase', 'retire', 'retain')),
    add constraint recommendations_runner_up_known check (runner_up in ('rehost', 'relocate', 'replatform',
      'refactor', 'rearchitect', 'repurchase', 'retire', 'retain')),
    add constraint recommendations_confidence_in_range check (confidence between 0 and 1);
  comment on column recommendations.blockers is 'What stands in the way of moving the asset, each with its source.';
  call protect_tenant_table('debt_findings', 'select, insert, delete');
  call protect_tenant_table('recommendations', 'select, insert, delete');
`;

const viewsPerAsset = `
  create view current_debt_findings with (security_invoker = true) as
    select r.* from estates e
    join debt_findings r on r.client_account_id = e.client_account_id and r.engagement_id = e.engagement_id
      and r.phase_run_id = e.assessment_run_id;
  grant select on current_debt_findings to surveyor_app;
  create view current_recommendations with (security_invoker = true) as
    select r.*, o.strategy as override_strategy, o.reason as override_reason, o.user_id as overridden_by,
      o.at as overridden_at
    from estates e
    join recommendations r on r.client_account_id = e.client_account_id and r.engagement_id = e.engagement_id
      and r.phase_run_id = e.assessment_run_id
    left join disposition_overrides o on o.client_account_id = r.client_account_id
      and o.engagement_id = r.engagement_id and o.asset_id = r.asset_id;
  grant select on current_recommendations to surveyor_app;
`;
