import { classifyAsset } from '../domain/inventory/classification/classify';
import { flagColumns, recordKind, rowContext } from '../domain/inventory/classification/record-kind';
import { formatIdOf } from '../domain/mapping/formats/detail-rules';
import type { ApprovedMapping, MappingProposal } from '../domain/mapping/types';
import { compileCleansing } from '../domain/quality/cleansing/cleanse';
import type { RowFinding } from '../domain/quality/types';
import { recordsOfBatch } from '../intake/csv/copy-format';
import type { OpenTable } from '../intake/types';

/** Something wrong with the values of a column. */
export interface ColumnProblem {
  readonly code: string;
  readonly column: string;
  readonly message: string;
  readonly rows: number;
}

/** What would become of the accepted rows of a table if its suggested mapping were approved as it stands. */
export interface RowOutlook {
  /** Rows that speak of assets, by class. */
  readonly classes: Readonly<Record<string, number>>;
  readonly relations: number;
  /** Rows that are left out, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Most rows first. */
  readonly problems: readonly ColumnProblem[];
}

/** Kinds of problems that are listed; files of garbage have thousands. */
const mostProblems = 200;

type Counts = Map<string, number>;

const addTo = (counts: Counts, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

const sorted = (counts: Counts): Record<string, number> =>
  Object.fromEntries([...counts].sort((one, two) => two[1] - one[1]));

/** Cleanses and classifies every row as a flow would, without keeping any. */
export async function readOutlook(table: OpenTable, proposal: MappingProposal): Promise<RowOutlook> {
  const { columns } = table.header;
  const mappings = suggested(proposal);
  const cleanser = compileCleansing(columns, mappings);
  const flags = flagColumns(columns, new Set(mappings.map(({ position }) => position)));
  const context = { tableKind: proposal.kind, formatId: formatIdOf(proposal) };
  const counts = { classes: new Map(), relations: 0, skipped: new Map() };
  const problems = new Map<string, { finding: RowFinding; rows: number }>();
  for await (const batch of table.batches()) {
    for (const { rowNumber, cells } of recordsOfBatch(batch)) {
      const { values, findings } = cleanser.cleanseNext(rowNumber, cells);
      const ofRow = rowContext(context, flags, cells);
      const { kind, reason } = recordKind(values, ofRow);
      if (kind === 'inventory') addTo(counts.classes, classifyAsset(values, ofRow).assetType);
      else if (kind === 'relation') counts.relations += 1;
      else addTo(counts.skipped, reason ?? '');
      for (const finding of findings) countProblem(problems, finding);
    }
  }
  return {
    classes: sorted(counts.classes),
    relations: counts.relations,
    skipped: sorted(counts.skipped),
    problems: [...problems.values()]
      .sort((one, two) => two.rows - one.rows)
      .map(({ finding: { code, sourceColumn: column, message }, rows }) => ({ code, column, message, rows })),
  };
}

function suggested({ suggestions }: MappingProposal): ApprovedMapping[] {
  return suggestions.flatMap(({ sourceColumn, position, target, rule }) =>
    target === null ? [] : [{ sourceColumn, position, target, rule }],
  );
}

function countProblem(
  problems: Map<string, { finding: RowFinding; rows: number }>,
  finding: RowFinding,
): void {
  const key = `${finding.code}\n${finding.sourceColumn}`;
  const known = problems.get(key);
  if (known !== undefined) known.rows += 1;
  else if (problems.size < mostProblems) problems.set(key, { finding, rows: 1 });
}
