import { DomainError } from '../domain/errors';
import { headRecordsOf } from './csv-table';
import { detectJson } from './detect-json';
import { decodeSample } from './encoding';
import { findHeader } from './find-header';
import { type EncodingGuess, guessEncoding, isBinaryText } from './guess-encoding';
import { checkHeader } from './header';
import { binaryType, markupType, zipContent } from './magic-bytes';
import { sniffDelimiter } from './sniff-delimiter';
import { type Detection, type Encoding, defaultIntakeLimits } from './types';

/** What the sender says about a file; the bytes decide. */
export interface DetectionHint {
  readonly filename?: string;
  readonly mimeType?: string;
  /** An encoding that a person has chosen; it is believed. */
  readonly encoding?: Encoding;
  readonly maxColumns?: number;
}

/** Bytes of a file that detection wants to see. */
export const detectionBytes = 1024 * 1024;

function refuseBinary(head: Buffer): void {
  const zip = zipContent(head);
  if (zip === 'xlsx' || zip === 'ods') {
    throw new DomainError('UPLOAD_001', { detected: zip, hint: 'Save the sheet as CSV and upload that' });
  }
  if (zip === 'zip') {
    throw new DomainError('UPLOAD_001', { detected: zip, hint: 'Unpack it and upload the files in it' });
  }
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

function readText(sample: Buffer, guess: EncodingGuess): string {
  if (sample.length >= 4 && isWideMark(sample)) {
    throw new DomainError('UPLOAD_003', { detected: 'utf-32', hint: 'Export the data as UTF-8' });
  }
  const text = decodeSample(sample, guess);
  if (isBinaryText(text)) throw new DomainError('UPLOAD_003');
  if (text.trim() === '') throw new DomainError('UPLOAD_004');
  const markup = markupType(text);
  if (markup !== null) throw new DomainError('UPLOAD_001', { detected: markup.name, hint: markup.hint });
  return text;
}

function detectTable(text: string, guess: EncodingGuess, hint: DetectionHint, isWhole: boolean): Detection {
  const delimiter = sniffDelimiter(text);
  const maxColumns = hint.maxColumns ?? defaultIntakeLimits.maxColumns;
  checkHeader(findHeader(headRecordsOf(text, delimiter, isWhole)), { maxColumns }, 'UPLOAD_007');
  const warnings = [...guess.warnings];
  if (/\.(?:xlsx?|xlsm|xlsb|ods|json|ndjson|jsonl)$/iu.test(hint.filename ?? '')) {
    warnings.push('The name of the file says another type; it was read as the text table that it is');
  }
  return { container: 'csv', encoding: guess.encoding, hasBom: guess.hasBom, delimiter, warnings };
}

/**
 * Says what an upload is from its first bytes (give `detectionBytes` of them, or all). Throws UPLOAD_004 for an
 * empty file, UPLOAD_001 for a type that is not read, UPLOAD_003 for bytes that are no text, UPLOAD_007 for a
 * table without header row and UPLOAD_008 for too many columns.
 */
export function detectContent(firstBytes: Buffer, hint: DetectionHint = {}): Detection {
  if (firstBytes.length === 0) throw new DomainError('UPLOAD_004');
  refuseBinary(firstBytes);
  const sample = firstBytes.subarray(0, detectionBytes);
  const isWhole = firstBytes.length < detectionBytes;
  const guess = chooseEncoding(sample, hint);
  const text = readText(sample, guess);
  const json = detectJson(text, hint, isWhole);
  if (json === null) return detectTable(text, guess, hint, isWhole);
  const { encoding, hasBom, warnings } = guess;
  return { container: json, encoding, hasBom, delimiter: null, warnings };
}
