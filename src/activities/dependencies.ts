import type { AppDatabase, SystemDatabase } from '../db/connection/pools';
import type { IntakeLimits } from '../intake/types';
import type { ObjectStore } from '../objects/object-store';
import type { FlowDirectory } from './reconcile/flow-directory';

/** What activities are built from. */
export interface ActivityDependencies {
  readonly app: AppDatabase;
  readonly system: SystemDatabase;
  readonly objects: ObjectStore;
  readonly intakeLimits: IntakeLimits;
  readonly directory: FlowDirectory;
  /** Aborts when Temporal asks the running activity to end. */
  readonly cancellation: () => AbortSignal;
  /** The day of the assessment, `YYYY-MM-DD`. */
  readonly today: () => string;
}
