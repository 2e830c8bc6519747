/** Merges that follow each other are followed so far; a longer chain would be a circle. */
const mostMerges = 32;

/**
 * SQL of the common tables that follow `asset_id` of a query over merges to the asset that goes on: `living` has
 * `asset_id`, `living_id` and `steps`. Needs `with recursive` and the bindings of the tenant.
 */
export function livingAssets(named: string): string {
  return `followed as (
       select n.asset_id, n.asset_id as living_id, 0 as steps from (${named}) n
       union all
       select f.asset_id, a.merged_into, f.steps + 1 from followed f
       join assets a on a.client_account_id = :clientAccountId and a.engagement_id = :engagementId
         and a.id = f.living_id
       where a.merged_into is not null and f.steps < ${mostMerges}),
     living as (
       select distinct on (asset_id) asset_id, living_id, steps from followed order by asset_id, steps desc)`;
}
