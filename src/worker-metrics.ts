import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import type { ActivityInterceptorFactory } from './activities/interceptors/interceptor';
import { phaseActivityNames } from './domain/flow/activity-names';
import type { ReconcileFinding } from './domain/flow/messages';
import { type Phase, phases } from './domain/flow/phases';

/** From a signal's hop to a phase of a million rows, in seconds. */
const durationBuckets = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200];

export interface WorkerMetrics {
  readonly registry: Registry;
  /** Watches every activity; goes around all other interceptors. */
  readonly interceptor: ActivityInterceptorFactory;
}

/** Metrics of a worker. Labels are activities, phases and outcomes; never ids or names of tenants. */
export function createWorkerMetrics(): WorkerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const instruments = createInstruments(registry);
  return { registry, interceptor: (context) => ({ inbound: watch(context, instruments) }) };
}

type Instruments = ReturnType<typeof createInstruments>;

function createInstruments(registry: Registry) {
  const registers = [registry];
  return {
    activities: new Histogram({
      name: 'surveyor_activity_duration_seconds',
      help: 'Time of one attempt of an activity',
      labelNames: ['activity', 'outcome'] as const,
      buckets: durationBuckets,
      registers,
    }),
    phases: new Histogram({
      name: 'discovery_phase_duration_seconds',
      help: 'Time of one attempt of a phase',
      labelNames: ['phase', 'outcome'] as const,
      buckets: durationBuckets,
      registers,
    }),
    rows: new Counter({
      name: 'discovery_rows_total',
      help: 'Records that completed phases were given, and rows that they derived',
      labelNames: ['phase', 'outcome'] as const,
      registers,
    }),
    findings: new Counter({
      name: 'surveyor_reconciler_findings_total',
      help: 'Flows whose rows and workflow did not agree',
      labelNames: ['outcome'] as const,
      registers,
    }),
  };
}

type Interceptor = ReturnType<ActivityInterceptorFactory>['inbound'];
type Context = Parameters<ActivityInterceptorFactory>[0];

function watch(context: Context, instruments: Instruments): Interceptor {
  const { activityType } = context.info;
  const phase = phases.find((name) => phaseActivityNames[name] === activityType);
  return {
    async execute(input, next) {
      const startedAt = performance.now();
      const finish = (outcome: string): void => {
        const seconds = (performance.now() - startedAt) / 1_000;
        instruments.activities.observe({ activity: activityType, outcome }, seconds);
        if (phase !== undefined) instruments.phases.observe({ phase, outcome }, seconds);
      };
      try {
        const result = await next(input);
        finish(phase === undefined ? 'completed' : countRows(instruments, phase, result));
        if (activityType === 'reconcileFlows') noteFindings(context, instruments, result);
        return result;
      } catch (error) {
        finish(context.cancellationSignal.aborted ? 'cancelled' : 'failed');
        throw error;
      }
    },
  };
}

const PhaseAnswer = z.object({
  status: z.string(),
  rowsIn: z.number().default(0),
  rowsOut: z.number().default(0),
});

function countRows({ rows }: Instruments, phase: Phase, result: unknown): string {
  const { status, rowsIn, rowsOut } = PhaseAnswer.parse(result);
  if (status === 'completed') {
    rows.inc({ phase, outcome: 'read' }, rowsIn);
    rows.inc({ phase, outcome: 'written' }, rowsOut);
  }
  return status;
}

const Report = z.object({
  healed: z.number(),
  unhealed: z.number(),
  findings: z.array(z.custom<ReconcileFinding>()).default([]),
});

function noteFindings(context: Context, { findings }: Instruments, result: unknown): void {
  const report = Report.parse(result);
  findings.inc({ outcome: 'healed' }, report.healed);
  findings.inc({ outcome: 'unhealed' }, report.unhealed);
  for (const { kind, flowId, healed, problem } of report.findings) {
    const level = healed ? 'info' : 'warn';
    context.log[level](`Reconciler: ${kind}`, {
      flowId,
      state: healed ? 'healed' : 'unhealed',
      error: problem,
    });
  }
}
