import { z } from 'zod';
import { gates, phases } from '../../domain/flow/phases';
import { flowStatuses } from '../../domain/flow/status';
import { Uuid } from './common';

const result = z.record(z.string(), z.unknown());

/** Answer of a command: 200 when the rows show its effect, else 202; `status` is the command's word. */
export const CommandAnswer = z
  .object({
    success: z.literal(true),
    flow_id: Uuid,
    status: z.string(),
    detailed_status: z.enum(flowStatuses),
    current_phase: z.enum(phases).nullable(),
    waiting_for: z.enum(gates).nullable(),
    message: z.string(),
    result,
    phase_retried: z.enum(phases).nullable().optional(),
  })
  .meta({ id: 'CommandAnswer' });

export const MasterCommandAnswer = z
  .object({
    success: z.literal(true),
    flow_id: Uuid,
    new_status: z.string(),
    detailed_status: z.enum(flowStatuses),
    message: z.string(),
    result,
  })
  .meta({ id: 'MasterCommandAnswer' });

export const DeleteAnswer = z
  .object({
    success: z.literal(true),
    flow_id: Uuid,
    status: z.string(),
    detailed_status: z.enum(flowStatuses),
    message: z.string(),
  })
  .meta({ id: 'DeleteAnswer' });

/** [P] bodies ignore what they do not know. */
export const ResumeBody = z.object({
  version: z.int().min(1).nullable().optional(),
  phase_input: z.object({ user_approval: z.boolean().optional() }).nullable().optional(),
});

export const RetryBody = z.object({ phase: z.string().max(100).optional() });

export const ExecuteBody = z.object({
  phase: z.string().max(100).nullable().optional(),
  phase_input: z.record(z.string(), z.unknown()).nullable().optional(),
  force: z.boolean().optional(),
});

export const ApproveBody = z.strictObject({
  gate: z.enum(gates).nullable().optional(),
  version: z.int().min(1).nullable().optional(),
  note: z.string().max(2_000).optional(),
});
