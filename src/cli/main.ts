import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { DomainError } from '../domain/errors';
import { ConfigError } from '../runtime/config';
import { addEngineCommands } from './commands/engine';
import { addFlowCommands } from './commands/flows';
import { addImportCommand } from './commands/import';
import { addOperationCommands } from './commands/operations';
import { addReconcileCommand } from './commands/reconcile';
import { addResultCommands } from './commands/results';
import { addServerCommands } from './commands/servers';
import { addVerifyCommand } from './commands/verify';
import { CommandError, exitCodes } from './exit-codes';

/** Runs the `surveyor` command; sets the exit code of the process. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...argv], { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

function createProgram(): Command {
  const program = new Command('surveyor')
    .description('Durable discovery flows for cloud migration')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(see surveyor help)');
  addServerCommands(program);
  addEngineCommands(program);
  addReconcileCommand(program);
  addImportCommand(program);
  addFlowCommands(program);
  addResultCommands(program);
  addOperationCommands(program);
  addVerifyCommand(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    const isHelp = error.exitCode === 0;
    return isHelp ? exitCodes.done : exitCodes.usage;
  }
  process.stderr.write(`${textOf(error)}\n`);
  if (error instanceof CommandError) return error.exitCode;
  return error instanceof ConfigError ? error.exitCode : exitCodes.failed;
}

function textOf(error: unknown): string {
  if (error instanceof DomainError) return [domainText(error), ...detailLines(error)].join('\n');
  return error instanceof Error ? error.message : String(error);
}

/** What happened and what to do; a hint about this very file says more than the general advice. */
function domainText({ code, message, suggestion, details }: DomainError): string {
  const { hint } = details;
  return `${code}: ${message}. ${typeof hint === 'string' ? hint : suggestion}.`;
}

function detailLines({ details }: DomainError): string[] {
  return Object.entries(details).flatMap(([name, value]) => {
    if (name === 'hint' || value === null || value === undefined) return [];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [`  ${name.replaceAll('_', ' ')}: ${text.slice(0, 500)}`];
  });
}
