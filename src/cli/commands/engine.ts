import type { Command } from 'commander';
import { createContext } from '../context';
import { type Inspection, inspectFile, inspectionDocument } from '../inspect-file';
import { table } from '../output';

/** `inspect FILE`: what a flow would make of a file, without a server and without storing anything. */
export function addEngineCommands(program: Command): void {
  program
    .command('inspect')
    .argument('<file>', 'an export: CSV, TSV, JSON or NDJSON')
    .option('--json', 'print one JSON document')
    .description('Show what a file holds and how its columns would be mapped; stores nothing')
    .action(inspect);
}

async function inspect(file: string, options: { json?: boolean }): Promise<void> {
  const { config, output } = createContext(options);
  const inspection = await inspectFile(file, {
    maxRows: config.maxRows,
    maxColumns: config.maxColumns,
    maxCellBytes: config.maxCellBytes,
    batchRows: 25_000,
    maxJsonDepth: 32,
  });
  output.result(inspectionDocument(inspection), () => inspectionLines(inspection));
}

function inspectionLines({ file, detection, tables }: Inspection): string[] {
  return tables.flatMap(({ table: opened, rowsRead, rowsAccepted, rejected, profile, proposal }) => [
    `${file}: ${detection.container}, ${detection.encoding}${detection.delimiter === null ? '' : `, delimiter ${JSON.stringify(detection.delimiter)}`}`,
    proposal.format === null
      ? 'No known product'
      : `Product: ${proposal.format.vendor} (${proposal.format.id})`,
    proposal.inventory ? 'An inventory' : `Not an inventory (${proposal.kind}): ${proposal.reason ?? ''}`,
    ...[...detection.warnings, ...opened.warnings].map((warning) => `Warning: ${warning}`),
    `Rows: ${rowsRead} read = ${rowsAccepted} accepted + ${rowsRead - rowsAccepted} rejected; quality ${profile.scores.overall} %`,
    ...rejected.slice(0, 20).map(({ line, code, message }) => `  line ${line}: ${code}: ${message}`),
    '',
    ...table(
      ['column', 'target', 'confidence', 'why', 'samples'],
      proposal.suggestions.map(({ sourceColumn, target, confidence, reasons, samples }) => [
        sourceColumn,
        target ?? '(unmapped)',
        confidence.toFixed(2),
        reasons[0]?.text,
        samples.join(' | '),
      ]),
      44,
    ),
  ]);
}
