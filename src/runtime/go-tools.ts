import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment } from './config';
import { findOnPath } from './executables';
import { waitForLock } from './file-lock';

/** A command that Go can build from its source. */
export interface GoTool {
  /** The name it gets in the cache. */
  readonly name: string;
  /** The name that `go install` gives it: the last element of the package. */
  readonly builtAs: string;
  readonly module: string;
  readonly flags?: readonly string[];
  readonly progress: string;
}

const BUILD_LIMIT_MS = 30 * 60_000;
const PROGRESS_EVERY_MS = 5_000;

/**
 * Builds a tool into the cache and returns its path, or undefined where Go is not installed. Processes that want
 * the same tool wait for the first one. Throws with Go's last words when the build fails.
 */
export async function buildWithGo(
  tool: GoTool,
  cacheDir: string,
  onProgress: (line: string) => void,
): Promise<string | undefined> {
  const go = findOnPath('go');
  if (go === undefined) return undefined;
  const target = path.join(cacheDir, tool.name);
  const release = await waitForLock(`${target}.lock`, () =>
    onProgress(`Another process is building ${tool.name}; waiting for it …`),
  );
  try {
    if (!existsSync(target)) await installInto(tool, { go, cacheDir, target }, onProgress);
    return target;
  } finally {
    release();
  }
}

async function installInto(
  tool: GoTool,
  places: { readonly go: string; readonly cacheDir: string; readonly target: string },
  onProgress: (line: string) => void,
): Promise<void> {
  mkdirSync(places.cacheDir, { recursive: true });
  const workshop = mkdtempSync(path.join(places.cacheDir, `${tool.name}-build-`));
  const started = Date.now();
  onProgress(tool.progress);
  const ticker = setInterval(
    () => onProgress(`${tool.progress} ${Math.round((Date.now() - started) / 1_000)} s`),
    PROGRESS_EVERY_MS,
  );
  try {
    await runGo(places.go, ['install', ...(tool.flags ?? []), tool.module], workshop);
    renameSync(path.join(workshop, tool.builtAs), places.target);
  } finally {
    clearInterval(ticker);
    rmSync(workshop, { recursive: true, force: true });
  }
}

function runGo(go: string, args: readonly string[], binFolder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(go, args, {
      // A cross-compiling environment would put the program into a sub-folder, and it could not run here.
      env: childEnvironment({ GOBIN: binFolder, GOOS: undefined, GOARCH: undefined, GOFLAGS: '' }),
      cwd: binFolder,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: BUILD_LIMIT_MS,
    });
    let lastWords = '';
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (lastWords = (lastWords + text).slice(-2_000)));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`go ${args.join(' ')} ended with ${signal ?? code}:\n${lastWords.trim()}`));
    });
  });
}

/** Puts a program into the cache under its name, visible only when whole. */
export function keepInCache(program: string, target: string): void {
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(program, unfinished);
  renameSync(unfinished, target);
}
