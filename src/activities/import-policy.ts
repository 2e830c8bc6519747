import { DomainError } from '../domain/errors';
import type { ImportPolicy } from '../domain/lists';
import type { DataImport } from '../db/imports';

const whole: ImportPolicy = 'all_or_nothing';

/**
 * Holds an import to what its sender asked for.
 *
 * @throws DomainError `IMP_008` for one that is all or nothing and has rejected records.
 */
export function assertImportPolicy(
  { id, processingConfig }: Pick<DataImport, 'id' | 'processingConfig'>,
  rejected: number,
): void {
  if (processingConfig['import_policy'] !== whole || rejected === 0) return;
  throw new DomainError('IMP_008', { import_id: id, rejected });
}
