import path from 'node:path';
import type { Command } from 'commander';
import { type Config, readConfig } from '../../runtime/config';
import { type ClientProfile, clientProfile, saveClientProfile } from '../../runtime/embedded/client-profile';
import { stopSignal } from '../../runtime/process/stop-signals';
import type { AuthDatabase } from '../../db/connection/pools';
import { runApi } from '../../server';
import { runWorker } from '../../worker';
import { withAuth } from '../auth-pool';
import { createContext } from '../context';
import { runDemo } from '../demo';
import { CommandError } from '../exit-codes';
import { createAdmin, createFirstTenant, createTenant } from '../provision';
import { readRunningStack } from '../running-stack';
import { startStack, stayUp, type Stack } from '../stack';

/** `demo`, `start`, `api`, `worker`, `tenants create`, `users create-admin`. */
export function addServerCommands(program: Command): void {
  program
    .command('demo')
    .argument('[file...]', 'exports to take through a flow; default: a bundled sample')
    .option('--keep', 'stay up afterwards')
    .option('--json', 'print one JSON document')
    .description('Bring everything up, take a real export through every phase, print the result')
    .action(runDemo);
  program
    .command('start')
    .option('--json', 'print one line of JSON when ready')
    .description('Bring everything up and stay up')
    .action(start);
  program
    .command('api')
    .option('--ready-file <file>', 'write the process id there when ready')
    .description('Run one API process, for production')
    .action((options: { readyFile?: string }) => runApi(readConfig(process.env, 'api'), options));
  program
    .command('worker')
    .option('--ready-file <file>', 'write the process id there when ready')
    .description('Run one worker process, for production')
    .action((options: { readyFile?: string }) => runWorker(readConfig(process.env, 'worker'), options));
  addAccountCommands(program);
}

function addAccountCommands(program: Command): void {
  program
    .command('tenants')
    .description('Client accounts of this installation')
    .command('create')
    .argument('<name>', 'name of the client account')
    .option('--engagement <name>', 'name of its first engagement', 'First engagement')
    .option('--json', 'print one JSON document')
    .description('Create a client account with an engagement and a first key')
    .action(createTenantCommand);
  program
    .command('users')
    .description('Users of this installation')
    .command('create-admin')
    .argument('<email>', 'e-mail address of the administrator')
    .option('--json', 'print one JSON document')
    .description('Create a platform administrator with a one-time password')
    .action(createAdminCommand);
}

async function start(options: { json?: boolean }): Promise<void> {
  const { config, output } = createContext(options);
  const stack = await startStack({ config, temporalUi: true, onProgress: output.progress });
  try {
    const document = await describeStart(config, stack);
    output.result(document, () => startLines(document));
    await stayUp(stack, stopSignal());
  } finally {
    output.progress('Stopping …');
    await stack.stop();
  }
}

interface FirstTenant {
  readonly profile: ClientProfile;
  readonly admin: { readonly email: string; readonly password: string } | null;
}

/** The tenant of the saved profile; the first start makes one with an administrator and a key. */
async function firstTenant(config: Config, stack: Stack): Promise<FirstTenant> {
  const saved = clientProfile(config);
  if (saved.apiKey !== undefined && saved.clientAccountId !== undefined) {
    return { profile: { ...saved, url: stack.apiUrl }, admin: null };
  }
  const { apiKey, clientAccountId, engagementId, admin } = await withAuth(
    stack.database.authUrl,
    createFirst,
  );
  const { email, password } = admin;
  return {
    profile: { url: stack.apiUrl, apiKey, clientAccountId, engagementId },
    admin: { email, password },
  };
}

async function describeStart(config: Config, stack: Stack) {
  const { profile, admin } = await firstTenant(config, stack);
  saveClientProfile(config.home, profile);
  return {
    api_url: stack.apiUrl,
    console_url: null,
    docs_url: `${stack.apiUrl}/docs`,
    temporal_ui_url: stack.temporalUiUrl ?? null,
    temporal_address: stack.temporalAddress,
    database_url: stack.database.appUrl,
    client_account_id: profile.clientAccountId ?? null,
    engagement_id: profile.engagementId ?? null,
    admin,
    api_key: profile.apiKey ?? null,
  };
}

type StartDocument = Awaited<ReturnType<typeof describeStart>>;

function startLines(document: StartDocument): string[] {
  return [
    `API            ${document.api_url}`,
    `Documentation  ${document.docs_url}`,
    `Temporal UI    ${document.temporal_ui_url ?? 'not started here'}`,
    ...(document.admin === null
      ? []
      : [`Administrator  ${document.admin.email}, one-time password ${document.admin.password}`]),
    '',
    'Try: npx surveyor import FILE --wait --approve auto',
    'Stop with Ctrl+C.',
  ];
}

function createFirst(auth: AuthDatabase) {
  return createFirstTenant(auth, {
    account: 'First client account',
    engagement: 'First engagement',
    email: 'admin@surveyor.invalid',
  });
}

/** The configured database, else the embedded one of the state folder when it runs. */
function accountsUrl(config: Config): string {
  if (config.authDatabaseUrl !== undefined) return config.authDatabaseUrl;
  const running = readRunningStack(config.home);
  if (running === undefined) {
    throw new CommandError(
      `Nothing runs from ${path.resolve(config.home)}. Start Surveyor, or set SURVEYOR_AUTH_DATABASE_URL.`,
    );
  }
  return running.authUrl;
}

async function createTenantCommand(
  name: string,
  options: { readonly engagement: string; readonly json?: boolean },
): Promise<void> {
  const { config, output } = createContext(options);
  const names = { account: name, engagement: options.engagement };
  const created = await withAuth(accountsUrl(config), (auth) => createTenant(auth, names));
  const document = {
    client_account_id: created.clientAccountId,
    engagement_id: created.engagementId,
    api_key: created.apiKey,
  };
  output.result(document, () => Object.entries(document).map(([key, value]) => `${key}  ${value}`));
}

async function createAdminCommand(email: string, options: { readonly json?: boolean }): Promise<void> {
  const { config, output } = createContext(options);
  const admin = await withAuth(accountsUrl(config), (auth) => createAdmin(auth, email));
  const document = { user_id: admin.userId, email: admin.email, password: admin.password };
  output.result(document, () => [`${admin.email}  one-time password ${admin.password}`]);
}
