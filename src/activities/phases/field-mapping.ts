import { setImmediate as nextTurn } from 'node:timers/promises';
import { criticalAttributeReport } from '../../domain/attributes/critical-attributes';
import type { AttributeName } from '../../domain/attributes/types';
import { DomainError } from '../../domain/errors';
import { defaultFlowPolicy, type PhaseRequest, type PhaseResult } from '../../domain/flow/messages';
import { formatIdOf } from '../../domain/mapping/formats/detail-rules';
import { suggestMappingsInSteps } from '../../domain/mapping/suggest-mappings';
import type { LearnedPattern, MappingProposal } from '../../domain/mapping/types';
import type { ColumnProfile } from '../../domain/quality/types';
import { takeSteps } from '../../domain/steps';
import { systemActor } from '../../db/accounts/audit';
import { listColumnProfiles } from '../../db/imports/column-profiles';
import { upsertSource } from '../../db/imports/data-sources';
import { setFlowStatus } from '../../db/flows/flow-status';
import { setPhaseState } from '../../db/flows/flows';
import { openGate } from '../../db/flows/gates';
import { type DataImport, findImport, setImportDetection } from '../../db/imports/imports';
import { isWhollyByRecipe } from '../../db/imports/mapping-recipes';
import { sealMappings, unmapBelow } from '../../db/imports/mappings';
import { listPatterns } from '../../db/imports/mapping-patterns';
import type { Advance } from '../../db/flows/phase-runs';
import { areOthersSuggested } from '../../db/imports/suggested-imports';
import type { TenantTrx } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import { leaveOutNameless, leftOutReason } from '../imports/left-out-imports';
import { recordRecipes, writeSuggestions } from '../imports/mapping-recipes';
import { importOrder } from '../phase-run/phase-order';
import type { PhaseWork } from '../phase-run/phase-pieces';
import { workPhase } from '../phase-run/phase-work';
import { defaultSourceName } from '../imports/source-name';

interface Place {
  readonly flowId: string;
  readonly importId: string;
}

/** Suggests a target for every column; a person approves, or the flow's policy does. */
export function suggestMappings(deps: ActivityDependencies, request: PhaseRequest): Promise<PhaseResult> {
  const { order, importId } = importOrder(request);
  const place = { flowId: request.flowId, importId };
  return workPhase(deps, order, async (phase) => {
    const { approval } = phase.policy ?? defaultFlowPolicy;
    if (phase.run.positionDetail['suggested'] !== true) await phase.gather(0, (trx) => propose(trx, place));
    if (approval.mode === 'auto') return approveAlone(phase, place, approval.minConfidence);
    if (approval.recipe !== 'auto') return waitForApproval(phase, place);
    await phase.batch(() => Promise.resolve({}));
    const isWhole = await phase.read((trx) => isWhollyByRecipe(trx, place));
    return isWhole ? approveAlone(phase, place, 0) : waitForApproval(phase, place);
  });
}

/** Seals the mappings without a person; of what is undecided only that from a confidence on. */
function approveAlone(phase: PhaseWork, place: Place, minConfidence: number): Promise<PhaseResult> {
  return phase.publish(async (trx) => {
    await unmapBelow(trx, place.importId, minConfidence);
    await sealMappings(trx, place.importId, null);
    await leaveOutNameless(trx, place);
    await recordRecipes(trx, [place.importId], systemActor);
    return {};
  });
}

async function propose(trx: TenantTrx, { flowId, importId }: Place): Promise<Advance> {
  const entry = await findImport(trx, importId);
  if (entry === undefined) throw new DomainError('IMP_003', { import_id: importId });
  const columns = await listColumnProfiles(trx, importId);
  const suggested = await proposalOf(entry, columns, await listPatterns(trx));
  const dataSourceId = await describeTable(trx, entry, suggested);
  const proposal = await writeSuggestions(trx, { entry, dataSourceId, columns, proposal: suggested });
  await setPhaseState(trx, flowId, 'field_mapping', summaryOf(proposal, columns));
  const records = entry.acceptedRecords;
  const rowsOut = proposal.suggestions.filter(({ target }) => target !== null).length;
  return {
    positionDetail: { suggested: true },
    position: records,
    rowsIn: records,
    passed: records,
    rowsOut,
  };
}

