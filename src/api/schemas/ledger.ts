import { z } from 'zod';
import { phaseRunStatuses } from '../../domain/flow/phases';
import { Count } from './common';

/** Records of one run by where they end; `rows_in` is the sum of all states once it is completed. */
export const PhaseLedger = z.object({
  status: z.enum(phaseRunStatuses),
  rows_in: Count,
  passed: Count,
  created: Count,
  updated: Count,
  merged: Count,
  unchanged: Count,
  linked: Count,
  unresolved: Count,
  skipped: Count,
  rejected: Count,
});

/** Records of one import by where they ended; `read` is the sum of the other three. */
export const LedgerSums = z.object({
  read: Count,
  rejected: Count,
  skipped: Count,
  /** On their way, or in the estate. */
  accepted: Count,
});
