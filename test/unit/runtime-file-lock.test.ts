import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LockHeldError, takeLock, waitForLock } from '../../src/runtime/process/file-lock';
import { nearestName } from '../../src/runtime/nearest-name';

const aLockFile = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'surveyor-lock-')), 'lock');

test('a lock is held until it is released', () => {
  const file = aLockFile();

  const release = takeLock(file);

  expect(() => takeLock(file)).toThrow(LockHeldError);
  release();
  expect(takeLock(file)).toBeInstanceOf(Function);
});

test('the lock of a dead process is taken over', () => {
  const file = aLockFile();
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(file, JSON.stringify({ pid, startedAt: 'long ago' }));

  takeLock(file);

  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
});

test('a living process that merely has the number of the dead holder does not keep the lock', () => {
  const file = aLockFile();
  writeFileSync(file, JSON.stringify({ pid: process.ppid, startedAt: 'before the restart' }));

  expect(takeLock(file)).toBeInstanceOf(Function);
});

test('who waits for a lock is told once and gets it after the release', async () => {
  const file = aLockFile();
  const release = takeLock(file);
  const waited: string[] = [];

  const second = waitForLock(file, () => {
    waited.push('waiting');
    release();
  });

  await expect(second).resolves.toBeInstanceOf(Function);
  expect(waited).toEqual(['waiting']);
});

test('the nearest name has the fewest edits', () => {
  expect(nearestName('SURVEYOR_PROT', ['SURVEYOR_HOST', 'SURVEYOR_PORT', 'SURVEYOR_URL'])).toBe(
    'SURVEYOR_PORT',
  );
});
