import type { Knex } from 'knex';

/** Technical debt and recommended dispositions, per asset and phase run; what people decide instead stands apart. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(debtFindings);
  await knex.raw(recommendations);
  await knex.raw(dispositionOverrides);
}

const debtFindings = `
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
  call protect_tenant_table('debt_findings', 'select, insert, delete');
`;

const recommendations = `
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
    blockers jsonb not null default '[]',
    primary key (client_account_id, engagement_id, phase_run_id, asset_id),
    constraint recommendations_strategy_known check (strategy in ('rehost', 'relocate', 'replatform', 'refactor',
      'rearchitect', 'repurchase', 'retire', 'retain')),
    constraint recommendations_runner_up_known check (runner_up in ('rehost', 'relocate', 'replatform', 'refactor',
      'rearchitect', 'repurchase', 'retire', 'retain')),
    constraint recommendations_confidence_in_range check (confidence between 0 and 1)
  );
  comment on column recommendations.blockers is 'What stands in the way of moving the asset, each with its source.';
  call protect_tenant_table('recommendations', 'select, insert, delete');
`;

const dispositionOverrides = `
  create table disposition_overrides (
    client_account_id uuid not null,
    engagement_id uuid not null,
    asset_id uuid not null,
    strategy text not null,
    reason text not null,
    user_id uuid not null,
    at timestamptz not null default clock_timestamp(),
    primary key (client_account_id, engagement_id, asset_id),
    foreign key (client_account_id, engagement_id, asset_id)
      references assets (client_account_id, engagement_id, id) on delete cascade,
    constraint disposition_overrides_strategy_known check (strategy in ('rehost', 'relocate', 'replatform',
      'refactor', 'rearchitect', 'repurchase', 'retire', 'retain')),
    constraint disposition_overrides_reason_present check (btrim(reason) <> '')
  );
  call protect_tenant_table('disposition_overrides', 'select, insert, update, delete');
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table disposition_overrides;
    drop table recommendations;
    drop table debt_findings;
  `);
}
