import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isExecutable } from '../process/executables';
import { waitForLock } from '../process/file-lock';

/** A program that is kept in the cache folder under a name with its version. */
export interface CachedTool {
  readonly cacheDir: string;
  readonly name: string;
}

/** Where a tool is, or would be, in the cache. */
export function cachedPath({ cacheDir, name }: CachedTool): string {
  return path.join(cacheDir, name);
}

/**
 * The tool from the cache, made there first when it is missing: `make` gets an empty folder and returns the program
 * that it put there. The tool appears under its name only when it is whole; processes that want it at the same time
 * wait for the first one.
 */
export async function provideTool(
  tool: CachedTool,
  onProgress: (line: string) => void,
  make: (workshop: string) => Promise<string>,
): Promise<string> {
  const target = cachedPath(tool);
  mkdirSync(tool.cacheDir, { recursive: true });
  const release = await waitForLock(`${target}.lock`, () =>
    onProgress(`Another process is getting ${tool.name}; waiting for it …`),
  );
  try {
    if (isExecutable(target)) return target;
    discardWorkshops(tool);
    const workshop = mkdtempSync(path.join(tool.cacheDir, workshopPrefix(tool)));
    try {
      const program = await make(workshop);
      chmodSync(program, 0o755);
      renameSync(program, target);
    } finally {
      rmSync(workshop, { recursive: true, force: true });
    }
    return target;
  } finally {
    release();
  }
}

/** What a killed process left; we hold the lock, so nobody else works there. */
function discardWorkshops(tool: CachedTool): void {
  for (const name of readdirSync(tool.cacheDir))
    if (name.startsWith(workshopPrefix(tool)))
      rmSync(path.join(tool.cacheDir, name), { recursive: true, force: true });
}

const workshopPrefix = ({ name }: CachedTool): string => `${name}-workshop-`;
