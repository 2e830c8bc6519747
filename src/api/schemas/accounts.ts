import { z } from 'zod';
import { roles } from '../../domain/lists';
import { CursorQuery, Timestamp, Uuid } from './common';
import { FlowItem, NextCursor } from './flow-lists';

export const LoginBody = z.strictObject({
  email: z.string().trim().min(3).max(320),
  password: z.string().min(1).max(1_024),
});

export const LoginAnswer = z
  .object({
    access_token: z.string(),
    token_type: z.literal('bearer'),
    expires_in: z.int(),
    user: z.object({ id: Uuid, email: z.string(), display_name: z.string() }),
  })
  .meta({ id: 'LoginAnswer' });

export const Me = z
  .object({
    user_id: Uuid,
    email: z.string(),
    is_platform_admin: z.boolean(),
    /** The tenant of the headers, or the only one of the user; null when there is none. */
    client_account_id: Uuid.nullable(),
    engagement_id: Uuid.nullable(),
    session_id: z.string().nullable(),
    role: z.enum(roles).nullable(),
    permissions: z.array(z.string()),
    memberships: z.array(
      z.object({ client_account_id: Uuid.nullable(), engagement_id: Uuid.nullable(), role: z.enum(roles) }),
    ),
    active_flows: z.array(FlowItem),
  })
  .meta({ id: 'Me' });

export const ClientAccount = z
  .object({
    id: Uuid,
    name: z.string(),
    is_active: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'ClientAccount' });

export const Engagement = z
  .object({
    id: Uuid,
    client_account_id: Uuid,
    name: z.string(),
    is_active: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Engagement' });

const name = z.string().trim().min(1).max(200);

export const CreateClientAccountBody = z.strictObject({ name });
export const CreateEngagementBody = z.strictObject({ client_account_id: Uuid, name });

export const ClientAccountList = z
  .object({ client_accounts: z.array(ClientAccount), next_cursor: NextCursor })
  .meta({ id: 'ClientAccountList' });
export const EngagementList = z
  .object({ engagements: z.array(Engagement), next_cursor: NextCursor })
  .meta({ id: 'EngagementList' });
export const EngagementQuery = CursorQuery.extend({ client_account_id: Uuid.optional() });
