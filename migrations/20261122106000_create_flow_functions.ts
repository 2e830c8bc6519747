import type { Knex } from 'knex';

/**
 * The steps that every phase takes, each one call: entering a phase, publishing its run, noting tasks. They run with
 * the rights of their caller. Which status may follow which is not told here: a flow that is not running is left to
 * the caller, who knows the rules.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(enterPhase);
  await knex.raw(publishRun);
  await knex.raw(noteTasks);
}

const enterPhase = `
  create function enter_phase(tenant_account uuid, tenant_engagement uuid, wanted_flow uuid, wanted_change uuid,
      wanted_phase text, wanted_import uuid, heeded text[], closes_imports boolean, takes_estate boolean,
      whatever_status boolean)
    returns table (flow_status text, published_in bigint, published_out bigint, command text, imports bigint,
      others jsonb, estate_fence bigint, estate_revision bigint, run phase_runs)
    language plpgsql security invoker set search_path = public, pg_temp as $$
  #variable_conflict use_column
  begin
    perform set_config('app.client_account_id', tenant_account::text, true),
      set_config('app.engagement_id', tenant_engagement::text, true);
    if wanted_flow is not null then
      select m.flow_status into flow_status from master_flows m
        where m.client_account_id = tenant_account and m.engagement_id = tenant_engagement
          and m.flow_id = wanted_flow for update;
      if not found then return; end if;
      select r.rows_in, r.rows_out into published_in, published_out from flow_results f
        join phase_runs r on r.client_account_id = f.client_account_id and r.engagement_id = f.engagement_id
          and r.id = f.phase_run_id
        where f.client_account_id = tenant_account and f.engagement_id = tenant_engagement
          and f.flow_id = wanted_flow and f.phase = wanted_phase and f.scenario_id is null
          and f.import_id is not distinct from wanted_import;
      if found then return next; return; end if;
      select c.type into command from flow_commands c
        where c.client_account_id = tenant_account and c.engagement_id = tenant_engagement
          and c.flow_id = wanted_flow and c.consumed_at is null and c.type = any (heeded)
        order by array_position(heeded, c.type) limit 1;
      if found or not (whatever_status or flow_status = 'running') then return next; return; end if;
      update master_flows m set current_phase = wanted_phase,
          accepts_imports = m.accepts_imports and not closes_imports
        where m.client_account_id = tenant_account and m.engagement_id = tenant_engagement
          and m.flow_id = wanted_flow and (m.current_phase is distinct from wanted_phase
            or (m.accepts_imports and closes_imports));
      update discovery_flows d set current_phase = wanted_phase, updated_at = clock_timestamp()
        where d.client_account_id = tenant_account and d.engagement_id = tenant_engagement
          and d.master_flow_id = wanted_flow and d.current_phase is distinct from wanted_phase;
    end if;
    insert into phase_runs as r (client_account_id, engagement_id, flow_id, change_id, phase, import_id, fence)
      values (tenant_account, tenant_engagement, wanted_flow, wanted_change, wanted_phase, wanted_import, 1)
      on conflict (client_account_id, engagement_id, flow_id, change_id, scenario_id, phase, import_id)
        where status in ('running', 'paused', 'failed')
      do update set fence = r.fence + 1, status = 'running', failure_code = null, failure_message = null,
        finished_at = null, updated_at = clock_timestamp()
      returning r.* into run;
    if wanted_flow is not null then
      select count(*) into imports from data_imports i
        where i.client_account_id = tenant_account and i.engagement_id = tenant_engagement
          and i.flow_id = wanted_flow and i.undone_at is null;
      select jsonb_agg(p) into others from (
        select r.phase, sum(least(r.position, r.rows_total))::bigint as rows_done,
          sum(r.rows_total)::bigint as rows_total, count(r.published_at) as published
        from phase_runs r
        where r.client_account_id = tenant_account and r.engagement_id = tenant_engagement
          and r.flow_id = wanted_flow and r.scenario_id is null and r.status <> 'superseded'
          and r.id <> (run).id
        group by r.phase) p;
    end if;
    if takes_estate then
      insert into estates as e (client_account_id, engagement_id, holder_run_id, fence, held_until)
        values (tenant_account, tenant_engagement, (run).id, 1, clock_timestamp() + interval '5 minutes')
        on conflict (client_account_id, engagement_id) do update set holder_run_id = excluded.holder_run_id,
          fence = e.fence + 1, held_until = excluded.held_until, updated_at = clock_timestamp()
        where e.holder_run_id is null or e.holder_run_id = excluded.holder_run_id
          or e.held_until < clock_timestamp()
        returning e.fence, e.revision into estate_fence, estate_revision;
    end if;
    return next;
  end $$;
  comment on function enter_phase(uuid, uuid, uuid, uuid, text, uuid, text[], boolean, boolean, boolean) is
    'Begins the run of a phase, or says why not: no row (no such flow), published before, a command that waits, a '
    'flow that is not running. Locks the flow, then the run, then the estate.';
  revoke all on function enter_phase(uuid, uuid, uuid, uuid, text, uuid, text[], boolean, boolean, boolean) from public;
  grant execute on function enter_phase(uuid, uuid, uuid, uuid, text, uuid, text[], boolean, boolean, boolean)
    to surveyor_app;
`;

const publishRun = `
  create function refresh_completed_phases(tenant_account uuid, tenant_engagement uuid, wanted uuid) returns void
    language sql security invoker set search_path = public, pg_temp as $$
    with imports as (
      select count(*) as total from data_imports
      where client_account_id = tenant_account and engagement_id = tenant_engagement and flow_id = wanted
        and undone_at is null),
    published as (
      select r.phase, count(*) as done from flow_results r
      left join data_imports i on i.client_account_id = r.client_account_id
        and i.engagement_id = r.engagement_id and i.id = r.import_id
      where r.client_account_id = tenant_account and r.engagement_id = tenant_engagement and r.flow_id = wanted
        and r.scenario_id is null and i.undone_at is null
      group by r.phase),
    complete as (
      select coalesce(array_agg(p.phase) filter (where p.done >= case when p.phase in ('asset_inventory',
        'dependency_analysis', 'tech_debt_assessment') then 1 else i.total end), '{}') as phases
      from imports i left join published p on true)
    update discovery_flows d set
      data_import_completed = 'data_import' = any (c.phases),
      data_validation_completed = 'data_validation' = any (c.phases),
      field_mapping_completed = 'field_mapping' = any (c.phases),
      data_cleansing_completed = 'data_cleansing' = any (c.phases),
      asset_inventory_completed = 'asset_inventory' = any (c.phases),
      dependency_analysis_completed = 'dependency_analysis' = any (c.phases),
      tech_debt_assessment_completed = 'tech_debt_assessment' = any (c.phases),
      assessment_ready = 'asset_inventory' = any (c.phases),
      updated_at = clock_timestamp()
    from complete c
    where d.client_account_id = tenant_account and d.engagement_id = tenant_engagement
      and d.master_flow_id = wanted
  $$;
  comment on function refresh_completed_phases(uuid, uuid, uuid) is
    'Notes which phases of a flow are complete: one of imports is when it is published for each of them.';

  create function publish_run(tenant_account uuid, tenant_engagement uuid, wanted_run uuid, held_fence bigint,
      advance jsonb, new_summary jsonb, new_plan uuid, percent numeric, actor jsonb)
    returns setof phase_runs language plpgsql security invoker set search_path = public, pg_temp as $$
  declare
    run phase_runs;
  begin
    update phase_runs r set status = 'completed', finished_at = clock_timestamp(),
        published_at = clock_timestamp(), updated_at = clock_timestamp(),
        position = coalesce(a.position, r.position),
        rows_total = coalesce(a."rowsTotal", r.rows_total, a.position, r.position),
        position_detail = coalesce(a."positionDetail", r.position_detail),
        summary = coalesce(new_summary, a.summary, r.summary),
        rows_in = r.rows_in + coalesce(a."rowsIn", 0), rows_out = r.rows_out + coalesce(a."rowsOut", 0),
        passed = r.passed + coalesce(a.passed, 0), created = r.created + coalesce(a.created, 0),
        updated = r.updated + coalesce(a.updated, 0), merged = r.merged + coalesce(a.merged, 0),
        unchanged = r.unchanged + coalesce(a.unchanged, 0), linked = r.linked + coalesce(a.linked, 0),
        unresolved = r.unresolved + coalesce(a.unresolved, 0), skipped = r.skipped + coalesce(a.skipped, 0),
        rejected = r.rejected + coalesce(a.rejected, 0)
      from jsonb_to_record(advance) as a(position bigint, "rowsTotal" bigint, "positionDetail" jsonb, summary jsonb,
        "rowsIn" bigint, "rowsOut" bigint, passed bigint, created bigint, updated bigint, merged bigint,
        unchanged bigint, linked bigint, unresolved bigint, skipped bigint, rejected bigint)
      where r.client_account_id = tenant_account and r.engagement_id = tenant_engagement and r.id = wanted_run
        and r.fence = held_fence and r.status = 'running'
      returning r.* into run;
    if not found then return; end if;
    if run.scenario_id is null
        and run.phase in ('asset_inventory', 'dependency_analysis', 'tech_debt_assessment') then
      insert into estates as e (client_account_id, engagement_id, inventory_run_id, dependency_run_id,
          assessment_run_id, plan_id)
        values (tenant_account, tenant_engagement, case run.phase when 'asset_inventory' then run.id end,
          case run.phase when 'dependency_analysis' then run.id end,
          case run.phase when 'tech_debt_assessment' then run.id end, new_plan)
        on conflict (client_account_id, engagement_id) do update set
          inventory_run_id = coalesce(excluded.inventory_run_id, e.inventory_run_id),
          dependency_run_id = coalesce(excluded.dependency_run_id, e.dependency_run_id),
          assessment_run_id = coalesce(excluded.assessment_run_id, e.assessment_run_id),
          plan_id = coalesce(excluded.plan_id, e.plan_id), updated_at = clock_timestamp(),
          held_until = case when e.holder_run_id <> run.id then e.held_until end,
          holder_run_id = nullif(e.holder_run_id, run.id);
      if new_plan is not null then
        update estate_plans p set published_at = clock_timestamp()
          where p.client_account_id = tenant_account and p.engagement_id = tenant_engagement and p.id = new_plan;
      end if;
    end if;
    if run.flow_id is not null then
      with replaced as (
        delete from flow_results f
        where f.client_account_id = tenant_account and f.engagement_id = tenant_engagement
          and f.flow_id = run.flow_id and f.phase = run.phase
          and f.scenario_id is not distinct from run.scenario_id and f.import_id is not distinct from run.import_id
        returning f.phase_run_id)
      update phase_runs r set status = 'superseded', updated_at = clock_timestamp() from replaced p
        where r.client_account_id = tenant_account and r.engagement_id = tenant_engagement
          and r.id = p.phase_run_id and r.id <> run.id;
      insert into flow_results (client_account_id, engagement_id, phase_run_id, flow_id, scenario_id, phase,
          import_id, published_at)
        values (tenant_account, tenant_engagement, run.id, run.flow_id, run.scenario_id, run.phase, run.import_id,
          run.published_at);
      if run.scenario_id is null then
        perform refresh_completed_phases(tenant_account, tenant_engagement, run.flow_id);
        update master_flows m set changed_at = clock_timestamp(),
            progress_percentage = greatest(m.progress_percentage, percent)
          where m.client_account_id = tenant_account and m.engagement_id = tenant_engagement
            and m.flow_id = run.flow_id;
      end if;
    end if;
    insert into audit.audit_log (client_account_id, engagement_id, actor_user_id, actor_role, action,
        resource_type, resource_id, flow_id, details, trace_id, request_ip)
      values (tenant_account, tenant_engagement, (actor ->> 'userId')::uuid, actor ->> 'role', 'phase.published',
        'phase_run', run.id, run.flow_id, jsonb_build_object('phase', run.phase, 'importId', run.import_id,
          'scenarioId', run.scenario_id, 'changeId', run.change_id, 'rowsIn', run.rows_in, 'rowsOut', run.rows_out),
        actor ->> 'traceId', (actor ->> 'ip')::inet);
    return next run;
  end $$;
  comment on function publish_run(uuid, uuid, uuid, bigint, jsonb, jsonb, uuid, numeric, jsonb) is
    'Completes and publishes a run that the caller holds, frees the estate that it held, and notes the event last. '
    'No row: the fence is lost.';
  revoke all on function refresh_completed_phases(uuid, uuid, uuid),
    publish_run(uuid, uuid, uuid, bigint, jsonb, jsonb, uuid, numeric, jsonb) from public;
  grant execute on function refresh_completed_phases(uuid, uuid, uuid),
    publish_run(uuid, uuid, uuid, bigint, jsonb, jsonb, uuid, numeric, jsonb) to surveyor_app;
`;

const noteTasks = `
  create function note_tasks(tenant_account uuid, tenant_engagement uuid, notes jsonb) returns void
    language plpgsql security invoker set search_path = public, pg_temp as $$
  begin
    perform set_config('app.client_account_id', tenant_account::text, true),
      set_config('app.engagement_id', tenant_engagement::text, true);
    insert into background_tasks as t (id, client_account_id, engagement_id, flow_id, name, workflow_id, run_id,
        activity_id, attempt, started_at, heartbeat_at, state, ended_at, duration_ms, error_code, error_type, error)
      select n.id, tenant_account, tenant_engagement, n."flowId", n.name, n."workflowId", n."runId", n."activityId",
        n.attempt, n."startedAt", n."heartbeatAt", n.state, n."endedAt",
        greatest(0, extract(epoch from n."endedAt" - n."startedAt") * 1000)::bigint, n.code, n.type, n.message
      from jsonb_to_recordset(notes) as n(id text, "flowId" uuid, name text, "workflowId" text, "runId" text,
        "activityId" text, attempt integer, "startedAt" timestamptz, "heartbeatAt" timestamptz, state text,
        "endedAt" timestamptz, code text, type text, message text)
      on conflict (id) do update set heartbeat_at = coalesce(excluded.heartbeat_at, t.heartbeat_at),
        state = excluded.state, ended_at = excluded.ended_at, duration_ms = excluded.duration_ms,
        error_code = excluded.error_code, error_type = excluded.error_type, error = excluded.error
      where t.state = 'active';
    update background_tasks t set state = 'failed', ended_at = clock_timestamp(), error_type = 'attempt_lost',
        error = 'The attempt was given up and a later one took its place'
      from jsonb_to_recordset(notes) as n("runId" text, "activityId" text, attempt integer)
      where n.attempt > 1 and t.client_account_id = tenant_account and t.engagement_id = tenant_engagement
        and t.state = 'active' and t.run_id = n."runId" and t.activity_id = n."activityId"
        and t.attempt < n.attempt;
  end $$;
  comment on function note_tasks(uuid, uuid, jsonb) is
    'Notes how tasks of one tenant stand now, each once; a task that has ended stays as it ended. Attempts before a '
    'noted one have been given up.';
  revoke all on function note_tasks(uuid, uuid, jsonb) from public;
  grant execute on function note_tasks(uuid, uuid, jsonb) to surveyor_app;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function note_tasks(uuid, uuid, jsonb);
    drop function publish_run(uuid, uuid, uuid, bigint, jsonb, jsonb, uuid, numeric, jsonb);
    drop function refresh_completed_phases(uuid, uuid, uuid);
    drop function enter_phase(uuid, uuid, uuid, uuid, text, uuid, text[], boolean, boolean, boolean);
  `);
}
