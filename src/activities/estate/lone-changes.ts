import { loneAsset } from '../../domain/inventory/lone-record';
import type { Classification } from '../../domain/inventory/types';
import type { LoneChange, SharedDocument } from '../../db/asset-changes';
import { assetIdOfRecord } from './asset-ids';
import { type EstateRecord, keyText, type RunFacts } from './estate-records';

const mostDocuments = 20_000;

/** What new assets have in common, one object for all that are equal; forgotten when they grow too many. */
export class SharedDocuments {
  private readonly known = new Map<string, SharedDocument>();

  of(classification: Classification, role: string | null, flowId: string): SharedDocument {
    const { assetType, subtype, confidence, evidence } = classification;
    let key = `${assetType}|${subtype ?? ''}|${String(confidence)}|${role ?? ''}|${flowId}`;
    for (const { code, weight, text } of evidence) key += `\n${code}|${String(weight)}|${text}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const document: SharedDocument = {
      asset_type: assetType,
      subtype,
      confidence,
      classification: evidence,
      first_flow_id: flowId,
      last_flow_id: flowId,
      ...(role !== null && { server_role: role }),
    };
    if (this.known.size >= mostDocuments) this.known.clear();
    this.known.set(key, document);
    return document;
  }
}

/**
 * The change that makes a new asset of one record, which takes the values of its record; `free` are the identity keys
 * that it may have, all of them when absent. Undefined when the record's values do not survive as they are.
 */
export function loneChange(
  record: EstateRecord,
  { run }: RunFacts,
  documents: SharedDocuments,
  free?: (identity: readonly string[]) => readonly string[],
): LoneChange | undefined {
  const { source, keys } = record;
  const lone = loneAsset(source);
  // An application may have been named before a record spoke of it.
  if (lone === undefined || lone.assetType === 'application') return undefined;
  const identity = keys.map(keyText);
  const own = free === undefined ? [...new Set(identity)] : free(identity);
  return {
    assetId: assetIdOfRecord(record),
    name: lone.name,
    keys: own,
    identity: own.length < identity.length ? identity : null,
    shared: documents.of(source.classification, lone.role, run.flowId),
    phaseRunId: run.phaseRunId,
    rowNumber: source.rowNumber,
  };
}
