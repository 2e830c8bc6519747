import { execFileSync } from 'node:child_process';
import type { Config } from '../config';
import { findOnPath, isExecutable } from '../process/executables';
import { buildWithGo, type GoPackage } from './go-tools';
import { downloadTemporal } from './temporal-download';
import { cachedPath, type CachedTool, provideTool } from './tool-cache';

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

const temporalName = `temporal-${TEMPORAL_VERSION}`;
const tctlName = `tctl-${TCTL_VERSION}`;

const temporalSource: GoPackage = {
  module: `github.com/temporalio/cli/cmd/temporal@${TEMPORAL_VERSION}`,
  progress: 'Building the Temporal CLI with Go (about 3 minutes, once) …',
};

const tctlSource: GoPackage = {
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
  return lookFor('temporal', { cacheDir: settings.cacheDir, name: temporalName });
}

/** The `temporal` command: looked for, else downloaded, else built with Go. Throws a text that says what to do. */
export async function findTemporal(
  settings: ToolSettings,
  onProgress: (line: string) => void,
): Promise<FoundTool> {
  const present = lookForTemporal(settings);
  if (present) return present;
  let origin: ToolOrigin = 'cache';
  const tool = { cacheDir: settings.cacheDir, name: temporalName };
  const program = await provideTool(tool, onProgress, async (workshop) => {
    const made = await makeTemporal(settings.temporalDownloadUrl, workshop, onProgress);
    ({ origin } = made);
    return made.path;
  });
  return { path: program, origin };
}

async function makeTemporal(
  baseUrl: string,
  workshop: string,
  onProgress: (line: string) => void,
): Promise<FoundTool> {
  const failures: string[] = [];
  try {
    const program = await downloadTemporal({ baseUrl, version: TEMPORAL_VERSION }, workshop, onProgress);
    if (isTemporal(program)) return { path: program, origin: 'download' };
    failures.push('the downloaded program does not run here');
  } catch (error) {
    failures.push(`no download from ${baseUrl} (${describe(error)})`);
  }
  try {
    return { path: await buildWithGo(temporalSource, workshop, onProgress), origin: 'go' };
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
  return lookFor('tctl', { cacheDir: settings.cacheDir, name: tctlName });
}

/** The `tctl` command: looked for, else built with Go. Throws a text that says what to do. */
export async function findTctl(
  settings: Pick<Config, 'cacheDir'>,
  onProgress: (line: string) => void,
): Promise<FoundTool> {
  const present = lookForTctl(settings);
  if (present) return present;
  const tool = { cacheDir: settings.cacheDir, name: tctlName };
  const program = await provideTool(tool, onProgress, (workshop) =>
    buildWithGo(tctlSource, workshop, onProgress).catch((error: unknown) => {
      throw new Error(`There is no tctl on PATH, and it could not be built: ${describe(error)}`, {
        cause: error,
      });
    }),
  );
  return { path: program, origin: 'go' };
}

function lookFor(command: string, tool: CachedTool): FoundTool | undefined {
  const onPath = findOnPath(command);
  if (onPath !== undefined && (command !== 'temporal' || isTemporal(onPath)))
    return { path: onPath, origin: 'path' };
  const cached = cachedPath(tool);
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
