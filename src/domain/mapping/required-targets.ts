import type { AttributeName } from '../attributes/types';

/** Targets of which an inventory needs at least one: without a name no row can become an asset. */
export const namingTargets = [
  'name',
  'hostname',
  'fqdn',
  'application_name',
  'external_id',
  'serial_number',
  'uuid',
] as const satisfies readonly AttributeName[];
