import { z } from 'zod';

export const ErrorEnvelope = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      suggestion: z.string(),
      trace_id: z.string(),
      timestamp: z.iso.datetime(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  })
  .meta({ id: 'ErrorEnvelope' });
