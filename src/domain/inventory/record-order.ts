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

/** Sources by what they say, since their ids are drawn by lot: two runs over the same files rank alike. */
class SourceOrder {
  private readonly contents = new Map<string, string>();

  constructor(private readonly records: readonly SourceRecord[]) {}

  compare(one: string, two: string): number {
    return one === two ? 0 : compareText(this.contentOf(one), this.contentOf(two)) || compareText(one, two);
  }

  private contentOf(sourceId: string): string {
    const known = this.contents.get(sourceId);
    if (known !== undefined) return known;
    const texts = this.records
      .filter((record) => record.sourceId === sourceId)
      .map(({ values }) => JSON.stringify(Object.entries(values).toSorted(byName)));
    const content = texts.toSorted().join();
    this.contents.set(sourceId, content);
    return content;
  }
}

function byName([one]: readonly [string, unknown], [two]: readonly [string, unknown]): number {
  return compareText(one, two);
}

function byTrust(one: Ranked, two: Ranked, sources: SourceOrder): number {
  return (
    one.record.rank - two.record.rank ||
    compareText(two.record.asOf, one.record.asOf) ||
    compareText(two.seen, one.seen) ||
    two.filled - one.filled ||
    sources.compare(one.record.sourceId, two.record.sourceId) ||
    compareText(one.record.importId, two.record.importId) ||
    one.record.rowNumber - two.record.rowNumber
  );
}

/**
 * Records by trust: source rank, freshness of the export, then of the row, completeness, and a stable tie-break. Of
 * exports of one source that are equally fresh the one that came last goes before an earlier one that says more.
 */
export function rankRecords(records: readonly SourceRecord[]): SourceRecord[] {
  if (records.length === 1) return [...records];
  const sources = new SourceOrder(records);
  const ranked = records
    .map((record) => ({
      record,
      seen: textOf(record.values, 'last_seen') ?? '',
      filled: Object.keys(record.values).length,
    }))
    .toSorted((one, two) => byTrust(one, two, sources));
  return latestFirst(ranked);
}

/** Gives the places of each source's equally fresh records to the same records, the latest upload first. */
function latestFirst(ranked: readonly Ranked[]): SourceRecord[] {
  const sorted = ranked.map(({ record }) => record);
  const places = new Map<string, number[]>();
  ranked.forEach(({ record: { rank, asOf, sourceId }, seen }, place) => {
    const key = JSON.stringify([rank, asOf, seen, sourceId]);
    const known = places.get(key);
    if (known === undefined) places.set(key, [place]);
    else known.push(place);
  });
  for (const group of places.values()) {
    if (group.length === 1) continue;
    const members = group.map((place) => (ranked[place] as Ranked).record); // places were counted above
    const latest = uploadOrder(members);
    members.sort((one, two) => compareText(latest(one), latest(two)));
    members.forEach((record, index) => {
      const place = group[index];
      if (place !== undefined) sorted[place] = record;
    });
  }
  return sorted;
}

/** Sorts the latest upload first; the tables of one upload are of one moment. */
function uploadOrder(records: readonly SourceRecord[]): (record: SourceRecord) => string {
  const first = new Map<string, string>();
  const uploadOf = ({ uploadId, importId }: SourceRecord): string => uploadId ?? importId;
  for (const record of records) {
    const known = first.get(uploadOf(record));
    if (known === undefined || compareText(record.importId, known) < 0) {
      first.set(uploadOf(record), record.importId);
    }
  }
  return (record) => first.get(uploadOf(record)) ?? record.importId;
}
