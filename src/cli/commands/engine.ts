import type { Command } from 'commander';
import { createContext } from '../context';
import { inspectFile } from '../inspect-file';
import { inspectionDocument } from '../inspection-document';
import { inspectionLines } from '../inspection-lines';
import { intakeLimits } from '../intake-limits';
import { hintOf, type ReadingOptions, withReadingOptions } from '../reading-options';

interface Options extends ReadingOptions {
  readonly json?: boolean;
}

/** `inspect FILE`: what a flow would make of a file, without a server and without storing anything. */
export function addEngineCommands(program: Command): void {
  withReadingOptions(
    program
      .command('inspect')
      .argument('<file>', 'an export: CSV, TSV, JSON, NDJSON or XLSX, also in .zip or .gz')
      .option('--json', 'print one JSON document')
      .description('Show what a file holds and how its columns would be mapped; stores nothing'),
  ).action(inspect);
}

async function inspect(file: string, options: Options): Promise<void> {
  const { config, output } = createContext(options);
  const { sheet } = options;
  const inspection = await inspectFile(file, {
    limits: intakeLimits(config),
    hint: hintOf(options),
    tellsOutlook: true,
    ...(sheet === undefined ? {} : { sheets: sheet }),
  });
  output.result(inspectionDocument(inspection), () => inspectionLines(inspection));
}
