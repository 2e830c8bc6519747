import type { Command } from 'commander';
import { listPendingMigrations, migrateDatabase } from '../../db/connection/migrate';
import { describeConfig, readConfig, renderEnvExample } from '../../runtime/config';
import { checkMachine } from '../../runtime/doctor';
import { createLogger, installTemporalLogging } from '../../runtime/logging';
import { workflowBundleFile } from '../../runtime/project-root';
import { connectClient } from '../../runtime/temporal-client';
import { createContext } from '../context';
import { CommandError, exitCodes } from '../exit-codes';
import { table } from '../output';
import {
  installedWorkflows,
  type ReplayCode,
  replayHistories,
  replayWorkflow,
  type ReplayVerdict,
} from '../replay';

interface JsonOption {
  readonly json?: boolean;
}

/** `replay`, `migrate`, `doctor`, `config check`, `config example`. */
export function addOperationCommands(program: Command): void {
  program
    .command('replay')
    .argument('[file...]', 'histories exported with the temporal CLI or tctl')
    .option('--workflow <id>', 'replay the history of a workflow on the server')
    .option('--json', 'print one JSON document')
    .description('Replay histories against the installed workflow code')
    .action(replay);
  program
    .command('migrate')
    .option('--check', 'only say whether migrations are pending')
    .option('--json', 'print one JSON document')
    .description('Bring the database schema up to date')
    .action(migrate);
  program
    .command('doctor')
    .option('--json', 'print one JSON document')
    .description('Say what is missing on this machine')
    .action(doctor);
  const config = program.command('config').description('Check and show the configuration');
  config
    .command('check')
    .option('--json', 'print one JSON document')
    .description('Check the environment and show every setting, secrets hidden')
    .action(checkConfig);
  config
    .command('example')
    .description('Print a commented .env file')
    .action(() => {
      process.stdout.write(renderEnvExample());
    });
}

async function replay(files: string[], options: JsonOption & { workflow?: string }): Promise<void> {
  const { config, output } = createContext(options);
  if (files.length === 0 && options.workflow === undefined) {
    throw new CommandError('Name a history file, or --workflow ID', exitCodes.usage);
  }
  installTemporalLogging(createLogger('cli', { ...config, logLevel: 'error' }));
  const verdicts = await replayHistories(files, builtWorkflows());
  if (options.workflow !== undefined) verdicts.push(await replayFromServer(config, options.workflow));
  output.result(verdicts, () => verdicts.map(({ source, message }) => `${source}: ${message}`));
  if (verdicts.some(({ replayed }) => !replayed)) process.exitCode = exitCodes.failed;
}

/** The bundle of the build, so that a replay need not make its own. */
function builtWorkflows(): ReplayCode {
  const bundle = workflowBundleFile();
  return bundle === undefined ? installedWorkflows : { workflowBundle: { codePath: bundle } };
}

async function replayFromServer(
  config: ReturnType<typeof readConfig>,
  workflowId: string,
): Promise<ReplayVerdict> {
  if (config.temporalAddress === undefined) {
    throw new CommandError('TEMPORAL_ADDRESS is not set', exitCodes.configuration);
  }
  const client = await connectClient({ ...config, temporalAddress: config.temporalAddress });
  try {
    return await replayWorkflow(client.workflow, workflowId, { code: builtWorkflows() });
  } finally {
    await client.connection.close();
  }
}

async function migrate(options: JsonOption & { check?: boolean }): Promise<void> {
  const { output } = createContext(options);
  const { ownerDatabaseUrl } = readConfig(process.env, 'migrate');
  if (options.check === true) {
    const pending = await listPendingMigrations(ownerDatabaseUrl);
    output.result({ pending }, () => [pending.length === 0 ? 'The schema is current' : pending.join('\n')]);
    if (pending.length > 0) process.exitCode = exitCodes.failed;
    return;
  }
  const applied = await migrateDatabase(ownerDatabaseUrl);
  output.result({ applied }, () => [`${applied.length} migrations applied`, ...applied]);
}

async function doctor(options: JsonOption): Promise<void> {
  const { config, output } = createContext(options);
  const checks = await checkMachine(config);
  output.result({ checks }, () =>
    table(
      ['check', 'status', 'found', 'what to do'],
      checks.map(({ name, status, detail, help }) => [name, status, detail, help]),
      100,
    ),
  );
  if (checks.some(({ status }) => status === 'missing')) process.exitCode = exitCodes.failed;
}

function checkConfig(options: JsonOption): void {
  const { config, output } = createContext(options);
  const settings = describeConfig(config);
  output.result({ valid: true, settings }, () =>
    table(
      ['setting', 'value', 'meaning'],
      settings.map(({ key, value, help }) => [key, value, help]),
      80,
    ),
  );
}
