import { classifyAsset } from '../../domain/inventory/classification/classify';
import { identityKeys } from '../../domain/inventory/identity/identity';
import { uploadGroups } from '../../domain/inventory/upload-groups';
import type { DetailRules, IdentityKey, RecordContext, SourceRecord } from '../../domain/inventory/types';
import { detailRulesOf } from '../../domain/mapping/formats/detail-rules';
import type { AttributeValues } from '../../domain/attributes/types';
import type { LoadedRecord } from '../../db/estate/load-records';
import type { SourceRun } from '../../db/estate/source-records';

/** A source run as the rules see it: computed once for all of its records. */
export interface RunFacts {
  readonly run: SourceRun;
  /** Equal for exports of one source, so that a newer one updates and never contradicts. */
  readonly sourceId: string;
  /** Stands for the import in the rules: the newest import sorts first, the last tie-break between equal records. */
  readonly importKey: string;
  readonly asOf: string;
  /** Equal for tables that complement each other. */
  readonly uploadId: string;
  readonly context: RecordContext;
  /** Present when the rows are parts of assets. */
  readonly details: DetailRules | undefined;
}

/** Counted down from, so that texts of equal length sort the newest first. */
const newestFirst = 2_000_000_000;

/** `runs` in the order in which their imports came. */
export function runFacts(runs: readonly SourceRun[]): RunFacts[] {
  const uploads = uploadGroups(runs);
  return runs.map((run, order) => ({
    run,
    sourceId: run.dataSourceId ?? `header:${run.headerFingerprint ?? run.importId}`,
    importKey: `${newestFirst - order}:${run.importId}`,
    // The rules sort texts: an import of unknown date is older than every dated one.
    asOf: run.asOf ?? '',
    uploadId: uploads[order] ?? run.objectId,
    context: { tableKind: run.tableKind ?? 'inventory', formatId: run.formatId },
    details: detailRulesOf(run.formatId),
  }));
}

/** A record with what identifies it. */
export interface EstateRecord {
  readonly loaded: LoadedRecord;
  readonly source: SourceRecord;
  readonly keys: readonly IdentityKey[];
  /** The keys as `kind:value`. */
  readonly identity: readonly string[];
}

export function estateRecord(facts: RunFacts, loaded: LoadedRecord): EstateRecord {
  const { values, rowNumber } = loaded;
  const { sourceId, importKey, asOf, run, details, uploadId } = facts;
  const { product, rank } = run;
  const classification = classifyAsset(values, facts.context);
  const keys = identityKeys(values, classification, { product, sourceId });
  const importId = importKey;
  const identity = keys.map(keyText);
  const source = {
    importId,
    rowNumber,
    sourceId,
    product,
    rank,
    asOf,
    values,
    classification,
    uploadId,
    details,
  };
  return { loaded, source, keys, identity };
}

/** Identity keys of a record that is only looked at to find what it belongs with. */
export function keysOf(facts: RunFacts, values: AttributeValues): readonly IdentityKey[] {
  const { product } = facts.run;
  return identityKeys(values, classifyAsset(values, facts.context), { product, sourceId: facts.sourceId });
}

export function keyText({ kind, value }: IdentityKey): string {
  return `${kind}:${value}`;
}

/** The id of an import from the text that stands for it in the rules. */
export function importOfKey(importKey: string): string {
  return importKey.slice(importKey.indexOf(':') + 1);
}
