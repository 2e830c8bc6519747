import type { Knex } from 'knex';

/**
 * What the status of a flow says, and no more: the read that waiting clients repeat. It answers lists in a fixed
 * order, because naming a value costs the server as much as reading it. STABLE, so that its statements share one
 * snapshot; all that it sets is the tenant of its own transaction.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function read_flow_view(tenant_account uuid, tenant_engagement uuid, wanted uuid)
      returns json language plpgsql stable security invoker set search_path = public, pg_temp as $$
    declare
      awaited_gate text;
      awaited_version integer;
      flow_part json;
    begin
      perform set_config('app.client_account_id', tenant_account::text, true),
        set_config('app.engagement_id', tenant_engagement::text, true);
      select m.waiting_for, json_build_array(m.flow_id, m.flow_name, m.flow_type, m.flow_status, m.waiting_for,
        m.current_phase, m.progress_percentage, m.failure_code, m.failure_message, m.reason, m.accepts_imports,
        m.row_version, m.created_at, m.updated_at, m.completed_at, d.data_import_id, d.phase_state,
        array[d.data_import_completed, d.data_validation_completed, d.field_mapping_completed,
          d.data_cleansing_completed, d.asset_inventory_completed, d.dependency_analysis_completed,
          d.tech_debt_assessment_completed],
        (select array[count(*), coalesce(sum(i.total_records), 0)::bigint,
            coalesce(sum(i.accepted_records), 0)::bigint, coalesce(sum(i.rejected_records), 0)::bigint]
          from data_imports i where i.client_account_id = tenant_account
            and i.engagement_id = tenant_engagement and i.flow_id = wanted and i.undone_at is null),
        (select json_agg(json_build_array(r.phase, r.status, r.published_at is not null,
            array[r.rows_total, r.position, r.rows_in, r.rows_out, r.passed, r.created, r.updated, r.merged,
              r.unchanged, r.linked, r.unresolved, r.skipped, r.rejected], r.started_at, r.finished_at))
          from phase_runs r where r.client_account_id = tenant_account
            and r.engagement_id = tenant_engagement and r.flow_id = wanted
            and r.scenario_id is null and r.status <> 'superseded'))
      into awaited_gate, flow_part
      from master_flows m
      join discovery_flows d on d.client_account_id = m.client_account_id
        and d.engagement_id = m.engagement_id and d.master_flow_id = m.flow_id
      where m.client_account_id = tenant_account and m.engagement_id = tenant_engagement and m.flow_id = wanted;
      if flow_part is null then
        return null;
      end if;
      if awaited_gate is not null then
        select max(g.version) into awaited_version from flow_gates g
        where g.client_account_id = tenant_account and g.engagement_id = tenant_engagement
          and g.flow_id = wanted and g.gate = awaited_gate and g.consumed_at is null;
      end if;
      return json_build_array(flow_part, awaited_version);
    end $$;
    revoke all on function read_flow_view(uuid, uuid, uuid) from public;
    grant execute on function read_flow_view(uuid, uuid, uuid) to surveyor_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function read_flow_view(uuid, uuid, uuid)');
}
