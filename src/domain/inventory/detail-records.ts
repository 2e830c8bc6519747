import { attributeDefinition } from '../attributes/registry';
import type { AttributeName, AttributeValue, AttributeValues } from '../attributes/types';
import { roundSize } from '../quality/values/sizes';
import { partsOf } from './attribute-text';
import type { DetailRule, DetailRules, SourceRecord } from './types';

type Values = { [name in AttributeName]?: AttributeValue };
type RowNumbers = { [name in AttributeName]?: readonly number[] };

/**
 * Joins the records that describe parts of one asset (its disks, partitions, adapters) to one record of each table:
 * numbers are added (without the noise of binary fractions) or the largest is taken, addresses are listed, all else is that of the first row which says it.
 * Records of other tables stay as they are. All records speak of one asset.
 */
export function joinDetails(records: readonly SourceRecord[]): readonly SourceRecord[] {
  if (!records.some(({ details }) => details !== undefined)) return records;
  const joined: SourceRecord[] = [];
  const parts = new Map<string, SourceRecord[]>();
  for (const record of records) {
    if (record.details === undefined) joined.push(record);
    else parts.set(record.importId, [...(parts.get(record.importId) ?? []), record]);
  }
  for (const rows of parts.values()) joined.push(joinedRow(rows.toSorted(byRow)));
  return joined;
}

function byRow(one: SourceRecord, two: SourceRecord): number {
  return one.rowNumber - two.rowNumber;
}

function joinedRow(rows: readonly SourceRecord[]): SourceRecord {
  const first = rows[0] as SourceRecord; // a table is in the map because of a row
  const details = first.details ?? {};
  const values: Values = firstValues(rows);
  const detailRows: RowNumbers = {};
  for (const [name, rule] of ruleEntries(details)) {
    const stating = rows.filter((row) => states(row.values, name));
    const value = joinedValue(stating, name, rule);
    if (value === undefined) continue;
    values[name] = value;
    detailRows[name] = stating.map(({ rowNumber }) => rowNumber);
  }
  return { ...first, values, detailRows };
}

function ruleEntries(details: DetailRules): [AttributeName, DetailRule][] {
  // The rules are keyed by attribute names.
  return Object.entries(details) as [AttributeName, DetailRule][];
}

function firstValues(rows: readonly SourceRecord[]): Values {
  const values: Values = {};
  for (const row of rows) {
    for (const name in row.values) {
      // The keys of attribute values are attribute names by type; for-in widens them.
      const attribute = name as AttributeName;
      const value = row.values[attribute];
      if (values[attribute] === undefined && value !== undefined) values[attribute] = value;
    }
  }
  return values;
}

function states(values: AttributeValues, name: AttributeName): boolean {
  const value = values[name];
  return typeof value === 'number' || (value !== undefined && partsOf(values, name).length > 0);
}

function joinedValue(
  rows: readonly SourceRecord[],
  name: AttributeName,
  rule: DetailRule,
): AttributeValue | undefined {
  if (rule === 'list') return listed(rows, name);
  const numbers = rows.map(({ values }) => values[name]).filter((value) => typeof value === 'number');
  if (numbers.length === 0) return undefined;
  if (rule === 'max') return Math.max(...numbers);
  const sum = numbers.reduce((total, number) => total + number, 0);
  return attributeDefinition(name).shape === 'integer' ? Math.round(sum) : roundSize(sum);
}

/** Every address once, in the order of the rows. */
function listed(rows: readonly SourceRecord[], name: AttributeName): AttributeValue {
  const parts = new Map<string, string>();
  for (const { values } of rows) {
    for (const part of partsOf(values, name)) {
      const key = part.toLowerCase();
      if (!parts.has(key)) parts.set(key, part);
    }
  }
  return [...parts.values()];
}
