import { DomainError } from '../../domain/errors';
import type { TextRecord } from '../csv/csv-text';
import { decimalMarkOf } from './decimal-mark';
import type { DetectionHint } from './detection-hint';
import { type FoundHeader, usedWidth } from './find-header';
import type { EncodingGuess } from './guess-encoding';
import { headRecordsOf, headerOf } from './head-records';
import { checkHeader } from './header';
import { requotedText, roughlyRequoted, sniffQuote } from '../csv/requote';
import { sniffDelimiter } from './sniff-delimiter';
import { isSecondHeader } from './table-border';
import { type Delimiter, type Detection, type QuoteMark, defaultIntakeLimits } from '../types';

const isFilled = ({ cells }: TextRecord): boolean => cells.some((cell) => cell.trim() !== '');

function warningsOf(hint: DetectionHint, quote: QuoteMark): string[] {
  const warnings: string[] = [];
  if (/\.(?:xlsx?|xlsm|xlsb|ods|json|ndjson|jsonl)$/iu.test(hint.filename ?? '')) {
    warnings.push('The name of the file says another type; it was read as the text table that it is');
  }
  if (quote === "'") warnings.push('Cells are quoted with single quotes');
  if (quote === 'line') warnings.push('Whole lines stand between quotes; they were read without them');
  return warnings;
}

/** Where a second table begins; undefined when none begins among the first records. */
function secondTable(records: readonly TextRecord[], found: FoundHeader): number | undefined {
  const width = found.cells.length;
  const names = new Set(found.cells.map((cell) => cell.trim().toLowerCase()));
  const start = records.findIndex((record, at) => {
    const above = records[at - 1];
    if (above === undefined || above.line <= found.line || isFilled(above) || !isFilled(record)) return false;
    const used = usedWidth(record.cells);
    if (used === width) return isSecondHeader(record.cells, names);
    return used >= 2 && records[at + 1]?.cells.length === record.cells.length;
  });
  return records[start]?.line;
}

const secondTableWarning = (line: number | undefined): string[] =>
  line === undefined ? [] : [`A second table begins on line ${line}; upload it as a file of its own`];

interface TextShape {
  readonly quote: QuoteMark;
  readonly delimiter: Delimiter;
  readonly records: readonly TextRecord[];
}

function shapeOf(text: string, hint: DetectionHint, isWhole: boolean): TextShape {
  const quote = hint.quote ?? sniffQuote(text);
  const delimiter = hint.delimiter ?? sniffDelimiter(roughlyRequoted(text, quote));
  const body = requotedText(text, quote, delimiter);
  return { quote, delimiter, records: headRecordsOf(body, delimiter, isWhole) };
}

/**
 * How a text table is written. Throws UPLOAD_007 when it has no header row, UPLOAD_008 for too many columns and
 * IMP_004 when nothing stands below the header.
 */
export function detectTable(
  text: string,
  { encoding, hasBom, warnings }: EncodingGuess,
  hint: DetectionHint,
  isWhole: boolean,
): Detection {
  const { quote, delimiter, records } = shapeOf(text, hint, isWhole);
  const maxColumns = hint.maxColumns ?? defaultIntakeLimits.maxColumns;
  const found = checkHeader(headerOf(records, hint.headerLine), { maxColumns }, 'UPLOAD_007');
  const below = records.filter((record) => record.line > found.line && isFilled(record));
  if (isWhole && below.length === 0) throw new DomainError('IMP_004', { header_line: found.line });
  const decimalMark = hint.decimalMark ?? decimalMarkOf(below.map(({ cells }) => cells));
  return {
    container: 'csv',
    encoding,
    hasBom,
    delimiter,
    ...(quote === '"' ? {} : { quote }),
    ...(decimalMark === undefined ? {} : { decimalMark }),
    ...(hint.dateOrder === undefined ? {} : { dateOrder: hint.dateOrder }),
    header: {
      line: hint.headerLine ?? found.line,
      titleLines: found.bannerLines,
      isChosen: found.isChosen ?? false,
    },
    warnings: [...warnings, ...warningsOf(hint, quote), ...secondTableWarning(secondTable(records, found))],
  };
}
