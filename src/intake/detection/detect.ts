import { DomainError } from '../../domain/errors';
import { detectGzip, detectZip } from './detect-archive';
import { detectJson } from './detect-json';
import { detectTable } from './detect-table';
import { decodeSample } from './encoding';
import { type EncodingGuess, guessEncoding, isBinaryText, isEbcdic, isMostlyNul } from './guess-encoding';
import { binaryType, markupType } from './magic-bytes';
import type { DetectionHint } from './detection-hint';
import type { Detection } from '../types';

/** Bytes of a file that detection wants to see. */
export const detectionBytes = 1024 * 1024;

const encodingHint = 'Export the data as CSV in UTF-8 or as JSON, or name the encoding of the file';

function refuseBinary(head: Buffer): void {
  const binary = binaryType(head);
  if (binary !== null) throw new DomainError('UPLOAD_001', { detected: binary.name, hint: binary.hint });
}

function chooseEncoding(sample: Buffer, hint: DetectionHint): EncodingGuess {
  const guess = guessEncoding(sample);
  if (hint.encoding === undefined || guess.hasBom) return guess;
  return { encoding: hint.encoding, hasBom: false, warnings: [] };
}

function isWideMark(head: Buffer): boolean {
  const little = head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0;
  return little || (head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff);
}

/** Whether a text is none, by its looks; who says what its encoding is has looked at it. */
function isRefused(text: string, isChosen: boolean): boolean {
  return isChosen ? isMostlyNul(text) : isBinaryText(text);
}

function readText(sample: Buffer, guess: EncodingGuess, isChosen: boolean): string {
  if (sample.length >= 4 && isWideMark(sample)) {
    throw new DomainError('UPLOAD_003', { detected: 'utf-32', hint: 'Export the data as UTF-8' });
  }
  if (isEbcdic(sample)) {
    const hint = 'Convert it to UTF-8 on the host, or with "iconv -f IBM1047 -t UTF-8"';
    throw new DomainError('UPLOAD_003', { detected: 'ebcdic', hint });
  }
  const text = decodeSample(sample, guess);
  if (isRefused(text, isChosen)) throw new DomainError('UPLOAD_003', { hint: encodingHint });
  if (text.trim() === '') throw new DomainError('UPLOAD_004');
  const markup = markupType(text);
  if (markup !== null) throw new DomainError('UPLOAD_001', { detected: markup.name, hint: markup.hint });
  return text;
}

function detectText(firstBytes: Buffer, hint: DetectionHint, isWhole: boolean): Detection {
  if (firstBytes.length === 0) throw new DomainError('UPLOAD_004');
  refuseBinary(firstBytes);
  const sample = firstBytes.subarray(0, detectionBytes);
  const guess = chooseEncoding(sample, hint);
  const text = readText(sample, guess, hint.encoding !== undefined);
  const json = detectJson(text, hint, isWhole);
  if (json === null) return detectTable(text, guess, hint, isWhole);
  if (isWhole && /^\s*(?:\[\s*\]|\{\s*\})\s*$/u.test(text)) throw new DomainError('IMP_004');
  const { encoding, hasBom, warnings } = guess;
  const dateOrder = hint.dateOrder === undefined ? {} : { dateOrder: hint.dateOrder };
  return { container: json, encoding, hasBom, delimiter: null, ...dateOrder, warnings };
}

/**
 * Says what an upload is from its first bytes (give `detectionBytes` of them, or all). Of workbooks and archives only
 * the kind is told; `readUploadContent` says the rest. Throws UPLOAD_004 for an empty file, UPLOAD_001 for a type that
 * is not read, UPLOAD_003 for bytes that are no text, UPLOAD_006 for an archive in an archive, UPLOAD_007 for a table
 * without header row, UPLOAD_008 for too many columns and IMP_004 for a table without records.
 */
export function detectContent(firstBytes: Buffer, hint: DetectionHint = {}): Detection {
  const isWhole = hint.isWhole ?? firstBytes.length < detectionBytes;
  return (
    detectZip(firstBytes) ?? detectGzip(firstBytes, hint, detectText) ?? detectText(firstBytes, hint, isWhole)
  );
}
