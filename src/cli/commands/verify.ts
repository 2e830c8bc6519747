import type { Command } from 'commander';
import { createPools } from '../../db/connection/pools';
import { type VerifyResult, verifyDatabase } from '../../db/checks/verify';
import type { Config } from '../../runtime/config';
import { createContext } from '../context';
import { CommandError, exitCodes } from '../exit-codes';
import { table } from '../output';
import { readRunningStack } from '../running-stack';

/** `verify`. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .option('--json', 'print one JSON document')
    .description('Check the rules that hold between rows; exit code 1 when one is broken')
    .action(verify);
}

async function verify(options: { readonly json?: boolean }): Promise<void> {
  const { config, output } = createContext(options);
  const pools = createPools({ urls: databaseOf(config), size: { app: 1, system: 1 } });
  try {
    const result = await verifyDatabase(pools);
    const isSound = result.rules.every(({ count }) => count === 0);
    output.result({ ok: isSound, ...result }, () => linesOf(result));
    if (!isSound) process.exitCode = exitCodes.failed;
  } finally {
    await pools.close();
  }
}

/** The configured database, else the embedded one of the state folder when it runs. */
function databaseOf(config: Config): { appUrl: string; authUrl: string; systemUrl: string } {
  const running = readRunningStack(config.home);
  const appUrl = config.appDatabaseUrl ?? running?.appUrl;
  const systemUrl = config.systemDatabaseUrl ?? running?.systemUrl;
  if (appUrl === undefined || systemUrl === undefined) {
    throw new CommandError(
      'Set SURVEYOR_APP_DATABASE_URL and SURVEYOR_SYSTEM_DATABASE_URL, or run it beside `surveyor start`',
      exitCodes.configuration,
    );
  }
  return { appUrl, systemUrl, authUrl: appUrl };
}

function linesOf({ tenants, rules }: VerifyResult): string[] {
  const rows = rules.map(({ rule, count, meaning, examples }) => [rule, count, meaning, examples.join(', ')]);
  return [...table(['rule', 'broken', 'what it finds', 'examples'], rows, 80), `${tenants} engagements`];
}
