import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { createContext } from '../context';
import { CommandError, exitCodes } from '../exit-codes';
import { intakeLimits } from '../intake-limits';
import { type InventoryFile, readInventory } from '../read-inventory';
import { type Comparison, compareInventories, comparisonDocument, type MatrixRow } from '../reconcile-files';
import { table } from '../output';

interface Options {
  readonly json?: boolean;
  readonly minConfidence: number;
  readonly limit: number;
}

/** `reconcile FILE…`: which assets each of several exports knows, and where they disagree, without a server. */
export function addReconcileCommand(program: Command): void {
  program
    .command('reconcile')
    .argument('<files...>', 'exports of one estate: CSV, TSV, JSON, NDJSON or XLSX, also in .zip or .gz')
    .option('--json', 'print one JSON document with every asset')
    .option('--min-confidence <0-1>', 'use suggested mappings from this confidence on', share, 0.9)
    .option('--limit <number>', 'most assets to list for people', count, 50)
    .description('Compare several exports of one estate, asset by asset; stores nothing')
    .action(reconcileFiles);
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('Give 0 to 1.');
  return value;
}

function count(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError('Give a whole number.');
  return value;
}

async function reconcileFiles(names: readonly string[], options: Options): Promise<void> {
  const { config, output } = createContext(options);
  if (new Set(names.map((name) => path.resolve(name))).size < names.length)
    throw new CommandError('A file is named twice', exitCodes.usage);
  const limits = intakeLimits(config);
  const files: InventoryFile[] = [];
  for (const name of names) {
    output.progress(`Reading ${name}`);
    files.push(await readInventory(name, { limits, minConfidence: options.minConfidence }));
  }
  const comparison = compareInventories(files);
  output.result(comparisonDocument(comparison), () => comparisonLines(comparison, options.limit));
}

const marks = { known: 'yes', unknown: '-', disagrees: 'differs' } as const;

function comparisonLines(comparison: Comparison, limit: number): string[] {
  const { files, rows, conflicts } = comparison;
  const inventories = files.filter(({ reason }) => reason === null).map(({ file }) => file);
  const telling = rows.toSorted((one, two) => weight(two) - weight(one)).slice(0, limit);
  return [
    ...fileLines(comparison),
    '',
    `${rows.length} assets`,
    ...gapLines(comparison),
    ...conflicts.map(({ message }) => `Kept apart: ${message}`),
    '',
    ...table(
      ['asset', 'type', ...inventories.map((file) => path.basename(file)), 'disagreements'],
      telling.map((row) => matrixCells(row, inventories)),
      40,
    ),
    ...(telling.length < rows.length
      ? [`… and ${rows.length - telling.length} more; --json lists every asset`]
      : []),
  ];
}

/** What needs a person comes first: disagreements, then assets that files lack. */
function weight({ disagreements, sources }: MatrixRow): number {
  const missing = Object.values(sources).filter((knowledge) => knowledge === 'unknown').length;
  return disagreements.length * 100 + missing;
}

function matrixCells({ asset, sources, disagreements }: MatrixRow, files: readonly string[]): string[] {
  return [
    asset.name,
    asset.subtype === null ? asset.assetType : `${asset.assetType} (${asset.subtype})`,
    ...files.map((file) => marks[sources[file] ?? 'unknown']),
    disagreements.map(({ attribute }) => attribute ?? 'identity').join(', '),
  ];
}

function fileLines({ files, counted }: Comparison): string[] {
  return table(
    ['file', 'product', 'rows', 'rejected', 'skipped', 'assets', 'only here', 'note'],
    files.map((file) => {
      const coverage = counted.sources.find(({ sourceId }) => sourceId === file.file);
      const unsure = file.columnsUnsure.length;
      const note = file.reason ?? (unsure === 0 ? '' : `${unsure} columns left out: not sure enough`);
      return [
        path.basename(file.file),
        file.vendor,
        file.rowsRead,
        file.rowsRejected,
        file.rowsSkipped,
        coverage?.assets ?? 0,
        coverage?.only ?? 0,
        note,
      ];
    }),
  );
}

function gapLines({ counted }: Comparison): string[] {
  const { without_application, without_owner, without_server, without_environment } = counted.counts;
  return [
    `${counted.counts.single_source} known to one file only, ${counted.counts.in_disagreement} in disagreement`,
    `Without application ${without_application}, owner ${without_owner}, environment ${without_environment}; applications without server ${without_server}`,
    ...missingLines(counted),
  ];
}

/** How many assets each file knows that each other file lacks. */
function missingLines({ sources, gaps }: Comparison['counted']): string[] {
  if (sources.length < 2) return [];
  const lacking = (present: string, missing: string): number | string =>
    gaps.find((gap) => gap.present === present && gap.missing === missing)?.assets ?? '';
  const ids = sources.map(({ sourceId }) => sourceId);
  return [
    '',
    ...table(
      ['known to, missing in', ...ids.map((id) => path.basename(id))],
      ids.map((present) => [path.basename(present), ...ids.map((missing) => lacking(present, missing))]),
      32,
    ),
  ];
}
