import { DomainError } from '../../domain/errors';
import type { IntakeLimits, OpenTable, UploadBytes } from '../types';
import { openUploadTable, readUploadContent } from '../upload-content';

/**
 * Opens a file of corrected records: its header is its first row, whatever the rows below look like.
 *
 * @throws DomainError `IMP_009` for a file with several tables, else what `readUploadContent` throws.
 */
export async function openCorrectedTable(
  bytes: UploadBytes,
  filename: string | null,
  limits: IntakeLimits,
): Promise<OpenTable> {
  // Spreadsheet programs write double quotes; cells in apostrophes are the person's own.
  const hint = {
    ...(filename === null ? {} : { filename }),
    quote: '"',
    maxColumns: limits.maxColumns,
  } as const;
  const { tables } = await readUploadContent(bytes, hint, limits);
  const [table, ...others] = tables;
  if (table === undefined || others.length > 0) throw new DomainError('IMP_009', { tables: tables.length });
  return openUploadTable(bytes, table, limits, { headerLine: 1 });
}
