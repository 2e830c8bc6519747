import type { Writable } from 'node:stream';
import type { AppDatabase, AuthDatabase } from '../db/connection/pools';
import type { IntakeLimits } from '../intake/types';
import type { ObjectStore } from '../objects/object-store';
import type { AccessTokens } from './auth/access-tokens';
import type { ViolationRecorder } from './auth/violation-recorder';
import type { FlowEvents } from '../db/flows/flow-events';
import type { EstateWorkflows } from './temporal/estate-workflows';
import type { FlowWorkflows } from './temporal/flow-workflows';
import type { UploadLimits } from './uploads';

export interface ApiSettings {
  readonly version: string;
  readonly environment: 'development' | 'test' | 'production';
  /** Status for ids of another tenant. */
  readonly foreignIdStatus: 403 | 404;
  readonly upload: UploadLimits;
  readonly intake: IntakeLimits;
  /** How long a start waits for the flow's rows before it answers 202, in ms. */
  readonly startWaitMs: number;
  /** How long a command waits for its effect before it answers 202, in ms. */
  readonly commandWaitMs: number;
  /** Time between two comments that keep an event stream open, in ms. */
  readonly heartbeatMs: number;
  /** Time between two looks at a flow that nothing was heard of, in ms. */
  readonly pollMs: number;
}

/** Everything that routes are built from. */
export interface ApiServices {
  readonly app: AppDatabase;
  readonly auth: AuthDatabase;
  readonly objects: ObjectStore;
  readonly workflows: FlowWorkflows;
  readonly changes: EstateWorkflows;
  readonly events: FlowEvents;
  /** Answers that stay open; they are ended when the server stops. */
  readonly streams: Set<Writable>;
  readonly tokens: AccessTokens;
  readonly violations: ViolationRecorder;
  readonly settings: ApiSettings;
  /** Tells operators of something that the caller is not told. */
  readonly warn: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}
