import { defaultIntakeLimits, type IntakeLimits } from '../intake/types';
import type { Config } from '../runtime/config';

/** The limits of a file that is read without a server: those that the servers have. */
export function intakeLimits(config: Pick<Config, 'maxRows' | 'maxColumns' | 'maxCellBytes'>): IntakeLimits {
  const { maxRows, maxColumns, maxCellBytes } = config;
  return { ...defaultIntakeLimits, maxRows, maxColumns, maxCellBytes };
}
