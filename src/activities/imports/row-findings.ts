import { z } from 'zod';
import type { AttributeName } from '../../domain/attributes/types';
import { findingSeverities } from '../../domain/lists';
import type { CleansedRow } from '../../domain/quality/cleansing/cleanse';
import type { QualityFinding } from '../../domain/quality/types';

const Counted = z.object({
  code: z.string(),
  column: z.string(),
  attribute: z.string(),
  severity: z.enum(findingSeverities),
  message: z.string(),
  rows: z.int(),
});
const Summary = z.object({ changes: z.int(), problems: z.array(Counted) });
type Problem = z.output<typeof Counted>;

/** Most kinds of problems that a summary names; the counts of further ones are left out of it. */
const mostProblems = 500;

export interface FindingCounter {
  readonly add: (row: CleansedRow) => void;
  /** Adds what another counter counted. */
  readonly merge: (other: FindingCounter) => void;
  /** Bounded; kept with the run, so that the next attempt goes on counting. */
  readonly summary: () => z.output<typeof Summary>;
  readonly findings: () => QualityFinding[];
}

/** Counts what cleansing found wrong, by code and column, over all batches of a run. */
export function createFindingCounter(earlier: Readonly<Record<string, unknown>>): FindingCounter {
  const parsed = Summary.safeParse(earlier);
  let changes = 0;
  const problems = new Map<string, Problem>();
  const count = (problem: Omit<Problem, 'rows'>, rows: number): void => {
    const key = keyOf(problem);
    const known = problems.get(key);
    if (known === undefined && problems.size >= mostProblems) return;
    const { code, column, attribute, severity, message } = known ?? problem;
    problems.set(key, { code, column, attribute, severity, message, rows: (known?.rows ?? 0) + rows });
  };
  const addSummary = (summary: z.output<typeof Summary>): void => {
    changes += summary.changes;
    for (const problem of summary.problems) count(problem, problem.rows);
  };
  if (parsed.success) addSummary(parsed.data);
  const summary: FindingCounter['summary'] = () => ({ changes, problems: [...problems.values()] });
  return {
    add: (row) => {
      changes += row.applied.length;
      for (const finding of row.findings) count({ ...finding, column: finding.sourceColumn }, 1);
    },
    merge: (other) => addSummary(other.summary()),
    summary,
    findings: () => [...problems.values()].map(asFinding),
  };
}

function keyOf({ code, column, attribute }: Pick<Problem, 'code' | 'column' | 'attribute'>): string {
  return `${code}\n${column}\n${attribute}`;
}

function asFinding({ code, column, attribute, severity, message, rows }: Problem): QualityFinding {
  return {
    code,
    severity,
    blocking: false,
    column,
    // The cleanser names targets of approved mappings only.
    attribute: attribute as AttributeName,
    affectedRows: rows,
    message,
    examples: [],
  };
}