/** What the columns say, unless the table could not be read to its end. */
async function proposalOf(
  entry: DataImport,
  columns: readonly ColumnProfile[],
  learned: readonly LearnedPattern[],
): Promise<MappingProposal> {
  const steps = suggestMappingsInSteps({ tableName: entry.tableName, columns, learned });
  const proposal = await takeSteps(steps, nextTurn);
  const reason = leftOutReason(entry);
  return reason === null ? proposal : { ...proposal, kind: 'unknown', inventory: false, reason };
}

/** Answers the source that the table is of. */
async function describeTable(trx: TenantTrx, entry: DataImport, proposal: MappingProposal): Promise<string> {
  const { kind, inventory, reason } = proposal;
  const { vendor, confidence } = proposal.format ?? { vendor: null, confidence: null };
  const dataSourceId = await sourceOf(trx, entry, proposal.format);
  await setImportDetection(trx, entry.id, {
    tableKind: kind,
    notInventoryReason: inventory ? null : reason,
    formatVendor: vendor,
    formatId: formatIdOf(proposal),
    formatConfidence: confidence,
    dataSourceId,
  });
  return dataSourceId;
}

/** An import without a named source belongs to the one that its product and file name tell. */
async function sourceOf(
  trx: TenantTrx,
  entry: DataImport,
  format: MappingProposal['format'],
): Promise<string> {
  if (entry.dataSourceId !== null) return entry.dataSourceId;
  const named = entry.processingConfig['source_name'];
  const product = format?.vendor ?? null;
  const name = typeof named === 'string' ? named : defaultSourceName(fileOf(entry, product), format);
  return (await upsertSource(trx, { name, product })).id;
}

/** The tables of an archive that no product wrote are of as many sources as it has files. */
function fileOf({ archiveEntry, filename, importName }: DataImport, product: string | null): string {
  const packed = product === null ? archiveEntry?.split(/[\\/]/).at(-1) : undefined;
  return packed ?? filename ?? importName;
}

function summaryOf(proposal: MappingProposal, columns: readonly ColumnProfile[]): Record<string, unknown> {
  const mapped = proposal.suggestions.filter(({ target }) => target !== null);
  const shares: Partial<Record<AttributeName, number>> = {};
  for (const { target, position } of mapped) {
    const column = columns[position];
    if (target === null || column === undefined || column.rows === 0) continue;
    const share = (column.rows - column.empty - column.placeholders) / column.rows;
    shares[target] = Math.max(shares[target] ?? 0, share);
  }
  const targets = mapped.flatMap(({ target }) => (target === null ? [] : [target]));
  const report = criticalAttributeReport(targets, shares);
  return {
    kind: proposal.kind,
    inventory: proposal.inventory,
    columns: columns.length,
    mapped: mapped.length,
    confident: proposal.suggestions.filter(({ confidence }) => confidence >= 0.9).length,
    readinessPercent: report.readinessPercent,
    shares,
  };
}

async function waitForApproval(phase: PhaseWork, place: Place): Promise<PhaseResult> {
  const { flowId } = place;
  let version = 0;
  await phase.batch(async (trx) => {
    if (!(await areOthersSuggested(trx, place))) return {};
    const gate = await openGate(trx, { flowId, gate: 'mapping_approval', importId: null });
    version = gate.version;
    const status = { status: 'waiting_for_approval', waitingFor: 'mapping_approval' } as const;
    await setFlowStatus(trx, flowId, status, systemActor);
    return {};
  });
  return { status: 'waiting', gate: 'mapping_approval', version };
}
