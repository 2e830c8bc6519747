import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Config } from './config';
import { findOnPath, isExecutable } from './executables';
import { buildWithGo, type GoTool } from './go-tools';
import { downloadTemporal } from './temporal-download';

/** Where a tool was found. */
export type ToolOrigin = 'setting' | 'path' | 'cache' | 'download' | 'go';

export interface FoundTool {
  readonly path: string;
  readonly origin: ToolOrigin;
}

export type ToolSettings = Pick<Config, 'cacheDir' | 'temporalDownloadUrl'> &
  Partial<Pick<Config, 'temporalCliPath'>>;

/** The last release that `go install` accepts: later ones carry replace directives. */
const TEMPORAL_VERSION = 'v1.5.1';
const TCTL_VERSION = 'v1.15.0';

const temporalTool: GoTool = {
  name: `temporal-${TEMPORAL_VERSION}`,
  builtAs: 'temporal',
  module: `github.com/temporalio/cli/cmd/temporal@${TEMPORAL_VERSION}`,
  progress: 'Building the Temporal CLI with Go (about 3 minutes, once) …',
};

const tctlTool: GoTool = {
  name: `tctl-${TCTL_VERSION}`,
  builtAs: 'cli',
  module: `go.temporal.io/server/cmd/tools/cli@${TCTL_VERSION}`,
  // One of its libraries reaches into Go's runtime, which newer linkers refuse without this.
  flags: ['-ldflags=-checklinkname=0'],
  progress: 'Building tctl with Go (about 2 minutes, once) …',
};

/** The `temporal` command where it is there already: setting, PATH, cache. Throws when the setting names no program. */
export function lookForTemporal(settings: ToolSettings): FoundTool | undefined {
  const { temporalCliPath } = settings;
  if (temporalCliPath !== undefined) {
    if (!isTemporal(temporalCliPath))
      throw new Error(`TEMPORAL_CLI_PATH names ${temporalCliPath}, which is not a Temporal command.`);
    return { path: temporalCliPath, origin: 'setting' };
  }
  return lookFor('temporal', path.join(settings.cacheDir, temporalTool.name));
}

/** The `temporal` command: looked for, else downloaded, else built with Go. Throws a text that says what to do. */
export async function findTemporal(
  settings: ToolSettings,
  onProgress: (line: string) => void,
): Promise<FoundTool> {
  const present = lookForTemporal(settings);
  if (present) return present;
  const target = path.join(settings.cacheDir, temporalTool.name);
  const baseUrl = settings.temporalDownloadUrl;
  const failures: string[] = [];
  try {
    await downloadTemporal({ baseUrl, version: TEMPORAL_VERSION, target }, onProgress);
    if (isTemporal(target)) return { path: target, origin: 'download' };
    failures.push('the downloaded program does not run here');
  } catch (error) {
    failures.push(`no download from ${baseUrl} (${describe(error)})`);
  }
  try {
    const built = await buildWithGo(temporalTool, settings.cacheDir, onProgress);
    if (built !== undefined) return { path: built, origin: 'go' };
    failures.push('Go is not installed');
  } catch (error) {
    failures.push(describe(error));
  }
  throw new Error(
    `There is no Temporal server to use: ${failures.join('; ')}.\n` +
      'Install the Temporal CLI (https://docs.temporal.io/cli) on PATH or name it in TEMPORAL_CLI_PATH, ' +
      'or name a running server in TEMPORAL_ADDRESS, or install Go 1.23 or newer.',
  );
}

/** The `tctl` command on PATH or in the cache, or undefined. */
export function lookForTctl(settings: Pick<Config, 'cacheDir'>): FoundTool | undefined {
  return lookFor('tctl', path.join(settings.cacheDir, tctlTool.name));
}

/** The `tctl` command: looked for, else built with Go. Throws a text that says what to do. */
export async function findTctl(
  settings: Pick<Config, 'cacheDir'>,
  onProgress: (line: string) => void,
): Promise<FoundTool> {
  const present = lookForTctl(settings);
  if (present) return present;
  const built = await buildWithGo(tctlTool, settings.cacheDir, onProgress);
  if (built === undefined) throw new Error('There is no tctl on PATH, and Go is not installed to build it.');
  return { path: built, origin: 'go' };
}

function lookFor(command: string, cached: string): FoundTool | undefined {
  const onPath = findOnPath(command);
  if (onPath !== undefined && (command !== 'temporal' || isTemporal(onPath)))
    return { path: onPath, origin: 'path' };
  return isExecutable(cached) ? { path: cached, origin: 'cache' } : undefined;
}

function isTemporal(program: string): boolean {
  if (!isExecutable(program)) return false;
  try {
    const said = execFileSync(program, ['--version'], {
      encoding: 'utf8',
      timeout: 20_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return said.startsWith('temporal version');
  } catch {
    return false;
  }
}

/** The innermost reason: fetch hides it below "fetch failed". */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? describe(error.cause) : error.message;
}
