import { isInParts } from '../../domain/mapping/formats/detail-rules';
import type { RecognisedFormat } from '../../domain/mapping/types';

const stampedParts = /(?:[-_. ]?(?:v?\d+(?:[-_.:]\d+)*|\(\d+\)|copy|final|export|draft|new))+$/gi;

/**
 * The name of the source behind an upload when nobody names it: the product that was recognised, and the file's name
 * without extension, dates and numbers, so that next week's export of the same system is the same source. Products
 * that write the parts of their assets as files beside them (`RVTools_tabvDisk.csv`) are one source in all of them.
 */
export function defaultSourceName(
  filename: string,
  format: Pick<RecognisedFormat, 'id' | 'vendor'> | null,
): string {
  const stem = withoutTable(filename.replace(/\.[a-z0-9]{1,8}(?:\.gz)?$/i, ''), format);
  const plain = stem
    .replaceAll(/20\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])/g, '')
    .replaceAll(stampedParts, '')
    .replaceAll(/[-_. ]+/g, ' ')
    .trim()
    .toLowerCase();
  const name = plain === '' ? stem.trim().toLowerCase() : plain;
  return format === null ? name : `${format.vendor}: ${name}`;
}

/** The name of a file without that of the table in it; of a file that is called by its table alone the product's. */
function withoutTable(stem: string, format: Pick<RecognisedFormat, 'id' | 'vendor'> | null): string {
  if (format === null || !isInParts(format.id)) return stem;
  const tables = format.id.split('.').slice(1).join('|').replaceAll('_', '[-_ ]?');
  const rest = stem.replace(new RegExp(`(?:^|[-_. ])(?:tab)?(?:${tables})(?![a-z])`, 'iu'), '');
  return rest.replaceAll(/[-_. \d()]+/g, '') === '' ? format.vendor : rest;
}
