import type { Classification, Disagreement, SourceRecord } from '../types';

export interface ClassChoice {
  readonly classification: Classification;
  readonly disagreement: Disagreement | null;
}

/** Below this, a class is a guess that any surer record may replace. */
const sureConfidence = 0.6;
/** Two classes at least this sure, of sources of equal rank, are a conflict. */
const conflictConfidence = 0.8;

function detailed(chosen: SourceRecord, ranked: readonly SourceRecord[]): Classification {
  const { assetType } = chosen.classification;
  const same = ranked.filter((record) => record.classification.assetType === assetType);
  const subtype = chosen.classification.subtype ?? same.find(hasSubtype)?.classification.subtype ?? null;
  const role = chosen.classification.serverRole ?? same.find(hasRole)?.classification.serverRole ?? null;
  return { ...chosen.classification, subtype, serverRole: role };
}

function hasSubtype(record: SourceRecord): boolean {
  return record.classification.subtype !== null;
}

function hasRole(record: SourceRecord): boolean {
  return record.classification.serverRole !== null && record.classification.serverRole !== undefined;
}

function surest(records: readonly SourceRecord[]): SourceRecord | undefined {
  return records.reduce<SourceRecord | undefined>((best, record) => {
    return best === undefined || record.classification.confidence > best.classification.confidence
      ? record
      : best;
  }, undefined);
}

function classDisagreement(chosen: SourceRecord, ranked: readonly SourceRecord[]): Disagreement | null {
  if (chosen.classification.confidence < conflictConfidence) return null;
  const other = ranked.find(
    (record) =>
      record.rank === chosen.rank &&
      record.sourceId !== chosen.sourceId &&
      record.classification.assetType !== chosen.classification.assetType &&
      record.classification.confidence >= conflictConfidence,
  );
  if (other === undefined) return null;
  const said = [chosen, other].map((record) => record.classification.assetType);
  return {
    kind: 'class_change',
    attribute: 'asset_type',
    message: `Sources of equal rank disagree on the class: ${said.join(', ')}`,
    candidates: [chosen, other].map((record) => ({
      value: record.classification.assetType,
      importId: record.importId,
      rowNumber: record.rowNumber,
    })),
  };
}

/** The class of an asset: that of the most trusted record which is sure of it, else the surest. Records by trust, at least one. */
export function chooseClass(ranked: readonly SourceRecord[]): ClassChoice {
  const sure = ranked.find((record) => record.classification.confidence >= sureConfidence);
  const chosen = sure ?? surest(ranked);
  if (chosen === undefined) throw new Error('an asset needs at least one record');
  return { classification: detailed(chosen, ranked), disagreement: classDisagreement(chosen, ranked) };
}
