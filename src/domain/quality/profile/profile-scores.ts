import { roundTo } from '../values/text';
import type { CellFormat, ColumnProfile, QualityScores } from '../types';

/** Formats whose cells are either right or wrong; words can't be. */
const strictFormats: ReadonlySet<CellFormat> = new Set([
  'number',
  'date',
  'ip',
  'mac',
  'uuid',
  'email',
  'url',
]);
/** Names and words are one format when a column mixes them. */
const wordFormats: ReadonlySet<CellFormat> = new Set(['host', 'words', 'other']);

/** The format of most cells of a column that say something, and how many cells have another one. */
export interface DominantFormat {
  readonly format: CellFormat;
  readonly rows: number;
  readonly others: number;
}

/** Null when no cell says anything. */
export function dominantFormat(column: ColumnProfile): DominantFormat | null {
  const saying = column.rows - column.empty - column.placeholders;
  if (saying <= 0) {
    return null;
  }
  let best: DominantFormat = { format: 'words', rows: 0, others: saying };
  for (const [format, rows] of mergedFormats(column)) {
    if (rows > best.rows) {
      best = { format, rows, others: saying - rows };
    }
  }
  const versions = column.kinds.version ?? 0;
  return versions > best.rows ? { format: 'words', rows: versions, others: saying - versions } : best;
}

function mergedFormats(column: ColumnProfile): ReadonlyMap<CellFormat, number> {
  const merged = new Map<CellFormat, number>();
  // Object.entries widens the keys; only members of CellFormat are ever set.
  for (const [format, rows] of Object.entries(column.formats ?? {}) as [CellFormat, number][]) {
    const key = wordFormats.has(format) ? 'words' : format;
    merged.set(key, (merged.get(key) ?? 0) + rows);
  }
  return merged;
}

/** Cells that break the strict format which at least half of their column keeps. */
export function formatViolations(column: ColumnProfile): number {
  const dominant = dominantFormat(column);
  return dominant !== null && strictFormats.has(dominant.format) && dominant.rows >= dominant.others
    ? dominant.others
    : 0;
}

/** Percent with one decimal; 100 when there is nothing to count. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 100 : roundTo((part / whole) * 100, 1);
}

/**
 * Completeness: cells that say something. Consistency: of these, the cells in the format of most of their column.
 * Constraint compliance: columns without a violation of their format. Overall: the mean of the three.
 */
export function qualityScores(columns: readonly ColumnProfile[]): QualityScores {
  let [cells, saying, consistent, clean] = [0, 0, 0, 0];
  for (const column of columns) {
    cells += column.rows;
    saying += column.rows - column.empty - column.placeholders;
    consistent += dominantFormat(column)?.rows ?? 0;
    clean += formatViolations(column) === 0 ? 1 : 0;
  }
  const completeness = percentOf(saying, cells);
  const consistency = percentOf(consistent, saying);
  const constraintCompliance = percentOf(clean, columns.length);
  const overall = roundTo((completeness + consistency + constraintCompliance) / 3, 1);
  return { completeness, consistency, constraintCompliance, overall };
}
