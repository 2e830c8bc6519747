import { businessDefinitions } from './business-definitions';
import { technicalDefinitions } from './technical-definitions';

export type { SignalDefinition } from './signal-definition';

export const signalDefinitions = { ...businessDefinitions, ...technicalDefinitions } as const;
