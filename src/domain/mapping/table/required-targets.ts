import type { AttributeName } from '../../attributes/types';
import type { MappingStatus } from '../../lists';

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

/** Whether some column that was not turned down names the rows of its table. */
export function namesRows(
  mappings: readonly { readonly target: AttributeName | null; readonly status: MappingStatus }[],
): boolean {
  return mappings.some(
    ({ target, status }) => status !== 'rejected' && namingTargets.some((name) => name === target),
  );
}
