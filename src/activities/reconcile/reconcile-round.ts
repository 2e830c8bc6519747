import { defaultFlowLimits } from '../../domain/flow/limits';
import type { FlowRef, ReconcileFinding, ReconcileReport } from '../../domain/flow/messages';
import { listOpenFlows, type OpenFlow } from '../../db/flows/open-flows';
import { inSystemScope } from '../../db/connection/scopes';
import type { ActivityDependencies } from '../dependencies';
import type { RestartBackoff } from './reconcile-backoff';

/** How old things must be before the reconciler looks at them, in ms. */
export interface ReconcileTiming {
  /** An open flow whose row was written less long ago is not suspected. */
  readonly quietMs: number;
  /** A command or decision that nobody took for so long is signalled again. */
  readonly unheardMs: number;
  /** A workflow that has no rows for so long is reported. */
  readonly rowlessMs: number;
  /** An upload that no import used for so long is removed. */
  readonly orphanMs: number;
  /** Rows of a superseded run are kept so long for readers that follow an older pointer. */
  readonly supersededMs: number;
  /** Ended background tasks are remembered so long. */
  readonly tasksMs: number;
  /** Time that the sweeps of one round may take. */
  readonly sweepMs: number;
  /** A flow whose workflow a person terminated waits so long for a retry before it is cancelled as expired. */
  readonly expiryMs?: number;
  /** Restarts that follow each other wait at least so long, and longer each time. */
  readonly restartDelayMs?: number;
}

const second = 1_000;
const hour = 60 * 60 * second;

export const defaultReconcileTiming = {
  quietMs: 10 * second,
  unheardMs: 30 * second,
  rowlessMs: 300 * second,
  orphanMs: 24 * hour,
  supersededMs: 300 * second,
  tasksMs: 30 * 24 * hour,
  sweepMs: 20 * second,
  expiryMs: defaultFlowLimits.expiryMs,
  restartDelayMs: 120 * second,
} as const satisfies ReconcileTiming;

/** Findings that a report lists; the others are only counted, so that the payload stays small. */
const listedFindings = 50;
const pageSize = 1_000;
const problemLength = 200;

/** One round of the reconciler: the open flows as they were at its beginning, and what was found. */
export class ReconcileRound {
  readonly startedAt = Date.now();
  /** Flows that need no signal: their run was started anew just now, or waits for a person to retry it. */
  readonly settled = new Set<string>();
  private readonly findings: ReconcileFinding[] = [];

  private constructor(
    readonly deps: ActivityDependencies,
    readonly timing: ReconcileTiming,
    readonly open: ReadonlyMap<string, OpenFlow>,
    readonly backoff: RestartBackoff,
  ) {}

  static async begin(
    deps: ActivityDependencies,
    timing: ReconcileTiming,
    backoff: RestartBackoff,
  ): Promise<ReconcileRound> {
    return new ReconcileRound(deps, timing, await readOpenFlows(deps), backoff);
  }

  /** The moment that lies so many milliseconds before the round. */
  before(ms: number): Date {
    return new Date(this.startedAt - ms);
  }

  /** Does what heals a flow and notes how it went; one flow that resists must not keep the others from it. */
  async heal(flow: FlowRef, kind: ReconcileFinding['kind'], work: () => Promise<void>): Promise<void> {
    const { flowId } = flow;
    try {
      await work();
      this.findings.push({ flowId, kind, healed: true });
    } catch (error) {
      const problem = (error instanceof Error ? error.message : String(error)).slice(0, problemLength);
      this.findings.push({ flowId, kind, healed: false, problem });
    }
  }

  /** Notes what nobody but a person can heal. */
  report(flow: FlowRef, kind: ReconcileFinding['kind']): void {
    this.findings.push({ flowId: flow.flowId, kind, healed: false });
  }

  result(): ReconcileReport {
    const healed = this.findings.filter((finding) => finding.healed).length;
    const unhealed = this.findings.length - healed;
    if (this.findings.length === 0) return { healed, unhealed };
    const unhealedFirst = this.findings.toSorted((a, b) => Number(a.healed) - Number(b.healed));
    return { healed, unhealed, findings: unhealedFirst.slice(0, listedFindings) };
  }
}

async function readOpenFlows({ system }: ActivityDependencies): Promise<Map<string, OpenFlow>> {
  const open = new Map<string, OpenFlow>();
  let page: readonly OpenFlow[] = [];
  do {
    const after = page.at(-1)?.flowId ?? null;
    page = await inSystemScope(system, (trx) => listOpenFlows(trx, { after, limit: pageSize }));
    for (const flow of page) open.set(flow.flowId, flow);
  } while (page.length === pageSize);
  return open;
}
