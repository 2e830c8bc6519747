import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PhaseRequest, PhaseResult } from '../../domain/flow/messages';
import { profileFindings } from '../../domain/quality/profile/findings';
import { createTableProfiler, type TableProfiler } from '../../domain/quality/profile/profile';
import type { QualityFinding, TableProfile } from '../../domain/quality/types';
import { DomainError } from '../../domain/errors';
import { takeSteps } from '../../domain/steps';
import { systemActor } from '../../db/accounts/audit';
import { replaceColumnProfiles } from '../../db/imports/column-profiles';
import { setFlowStatus } from '../../db/flows/flow-status';
import { setPhaseState } from '../../db/flows/flows';
import { consumeGate, type GateRef, openGate } from '../../db/flows/gates';
import { type DataImport, findImport } from '../../db/imports/imports';
import { findPublishedRun, type PhaseRun } from '../../db/flows/phase-runs';
import { listFindings, replaceFindings } from '../../db/imports/quality-findings';
import { type RawRecord, readRawRecords } from '../../db/imports/raw-records';
import type { TenantTrx } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import { importOrder } from '../phase-run/phase-order';
import type { PhaseWork } from '../phase-run/phase-pieces';
import { workPhase } from '../phase-run/phase-work';

/** Profiles every column over all rows; a finding that would lose data waits for a person's decision. */
export function validateImport(deps: ActivityDependencies, request: PhaseRequest): Promise<PhaseResult> {
  const { order, importId } = importOrder(request);
  return workPhase(deps, order, async (phase) => {
    const isProfiled = phase.run.positionDetail['profiled'] === true;
    const place = { importId, flowId: request.flowId };
    const isClear = !isProfiled && (await profileRows(deps, phase, place));
    const waiting = isClear ? undefined : await waitForDecisions(phase, place);
    if (waiting !== undefined) return waiting;
    return phase.publish(async (trx, { position }) => {
      if (isClear) await consumeGate(trx, gateOf(place));
      return { advance: { rowsIn: position, passed: position } };
    });
  });
}

interface Place {
  readonly importId: string;
  readonly flowId: string;
}

function gateOf({ importId, flowId }: Place): GateRef {
  return { flowId, gate: 'profile_decisions', importId };
}

/** Answers whether there is nothing to decide. */
async function profileRows(deps: ActivityDependencies, phase: PhaseWork, place: Place): Promise<boolean> {
  const { entry, landed } = await phase.read((trx) => findLanded(trx, place));
  const profiler = createTableProfiler(entry.columns);
  const limit = deps.intakeLimits.batchRows;
  let afterRow = 0;
  let rows = 0;
  for (let isEnd = false; !isEnd;) {
    const read = await phase.read((trx) =>
      profileBatch(profiler, readRawRecords(trx, { phaseRunId: landed.id, afterRow, limit })),
    );
    rows += read.rows;
    afterRow = read.lastRow;
    isEnd = read.rows < limit;
    const advance = { position: rows, rowsTotal: landed.passed };
    await phase.gather(read.rows, () => Promise.resolve(advance));
  }
  const profile = await takeSteps(profiler.finishInSteps(), nextTurn);
  const findings = profileFindings(profile);
  await phase.gather(0, (trx) => store(trx, phase, place, { profile, findings }));
  return !findings.some(({ blocking }) => blocking);
}

/** Rows are counted as they arrive; none is kept. */
async function profileBatch(
  profiler: TableProfiler,
  source: AsyncIterable<readonly RawRecord[]>,
): Promise<{ readonly rows: number; readonly lastRow: number }> {
  let rows = 0;
  let lastRow = 0;
  for await (const records of source) {
    for (const { cells } of records) profiler.add(cells);
    rows += records.length;
    lastRow = records.at(-1)?.rowNumber ?? lastRow;
  }
  return { rows, lastRow };
}

async function findLanded(
  trx: TenantTrx,
  { importId, flowId }: Place,
): Promise<{ entry: DataImport; landed: PhaseRun }> {
  const entry = await findImport(trx, importId);
  const landed = await findPublishedRun(trx, { flowId, phase: 'data_import', importId });
  if (entry === undefined || landed === undefined)
    throw new DomainError('FLOW_006', { phase: 'data_import' });
  return { entry, landed };
}

async function store(
  trx: TenantTrx,
  phase: PhaseWork,
  { importId, flowId }: Place,
  { profile, findings }: { readonly profile: TableProfile; readonly findings: readonly QualityFinding[] },
) {
  const place = { phaseRunId: phase.run.id, importId };
  await replaceColumnProfiles(trx, place, profile.columns);
  await replaceFindings(trx, place, findings);
  const summary = {
    rows: profile.rows,
    columns: profile.columns.length,
    scores: profile.scores,
    repeatedRows: profile.repeatedRows ?? 0,
    findings: findings.length,
    blocking: findings.filter(({ blocking }) => blocking).length,
  };
  await setPhaseState(trx, flowId, 'data_validation', summary);
  return {
    position: profile.rows,
    positionDetail: { profiled: true },
    summary,
    rowsOut: profile.columns.length,
  };
}

/** Opens the gate while a blocking finding is undecided. */
async function waitForDecisions(phase: PhaseWork, place: Place): Promise<PhaseResult | undefined> {
  const { importId, flowId } = place;
  let waiting: PhaseResult | undefined;
  await phase.batch(async (trx) => {
    const findings = await listFindings(trx, importId);
    const ref = gateOf(place);
    if (!findings.some(({ blocking, decidedAt }) => blocking && decidedAt === null)) {
      await consumeGate(trx, ref);
      return {};
    }
    const { version } = await openGate(trx, ref);
    await setFlowStatus(trx, flowId, { status: 'waiting_for_approval', waitingFor: ref.gate }, systemActor);
    waiting = { status: 'waiting', gate: ref.gate, version };
    return {};
  });
  return waiting;
}
