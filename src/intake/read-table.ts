import { DomainError } from '../domain/errors';
import { openCsvTable } from './csv/csv-table';
import { openJsonTable } from './json/json-table';
import type { TableOptions } from './table-options';
import { type Detection, type IntakeLimits, type OpenTable, defaultIntakeLimits } from './types';
import type { ByteSource } from './csv/utf8-chunks';

/**
 * Opens the table in stored bytes; `source` is called once for each pass over them. Throws IMP_005, UPLOAD_008,
 * UPLOAD_009 and UPLOAD_010 for what cannot be read, and IMP_002 from the batches when there are too many rows.
 */
export async function openTable(
  source: ByteSource,
  detection: Detection,
  limits: IntakeLimits = defaultIntakeLimits,
  options: TableOptions = {},
): Promise<OpenTable> {
  switch (detection.container) {
    case 'csv':
      return openCsvTable(source, detection, limits, options);
    case 'json':
    case 'ndjson':
      return openJsonTable(source, detection, limits, options);
    case 'xlsx':
      throw new DomainError('UPLOAD_001', { detected: detection.container });
  }
}
