import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { insertAccountEvent } from '../../db/accounts/audit';
import { type AuthTrx, inAuthScope } from '../../db/connection/scopes';
import {
  type ClientAccount as AccountRow,
  type Engagement as EngagementRow,
  findClientAccount,
  findEngagement,
  insertClientAccount,
  insertEngagement,
  listClientAccounts,
  listEngagements,
} from '../../db/accounts/tenants';
import { listMemberships, upsertMembership } from '../../db/accounts/users';
import { DomainError } from '../../domain/errors';
import { auditActor } from '../audit-actor';
import { decodeCursor, encodeCursor } from '../cursor';
import { hasPermission } from '../permissions';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import {
  ClientAccount,
  ClientAccountList,
  CreateClientAccountBody,
  CreateEngagementBody,
  Engagement,
  EngagementList,
  EngagementQuery,
} from '../schemas/accounts';
import { CursorQuery } from '../schemas/common';
import type { ApiServices } from '../services';

const common = { tag: 'accounts', scope: 'user' } as const;
const Position = z.object({ offset: z.int().min(0).max(1_000_000) });

/** Client accounts and engagements, as far as the caller is a member. */
export function accountRoutes(services: ApiServices): Route[] {
  return [...clientAccountRoutes(services), ...engagementRoutes(services)];
}

function clientAccountRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'get',
      path: '/client-accounts',
      summary: 'List the client accounts in which you may work',
      permission: null,
      query: CursorQuery,
      responses: { 200: ClientAccountList },
      handler: async ({ actor, query }) => {
        const page = pageOf(query);
        const rows = await inAuthScope(services.auth, (trx) => listClientAccounts(trx, actor.userId, page));
        const { shown, next_cursor } = cut(rows, query.limit, page.offset);
        return ok({ client_accounts: shown.map(presentAccount), next_cursor });
      },
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/client-accounts',
      summary: 'Create a client account; its creator becomes its administrator',
      permission: 'platform.manage',
      body: CreateClientAccountBody,
      responses: { 201: ClientAccount },
      handler: (input) => createAccount(services, input),
    }),
  ];
}

function engagementRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'get',
      path: '/engagements',
      summary: 'List the engagements in which you may work',
      permission: null,
      query: EngagementQuery,
      responses: { 200: EngagementList },
      handler: async ({ actor, query }) => {
        const page = { ...pageOf(query), ...accountFilter(query.client_account_id) };
        const rows = await inAuthScope(services.auth, (trx) => listEngagements(trx, actor.userId, page));
        const { shown, next_cursor } = cut(rows, query.limit, page.offset);
        return ok({ engagements: shown.map(presentEngagement), next_cursor });
      },
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/engagements',
      summary: 'Create an engagement in a client account that you administer',
      permission: null,
      body: CreateEngagementBody,
      responses: { 201: Engagement },
      errors: ['AUTH_002', 'TENANT_001', 'SEC_001'],
      handler: (input) => createEngagement(services, input),
    }),
  ];
}

function accountFilter(clientAccountId: string | undefined): { readonly clientAccountId?: string } {
  return clientAccountId === undefined ? {} : { clientAccountId };
}

/** One more than asked for tells whether there is a next page. */
function pageOf({ limit, cursor }: z.output<typeof CursorQuery>): { limit: number; offset: number } {
  return { limit: limit + 1, offset: decodeCursor(cursor, Position)?.offset ?? 0 };
}

function cut<Row>(rows: readonly Row[], limit: number, offset: number) {
  const hasNext = rows.length > limit;
  return {
    shown: rows.slice(0, limit),
    next_cursor: hasNext ? encodeCursor({ offset: offset + limit }) : null,
  };
}

function presentAccount({ id, name, isActive, createdAt, updatedAt }: AccountRow) {
  const times = { created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
  return { id, name, is_active: isActive, ...times };
}

function presentEngagement({ id, clientAccountId, name, isActive, createdAt, updatedAt }: EngagementRow) {
  const times = { created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
  return { id, client_account_id: clientAccountId, name, is_active: isActive, ...times };
}

async function createAccount(
  services: ApiServices,
  input: RouteInput<unknown, unknown, z.output<typeof CreateClientAccountBody>>,
): Promise<RouteAnswer> {
  const id = randomUUID();
  const account = await inAuthScope(services.auth, async (trx) => {
    await insertClientAccount(trx, { id, name: input.body.name });
    const { userId } = input.actor;
    const owner = { userId, clientAccountId: id, engagementId: null, role: 'client_admin' } as const;
    await upsertMembership(trx, { ...owner, createdBy: userId });
    const scope = { clientAccountId: id, engagementId: null };
    const event = { action: 'client_account.created', resourceType: 'client_account', resourceId: id };
    await insertAccountEvent(trx, scope, auditActor(input), event);
    return findClientAccount(trx, id);
  });
  if (account === undefined) throw new DomainError('TENANT_001');
  return { status: 201, body: presentAccount(account) };
}

async function createEngagement(
  services: ApiServices,
  input: RouteInput<unknown, unknown, z.output<typeof CreateEngagementBody>>,
): Promise<RouteAnswer> {
  const { client_account_id: clientAccountId, name } = input.body;
  const id = randomUUID();
  const engagement = await inAuthScope(services.auth, async (trx) => {
    await assertMayManage(trx, input, clientAccountId);
    await insertEngagement(trx, { clientAccountId, id, name });
    const event = { action: 'engagement.created', resourceType: 'engagement', resourceId: id };
    await insertAccountEvent(trx, { clientAccountId, engagementId: id }, auditActor(input), event);
    return findEngagement(trx, clientAccountId, id);
  });
  if (engagement === undefined) throw new DomainError('TENANT_001');
  return { status: 201, body: presentEngagement(engagement) };
}

/** Administrators of the whole client account may; for anybody else the account is not there. */
async function assertMayManage(
  trx: AuthTrx,
  { actor }: Pick<RouteInput, 'actor'>,
  clientAccountId: string,
): Promise<void> {
  const held = await listMemberships(trx, actor.userId);
  const here = held.filter((membership) => membership.clientAccountId === clientAccountId);
  const isKnown = (await findClientAccount(trx, clientAccountId)) !== undefined;
  if (actor.isPlatformAdmin && isKnown) return;
  if (here.length === 0) throw new DomainError(isKnown && !actor.isPlatformAdmin ? 'SEC_001' : 'TENANT_001');
  const limits = actor.limitedTo;
  const mayManage = here.some(
    ({ role, engagementId }) => engagementId === null && hasPermission(role, 'accounts.manage'),
  );
  const isLimited = limits !== null && (limits.clientAccountId !== null || limits.permissions.length > 0);
  if (!mayManage || isLimited) throw new DomainError('AUTH_002', { permission: 'accounts.manage' });
}
