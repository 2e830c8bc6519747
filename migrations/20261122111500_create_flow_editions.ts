import type { Knex } from 'knex';

/**
 * An edition names what the status of a flow says. Every transaction that changes a row behind it takes a new one as
 * it commits, so whoever kept an answer asks for its edition only. A name, never a copy: nothing in it can be wrong.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(table);
  await knex.raw(renewal);
  await knex.raw(read);
}

const table = `
  create table flow_editions (
    client_account_id uuid not null,
    engagement_id uuid not null,
    flow_id uuid not null,
    edition uuid not null default gen_random_uuid(),
    primary key (client_account_id, engagement_id, flow_id),
    foreign key (client_account_id, engagement_id, flow_id)
      references master_flows (client_account_id, engagement_id, flow_id) on delete cascade
  );
  comment on table flow_editions is
    'Another edition after each transaction that changed what the status of a flow says; never the same again.';
  alter table master_flows no force row level security;
  insert into flow_editions (client_account_id, engagement_id, flow_id)
    select client_account_id, engagement_id, flow_id from master_flows;
  alter table master_flows force row level security;
  call protect_tenant_table('flow_editions', 'select, insert, update');
`;

/** The columns in which tables name their flow. */
const owners = {
  discovery_flows: 'master_flow_id',
  data_imports: 'flow_id',
  flow_gates: 'flow_id',
  phase_runs: 'flow_id',
} as const;

/**
 * Deferred, so that a batch holds the edition of its flow only while it commits. A transaction renews it once, however
 * many rows it writes: a setting of its own tells which.
 */
const renewal = `
  create function add_flow_edition() returns trigger language plpgsql set search_path = public, pg_temp as $$
  begin
    insert into flow_editions (client_account_id, engagement_id, flow_id)
      values (new.client_account_id, new.engagement_id, new.flow_id);
    return null;
  end $$;

  create function renew_flow_edition() returns trigger language plpgsql set search_path = public, pg_temp as $$
  declare
    flow uuid;
  begin
    if tg_table_name = 'discovery_flows' then flow := new.master_flow_id; else flow := new.flow_id; end if;
    if flow::text = current_setting('app.renewed_flow', true) then
      return null;
    end if;
    update flow_editions e set edition = gen_random_uuid()
      where e.client_account_id = new.client_account_id and e.engagement_id = new.engagement_id
        and e.flow_id = flow;
    perform set_config('app.renewed_flow', flow::text, true);
    return null;
  end $$;

  create trigger flow_has_edition after insert on master_flows
    for each row execute function add_flow_edition();
  create constraint trigger flow_edition_renewed after update on master_flows
    deferrable initially deferred for each row execute function renew_flow_edition();
  ${Object.entries(owners)
    .map(
      ([name, flow]) => `
  create constraint trigger flow_edition_renewed after insert or update on ${name}
    deferrable initially deferred for each row when (new.${flow} is not null) execute function renew_flow_edition();`,
    )
    .join('')}
`;

/** Qualified names instead of a search path of its own: setting one costs as much as the rest of the function. */
const read = `
  create function read_flow_edition(tenant_account uuid, tenant_engagement uuid, wanted uuid, known uuid)
    returns json language plpgsql stable security invoker as $$
  declare
    tenant text;
    present uuid;
  begin
    tenant := set_config('app.client_account_id', tenant_account::text, true)
      || set_config('app.engagement_id', tenant_engagement::text, true);
    select e.edition into present from public.flow_editions e
      where e.client_account_id = tenant_account and e.engagement_id = tenant_engagement and e.flow_id = wanted;
    if present = known then
      return json 'true';
    end if;
    return json_build_array(present, public.read_flow_view(tenant_account, tenant_engagement, wanted));
  end $$;
  comment on function read_flow_edition(uuid, uuid, uuid, uuid) is
    'True when the status of a flow still says what it did in the known edition, else [edition, view].';
  revoke all on function read_flow_edition(uuid, uuid, uuid, uuid) from public;
  grant execute on function read_flow_edition(uuid, uuid, uuid, uuid) to surveyor_app;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function read_flow_edition(uuid, uuid, uuid, uuid);
    ${['master_flows', ...Object.keys(owners)]
      .map((name) => `drop trigger flow_edition_renewed on ${name};`)
      .join('\n    ')}
    drop trigger flow_has_edition on master_flows;
    drop function renew_flow_edition();
    drop function add_flow_edition();
    drop table flow_editions;
  `);
}
