import { spawn } from 'node:child_process';
import path from 'node:path';
import { childEnvironment } from '../config';
import { findOnPath } from '../process/executables';

/** A program that Go can build from its source. */
export interface GoPackage {
  /** Import path of the main package with a version, as `go install` takes it. */
  readonly module: string;
  readonly flags?: readonly string[];
  /** Shown when the build starts and, with the seconds, while it runs. */
  readonly progress: string;
}

const BUILD_LIMIT_MS = 30 * 60_000;
const PROGRESS_EVERY_MS = 5_000;

/** Builds a program into a folder and returns its path. Throws when Go is not installed, or with Go's last words. */
export async function buildWithGo(
  source: GoPackage,
  folder: string,
  onProgress: (line: string) => void,
): Promise<string> {
  const go = findOnPath('go');
  if (go === undefined) throw new Error('Go is not installed');
  const started = Date.now();
  const seconds = (): number => Math.round((Date.now() - started) / 1_000);
  onProgress(source.progress);
  const ticker = setInterval(() => onProgress(`${source.progress} ${seconds()} s`), PROGRESS_EVERY_MS);
  try {
    await runGo(go, ['install', ...(source.flags ?? []), source.module], folder);
  } finally {
    clearInterval(ticker);
  }
  const [importPath = ''] = source.module.split('@');
  return path.join(folder, path.posix.basename(importPath));
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
