import { textOf } from './attribute-text';
import type { SourceRecord } from './types';

/** The parts of a record that decide its place, computed once. */
interface Ranked {
  readonly record: SourceRecord;
  readonly seen: string;
  readonly filled: number;
}

function compareText(one: string, two: string): number {
  if (one === two) return 0;
  return one < two ? -1 : 1;
}

function byTrust(one: Ranked, two: Ranked): number {
  return (
    one.record.rank - two.record.rank ||
    compareText(two.record.asOf, one.record.asOf) ||
    compareText(two.seen, one.seen) ||
    two.filled - one.filled ||
    compareText(one.record.sourceId, two.record.sourceId) ||
    compareText(one.record.importId, two.record.importId) ||
    one.record.rowNumber - two.record.rowNumber
  );
}

/** Records by trust: source rank, freshness of the export, then of the row, completeness, and a stable tie-break. */
export function rankRecords(records: readonly SourceRecord[]): SourceRecord[] {
  if (records.length === 1) return [...records];
  return records
    .map((record) => ({
      record,
      seen: textOf(record.values, 'last_seen') ?? '',
      filled: Object.keys(record.values).length,
    }))
    .toSorted(byTrust)
    .map((ranked) => ranked.record);
}
