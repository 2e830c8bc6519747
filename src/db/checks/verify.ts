import { estateInvariants, flowInvariants, type Invariant } from './invariants';
import { listAllTenants } from '../flows/open-flows';
import type { Pools } from '../connection/pools';
import { execute, queryOne } from '../connection/query';
import { inSystemScope } from '../connection/scopes';
import { inTenant, type TenantTrx, tenantOf } from '../connection/tenant';

/** How often one rule is broken. */
export interface RuleResult {
  readonly rule: string;
  readonly meaning: string;
  readonly count: number;
  /** A few of the offences: ids and names of tables. */
  readonly examples: readonly string[];
}

export interface VerifyResult {
  /** Engagements looked at. */
  readonly tenants: number;
  readonly rules: readonly RuleResult[];
}

const invariants: readonly Invariant[] = [...flowInvariants, ...estateInvariants];
const examplesShown = 5;

/**
 * Looks whether the rules hold that no constraint guards, in every engagement, with the rights of ordinary
 * processes. It only reads; flows may run meanwhile, for each rule sees one moment.
 */
export async function verifyDatabase(pools: Pick<Pools, 'app' | 'system'>): Promise<VerifyResult> {
  const tenants = await inSystemScope(pools.system, listAllTenants);
  const found = new Map<string, { count: number; examples: string[] }>();
  for (const tenant of tenants) {
    for (const invariant of invariants) {
      const broken = await inTenant(pools.app, tenant, (trx) => findOffences(trx, invariant));
      const sum = found.get(invariant.rule) ?? { count: 0, examples: [] };
      const examples = [...sum.examples, ...broken.examples].slice(0, examplesShown);
      found.set(invariant.rule, { count: sum.count + broken.count, examples });
    }
  }
  const rules = invariants.map(({ rule, meaning }) => {
    const { count, examples } = found.get(rule) ?? { count: 0, examples: [] };
    return { rule, meaning, count, examples };
  });
  return { tenants: tenants.length, rules };
}

async function findOffences(
  trx: TenantTrx,
  { sql }: Invariant,
): Promise<{ count: number; examples: string[] }> {
  // Without statistics of what was just loaded, a nested loop would take the square of the time.
  await execute(trx, 'set local enable_nestloop = off', {});
  return queryOne(
    trx,
    `with offences as (${sql})
     select (select count(*) from offences) as count,
       array(select subject from offences order by subject limit ${examplesShown}) as examples`,
    { ...tenantOf(trx) },
  );
}
