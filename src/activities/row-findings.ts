import { z } from 'zod';
import type { AttributeName } from '../domain/attributes/types';
import { findingSeverities } from '../domain/lists';
import type { CleansedRow } from '../domain/quality/cleanse';
import type { QualityFinding } from '../domain/quality/types';

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
  readonly add: (rows: readonly CleansedRow[]) => void;
  /** Bounded; kept with the run, so that the next attempt goes on counting. */
  readonly summary: () => Record<string, unknown>;
  readonly findings: () => QualityFinding[];
}

/** Counts what cleansing found wrong, by code and column, over all batches of a run. */
export function createFindingCounter(earlier: Readonly<Record<string, unknown>>): FindingCounter {
  const parsed = Summary.safeParse(earlier);
  let changes = parsed.success ? parsed.data.changes : 0;
  const problems = new Map<string, Problem>();
  for (const problem of parsed.success ? parsed.data.problems : [])
    problems.set(keyOf(problem), { ...problem });

  const addFinding = (finding: CleansedRow['findings'][number]): void => {
    const { code, sourceColumn: column, attribute, severity, message } = finding;
    const problem = { code, column, attribute, severity, message, rows: 0 };
    const known = problems.get(keyOf(problem));
    if (known === undefined && problems.size >= mostProblems) return;
    problems.set(keyOf(problem), { ...(known ?? problem), rows: (known?.rows ?? 0) + 1 });
  };
  return {
    add: (rows) => {
      for (const row of rows) {
        changes += row.changes.length;
        for (const finding of row.findings) addFinding(finding);
      }
    },
    summary: () => ({ changes, problems: [...problems.values()] }),
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
