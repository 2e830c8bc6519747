import { attributeDefinition } from '../attributes/registry';
import type { AttributeName } from '../attributes/types';
import { sameMeaning } from './identity/specific-text';
import type { Disagreement, SourceRecord } from './types';

/**
 * What sources of equal, highest rank state differently about an attribute that people decide on; null otherwise.
 * `stated` holds one record of each source, the most trusted first, so a newer export is never a conflict.
 */
export function disagreementOn(name: AttributeName, stated: readonly SourceRecord[]): Disagreement | null {
  const [best] = stated;
  const definition = attributeDefinition(name);
  if (best === undefined || stated.length < 2 || !definition.decisive || definition.multiple) return null;
  // The class is judged by the classification of the records, not by the words of their type columns.
  if (name === 'asset_type') return null;
  const equals = stated.filter((record) => record.rank === best.rank);
  const distinct: SourceRecord[] = [];
  for (const record of equals) {
    if (!distinct.some((other) => agree(name, record, other))) distinct.push(record);
  }
  if (distinct.length < 2) return null;
  const candidates = distinct.flatMap((record) => {
    const value = record.values[name];
    return value === undefined ? [] : [{ value, importId: record.importId, rowNumber: record.rowNumber }];
  });
  const said = candidates.map((candidate) => `"${String(candidate.value)}"`).join(', ');
  return {
    kind: 'attribute_disagreement',
    attribute: name,
    message: `Sources of equal rank disagree on ${definition.label}: ${said}`,
    candidates,
  };
}

function agree(name: AttributeName, one: SourceRecord, two: SourceRecord): boolean {
  const first = one.values[name];
  const second = two.values[name];
  return first === undefined || second === undefined || sameMeaning(name, first, second);
}
