/** What a build was made from: newest change and digest of files. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** All files at or below the given paths, sorted; paths that do not exist are left out. */
export function filesBelow(...paths) {
  return paths.flatMap((entry) => {
    const info = statSync(entry, { throwIfNoEntry: false });
    if (!info) return [];
    if (!info.isDirectory()) return [entry];
    return filesBelow(
      ...readdirSync(entry)
        .sort()
        .map((name) => path.join(entry, name)),
    );
  });
}

/** Digest of the names (relative to `root`) and contents of files. */
export function digestOf(files, root) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(path.relative(root, file)).update(readFileSync(file));
  return digest.digest('hex');
}
