import { randomUUID } from 'node:crypto';
import type { Tenant } from '../../src/domain/flow/messages';
import type { Ids } from './api-operations';
import type { TestApi } from './api-server';
import { asSuperuser } from './database';
import { addFlow } from './flow-rows';

/** Ids that nobody has. */
export function someIds(): Ids {
  const [flow_id, import_id, mapping_id] = [randomUUID(), randomUUID(), randomUUID()];
  const others = {
    asset_id: randomUUID(),
    conflict_id: randomUUID(),
    change_id: randomUUID(),
    recipe_id: randomUUID(),
  };
  return { flow_id, import_id, mapping_id, ...others };
}

/** One thing of every kind, in another tenant. */
export async function addEverything(target: TestApi, tenant: Tenant): Promise<Ids> {
  const { flowId, importId } = await addFlow(target.database, tenant);
  const ids = { ...someIds(), flow_id: flowId, import_id: importId };
  const place = [tenant.clientAccountId, tenant.engagementId];
  await asSuperuser(target.database, async (query) => {
    await query(
      `insert into import_field_mappings (client_account_id, engagement_id, id, import_id, source_column,
         column_position, confidence) values ($1, $2, $3, $4, 'Name', 0, 1)`,
      [...place, ids.mapping_id, importId],
    );
    await query(
      `insert into assets (client_account_id, engagement_id, id, name, asset_type)
       values ($1, $2, $3, 'theirs', 'server')`,
      [...place, ids.asset_id],
    );
    await query(
      `insert into asset_conflicts (client_account_id, engagement_id, id, phase_run_id, kind, message)
       values ($1, $2, $3, gen_random_uuid(), 'near_duplicate', 'theirs')`,
      [...place, ids.conflict_id],
    );
    await query(
      `insert into estate_changes (client_account_id, engagement_id, id, kind) values ($1, $2, $3, 'project')`,
      [...place, ids.change_id],
    );
    await query(
      `with source as (insert into data_sources (client_account_id, engagement_id, name)
         values ($1, $2, 'theirs') returning id)
       insert into mapping_recipes (client_account_id, engagement_id, id, data_source_id, header_fingerprint,
         version, columns, created_from_import)
       select $1, $2, $3, source.id, 'theirs', 1, '[]', $4 from source`,
      [...place, ids.recipe_id, importId],
    );
  });
  return ids;
}
