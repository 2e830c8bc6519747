/** One build at a time in a checkout. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

const PAUSE_MS = 100;
/** Longer than any build; a lock this old belongs to a killed process whose number somebody else has now. */
const LONGEST_MS = 15 * 60 * 1000;

/** Runs `work` while no other process builds; a lock whose process is gone is removed. */
export function withBuildLock(file, work) {
  take(file);
  try {
    return work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  for (let told = false; ;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHeld(file)) rmSync(file, { force: true });
    else if (!told) told = process.stderr.write('Another process is building; waiting for it …\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

function isHeld(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > LONGEST_MS) return false;
    const pid = Number(readFileSync(file, 'utf8'));
    // A file that is empty is being written; signal 0 only asks whether the process is there.
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
