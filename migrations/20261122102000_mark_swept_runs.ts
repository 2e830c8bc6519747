import type { Knex } from 'knex';

/** The sweeper keeps superseded runs for their counts, and notes here that their rows are gone. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table phase_runs add column swept_at timestamptz;
    alter table phase_runs add constraint phase_runs_swept_is_superseded
      check (swept_at is null or status = 'superseded');
    comment on column phase_runs.swept_at is 'When the last derived row of this superseded run was deleted.';
    grant select (swept_at) on phase_runs to surveyor_system;
    drop index phase_runs_superseded;
    create index phase_runs_to_sweep on phase_runs (finished_at) where status = 'superseded' and swept_at is null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index phase_runs_to_sweep;
    create index phase_runs_superseded on phase_runs (finished_at) where status = 'superseded';
    alter table phase_runs drop column swept_at;
  `);
}
