import { DomainError } from '../../domain/errors';
import type { DetectionHint } from './detection-hint';
import { gunzipHead, isGzip } from '../gzip';
import { binaryType, zipContent } from './magic-bytes';
import type { Container, Detection } from '../types';
import { archiveRefusal } from '../zip/archive-refusal';

const refusals = {
  xlsb: 'Save the workbook as XLSX',
  ods: 'Save the spreadsheet as XLSX or CSV',
  document: 'It is a document and no spreadsheet; upload a workbook, CSV or JSON',
} as const;

const noText = { encoding: 'utf-8', hasBom: false, delimiter: null, warnings: [] } as const;

/** What a file is by its name alone. */
export function containerByName(name: string): Container {
  if (/\.(?:xlsx|xlsm)$/iu.test(name)) return 'xlsx';
  if (/\.(?:ndjson|jsonl)$/iu.test(name)) return 'ndjson';
  return /\.json$/iu.test(name) ? 'json' : 'csv';
}

function firstName(head: Buffer): string {
  const length = head.length >= 30 ? head.readUInt16LE(26) : 0;
  return head.toString('utf8', 30, 30 + length);
}

/** A ZIP container by its first bytes; null when it is none. Throws UPLOAD_001 for what is in it and not read. */
export function detectZip(head: Buffer): Detection | null {
  const content = zipContent(head);
  if (content === null) return null;
  if (content === 'xlsx') return { container: 'xlsx', ...noText };
  if (content !== 'zip') {
    throw new DomainError('UPLOAD_001', { detected: content, hint: refusals[content] });
  }
  return { container: containerByName(firstName(head)), archive: 'zip', ...noText };
}

/** Detects the text inside a compressed file; null when it is none. Throws UPLOAD_006 for archives in archives. */
export function detectGzip(
  head: Buffer,
  hint: DetectionHint,
  detectText: (head: Buffer, hint: DetectionHint, isWhole: boolean) => Detection,
): Detection | null {
  if (!isGzip(head)) return null;
  const { bytes, isWhole } = gunzipHead(head);
  refuseNested(bytes);
  const { filename, ...rest } = hint;
  const inner = filename === undefined ? rest : { ...rest, filename: filename.replace(/\.gz$/iu, '') };
  return { ...detectText(bytes, inner, isWhole), archive: 'gzip' };
}

/** Refuses (UPLOAD_006) bytes from inside an archive that are an archive again. */
export function refuseNested(head: Buffer): void {
  const isZip = zipContent(head) !== null;
  if (isZip || binaryType(head)?.isArchive === true) throw archiveRefusal('nested');
}
