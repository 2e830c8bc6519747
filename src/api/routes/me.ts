import type { z } from 'zod';
import { readFlowList } from '../../db/hot-reads';
import { inAuthScope } from '../../db/connection/scopes';
import { listEngagements } from '../../db/accounts/tenants';
import { listMemberships, listRoles, type Membership } from '../../db/accounts/users';
import type { Tenant } from '../../domain/flow/messages';
import { flowStatuses, isTerminal } from '../../domain/flow/status';
import { type Role, roles } from '../../domain/lists';
import { rolePermissions } from '../permissions';
import { contractStatus } from '../presenters/contract-status';
import { presentFlowItem } from '../presenters/flow-item';
import { defineRoute, ok, type Route, type RouteInput } from '../route';
import { Me } from '../schemas/accounts';
import type { FlowItem } from '../schemas/flow-lists';
import type { ApiServices } from '../services';
import { uuidPattern } from '../validation';

const openStatuses = flowStatuses.filter((status) => !isTerminal(status));
const mostFlows = 100;

/** Who the caller is. Works without tenant headers and for users without any membership. */
export function meRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/me',
      summary: 'Show who you are, where you may work, and what runs there',
      tag: 'accounts',
      scope: 'user',
      permission: null,
      responses: { 200: Me },
      handler: async (input) => ok(await showMe(services, input)),
    }),
  ];
}

async function showMe(services: ApiServices, { actor, ctx }: RouteInput): Promise<z.output<typeof Me>> {
  const { userId } = actor;
  const memberships = await inAuthScope(services.auth, (trx) => listMemberships(trx, userId));
  const tenant = await presentTenant(services, userId, ctx.req.headers);
  const place = tenant === null ? null : await placeIn(services, userId, tenant);
  return {
    user_id: userId,
    email: actor.email,
    is_platform_admin: actor.isPlatformAdmin,
    session_id: null,
    memberships: memberships.map(presentMembership),
    ...(place === null ? nowhere : await presentPlace(services, place)),
  };
}

interface Place extends Tenant {
  readonly role: Role;
}

const nowhere = {
  client_account_id: null,
  engagement_id: null,
  role: null,
  permissions: [],
  active_flows: [],
};

async function presentPlace(services: ApiServices, place: Place) {
  const { clientAccountId, engagementId, role } = place;
  return {
    client_account_id: clientAccountId,
    engagement_id: engagementId,
    role,
    permissions: [...rolePermissions[role]],
    active_flows: await activeFlows(services, place),
  };
}

async function activeFlows(services: ApiServices, tenant: Tenant): Promise<z.output<typeof FlowItem>[]> {
  const flows = await readFlowList(services.app, tenant, { statuses: openStatuses, limit: mostFlows });
  return flows.map((row) => presentFlowItem(row, contractStatus.ofActiveRoute));
}

/** The tenant of the headers when both are ids; else the user's only engagement. */
async function presentTenant(
  services: ApiServices,
  userId: string,
  headers: NodeJS.Dict<string | string[]>,
): Promise<Tenant | null> {
  const [account, engagement] = [headers['x-client-account-id'], headers['x-engagement-id']];
  if (isId(account) && isId(engagement)) return { clientAccountId: account, engagementId: engagement };
  const own = await inAuthScope(services.auth, (trx) => listEngagements(trx, userId, { limit: 2 }));
  const [only] = own.length === 1 ? own : [];
  return only === undefined ? null : { clientAccountId: only.clientAccountId, engagementId: only.id };
}

function isId(value: string | string[] | undefined): value is string {
  return typeof value === 'string' && uuidPattern.test(value);
}

/** The tenant with the caller's role; null for somebody who has none there. */
async function placeIn(services: ApiServices, userId: string, tenant: Tenant): Promise<Place | null> {
  const held = await inAuthScope(services.auth, (trx) => listRoles(trx, userId, tenant));
  const role = roles.find((known) => held.includes(known));
  return role === undefined ? null : { ...tenant, role };
}

function presentMembership({ clientAccountId, engagementId, role }: Membership) {
  return { client_account_id: clientAccountId, engagement_id: engagementId, role };
}
