import { loneAsset } from '../../domain/inventory/lone-record';
import type { Classification } from '../../domain/inventory/types';
import type { LoneChange, SharedDocument } from '../../db/estate/asset-changes';
import { assetIdOfRecord } from './asset-ids';
import type { EstateRecord, RunFacts } from './estate-records';

const mostDocuments = 20_000;

/** Documents whose evidence begins alike. */
interface Branch {
  readonly next: Map<string, Map<number, Branch>>;
  readonly documents: SharedDocument[];
}

function newBranch(): Branch {
  return { next: new Map(), documents: [] };
}

/** What new assets have in common, one object for all that are equal; forgotten when they grow too many. */
export class SharedDocuments {
  private root = newBranch();
  private size = 0;

  of(classification: Classification, role: string | null, flowId: string): SharedDocument {
    const { assetType, subtype, confidence, evidence } = classification;
    // Texts of evidence tell its code. They are remembered, so that a look by them costs less than joining them.
    let branch = this.root;
    for (const { text, weight } of evidence) branch = this.branchOf(branch, text, weight);
    const known = branch.documents.find(
      (one) =>
        one.asset_type === assetType &&
        one.subtype === subtype &&
        one.confidence === confidence &&
        one.first_flow_id === flowId &&
        (one.server_role ?? null) === role,
    );
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
    branch.documents.push(document);
    return document;
  }

  private branchOf({ next }: Branch, text: string, weight: number): Branch {
    const known = next.get(text)?.get(weight);
    if (known !== undefined) return known;
    if (this.size >= mostDocuments) {
      this.root = newBranch();
      this.size = 0;
    }
    this.size += 1;
    const branch = newBranch();
    const weights = next.get(text) ?? new Map<number, Branch>();
    next.set(text, weights.set(weight, branch));
    return branch;
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
  const { source, identity } = record;
  const lone = loneAsset(source);
  // An application may have been named before a record spoke of it.
  if (lone === undefined || lone.assetType === 'application') return undefined;
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
