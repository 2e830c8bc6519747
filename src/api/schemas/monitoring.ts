import { z } from 'zod';
import { backgroundTaskStates } from '../../domain/lists';
import { Count, Timestamp, Uuid } from './common';

export const Task = z
  .object({
    task_id: z.string(),
    task_name: z.string(),
    status: z.enum(backgroundTaskStates),
    flow_id: Uuid.nullable(),
    attempt: z.int(),
    start_time: Timestamp,
    heartbeat_time: Timestamp.nullable(),
    end_time: Timestamp.nullable(),
    duration_ms: Count.nullable(),
    error_code: z.string().nullable(),
    error_type: z.string().nullable(),
    error: z.string().nullable(),
    context: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'BackgroundTask' });

const listed = {
  status: z.literal('success'),
  task_count: Count,
  tasks: z.array(Task),
  timestamp: Timestamp,
};

export const TaskList = z.object(listed).meta({ id: 'BackgroundTaskList' });
export const FailedTaskList = z.object({ ...listed, limit: Count }).meta({ id: 'FailedTaskList' });

export const TaskAnswer = z
  .object({ status: z.literal('success'), task: Task, timestamp: Timestamp })
  .meta({ id: 'BackgroundTaskAnswer' });

export const FailedQuery = z.object({ limit: z.coerce.number().int().min(1).max(1_000).default(100) });
export const SummaryQuery = z.object({ hours: z.coerce.number().int().min(1).max(168).default(24) });

export const ErrorSummary = z
  .object({
    time_period_hours: z.int(),
    total_errors: Count,
    active_tasks: Count,
    hanging_tasks: Count,
    error_types: z.record(z.string(), Count),
    recent_errors: z.array(
      z.object({
        id: Uuid,
        code: z.string(),
        category: z.string(),
        severity: z.string(),
        message: z.string(),
        flow_id: Uuid.nullable(),
        phase: z.string().nullable(),
        occurred_at: Timestamp,
        resolved_at: Timestamp.nullable(),
      }),
    ),
    timestamp: Timestamp,
  })
  .meta({ id: 'ErrorSummary' });
