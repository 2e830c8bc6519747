import type { Knex } from 'knex';

/**
 * The hot reads, each one round trip: a function that sets the tenant for its own statement and reads with the
 * rights of its caller. And `locate`, which tells a foreign id from an unknown one.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(views);
  await knex.raw(functions);
  await knex.raw(locate);
}

const views = `
  create view flow_statuses with (security_invoker = true) as
    select m.*, d.id as discovery_flow_id, d.data_import_id, d.phase_state, d.learning_scope, d.assessment_ready,
      d.data_import_completed, d.data_validation_completed, d.field_mapping_completed, d.data_cleansing_completed,
      d.asset_inventory_completed, d.dependency_analysis_completed, d.tech_debt_assessment_completed,
      i.imports, i.records_total, i.records_accepted, i.records_rejected, g.gate_version, p.phases
    from master_flows m
    join discovery_flows d on d.client_account_id = m.client_account_id
      and d.engagement_id = m.engagement_id and d.master_flow_id = m.flow_id
    cross join lateral (
      select count(*)::integer as imports, coalesce(sum(i.total_records), 0)::bigint as records_total,
        coalesce(sum(i.accepted_records), 0)::bigint as records_accepted,
        coalesce(sum(i.rejected_records), 0)::bigint as records_rejected
      from data_imports i where i.client_account_id = m.client_account_id
        and i.engagement_id = m.engagement_id and i.flow_id = m.flow_id and i.undone_at is null) i
    left join lateral (
      select max(g.version) as gate_version from flow_gates g
      where g.client_account_id = m.client_account_id and g.engagement_id = m.engagement_id
        and g.flow_id = m.flow_id and g.gate = m.waiting_for and g.consumed_at is null) g on true
    left join lateral (
      select jsonb_object_agg(r.phase, r.counts) as phases from (
        select r.phase, jsonb_build_object('runs', count(*), 'published', count(r.published_at),
          'running', count(*) filter (where r.status = 'running'),
          'paused', count(*) filter (where r.status = 'paused'),
          'failed', count(*) filter (where r.status = 'failed'),
          'rows_total', sum(r.rows_total), 'position', sum(r.position),
          'rows_in', sum(r.rows_in), 'rows_out', sum(r.rows_out), 'passed', sum(r.passed),
          'created', sum(r.created), 'updated', sum(r.updated), 'merged', sum(r.merged),
          'unchanged', sum(r.unchanged), 'linked', sum(r.linked), 'unresolved', sum(r.unresolved),
          'skipped', sum(r.skipped), 'rejected', sum(r.rejected),
          'started_at', min(r.started_at), 'finished_at', max(r.finished_at)) as counts
        from phase_runs r where r.client_account_id = m.client_account_id
          and r.engagement_id = m.engagement_id and r.flow_id = m.flow_id
          and r.scenario_id is null and r.status <> 'superseded'
        group by r.phase) r) p on true;
  comment on view flow_statuses is 'All that a status answer says of a flow: bounded, whatever the number of rows.';
  grant select on flow_statuses to surveyor_app;
`;

const enterTenant = `
    perform set_config('app.client_account_id', tenant_account::text, true),
      set_config('app.engagement_id', tenant_engagement::text, true);`;

const functions = `
  create function read_flow_status(tenant_account uuid, tenant_engagement uuid, wanted uuid)
    returns setof flow_statuses language plpgsql security invoker set search_path = public, pg_temp as $$
  begin ${enterTenant}
    return query select s.* from flow_statuses s where s.client_account_id = tenant_account
      and s.engagement_id = tenant_engagement and s.flow_id = wanted;
  end $$;

  create function read_flow_list(tenant_account uuid, tenant_engagement uuid, statuses text[],
      before_time timestamptz, before_id uuid, page_size integer)
    returns setof master_flows language plpgsql security invoker set search_path = public, pg_temp as $$
  begin ${enterTenant}
    return query select m.* from master_flows m where m.client_account_id = tenant_account
      and m.engagement_id = tenant_engagement
      and (statuses is null or m.flow_status = any (statuses))
      and (before_time is null or (m.created_at, m.flow_id) < (before_time, before_id))
      order by m.created_at desc, m.flow_id desc limit page_size;
  end $$;

  create function read_import_status(tenant_account uuid, tenant_engagement uuid, wanted uuid)
    returns setof data_imports language plpgsql security invoker set search_path = public, pg_temp as $$
  begin ${enterTenant}
    return query select i.* from data_imports i where i.client_account_id = tenant_account
      and i.engagement_id = tenant_engagement and i.id = wanted;
  end $$;

  create function read_asset_page(tenant_account uuid, tenant_engagement uuid, wanted_type text,
      after_name text, after_id uuid, page_size integer)
    returns setof assets language plpgsql security invoker set search_path = public, pg_temp as $$
  begin ${enterTenant}
    if wanted_type is null then
      return query select a.* from assets a where a.client_account_id = tenant_account
        and a.engagement_id = tenant_engagement and a.merged_into is null and a.deleted_at is null
        and (a.name_key, a.id) > (after_name collate "C", after_id)
        order by a.name_key, a.id limit page_size;
    else
      return query select a.* from assets a where a.client_account_id = tenant_account
        and a.engagement_id = tenant_engagement and a.merged_into is null and a.deleted_at is null
        and a.asset_type = wanted_type and (a.name_key, a.id) > (after_name collate "C", after_id)
        order by a.name_key, a.id limit page_size;
    end if;
  end $$;

  revoke all on function read_flow_status(uuid, uuid, uuid),
    read_flow_list(uuid, uuid, text[], timestamptz, uuid, integer),
    read_import_status(uuid, uuid, uuid),
    read_asset_page(uuid, uuid, text, text, uuid, integer) from public;
  grant execute on function read_flow_status(uuid, uuid, uuid),
    read_flow_list(uuid, uuid, text[], timestamptz, uuid, integer),
    read_import_status(uuid, uuid, uuid),
    read_asset_page(uuid, uuid, text, text, uuid, integer) to surveyor_app;
`;

const locate = `
  create function locate(kind text, wanted uuid) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
  begin
    case kind
      when 'client_account' then return exists (select from public.client_accounts t where t.id = wanted);
      when 'engagement' then return exists (select from public.engagements t where t.id = wanted);
      when 'flow' then return exists (select from public.master_flows t where t.flow_id = wanted);
      when 'command' then return exists (select from public.flow_commands t where t.id = wanted);
      when 'import' then return exists (select from public.data_imports t where t.id = wanted);
      when 'object' then return exists (select from public.stored_objects t where t.id = wanted);
      when 'source' then return exists (select from public.data_sources t where t.id = wanted);
      when 'mapping' then return exists (select from public.import_field_mappings t where t.id = wanted);
      when 'finding' then return exists (select from public.data_quality_findings t where t.id = wanted);
      when 'asset' then return exists (select from public.assets t where t.id = wanted);
      when 'conflict' then return exists (select from public.asset_conflicts t where t.id = wanted);
      when 'scenario' then return exists (select from public.scenarios t where t.id = wanted);
    end case;
  end $$;
  comment on function locate(text, uuid) is
    'Whether any tenant has this id. Asked only after the scoped read found nothing: true then means foreign.';

  grant create on schema public to surveyor_system;
  alter function locate(text, uuid) owner to surveyor_system;
  revoke create on schema public from surveyor_system;
  set local role surveyor_system;
  revoke all on function locate(text, uuid) from public;
  grant execute on function locate(text, uuid) to surveyor_app, surveyor_auth;
  reset role;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function locate(text, uuid);
    drop function read_asset_page(uuid, uuid, text, text, uuid, integer);
    drop function read_import_status(uuid, uuid, uuid);
    drop function read_flow_list(uuid, uuid, text[], timestamptz, uuid, integer);
    drop function read_flow_status(uuid, uuid, uuid);
    drop view flow_statuses;
  `);
}
