/**
 * Stops the servers of a process that was killed before it could stop them itself.
 * The owner holds our standard input and writes `add PID SIGNAL GRACE_MS` and `remove PID` lines; when the pipe
 * closes, for whatever reason, what is still on the list is stopped in reverse order.
 */
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

/** @type {Map<number, { signal: string, graceMs: number }>} */
const watched = new Map();

// The terminal's interrupt is for the owner, which tells us by closing the pipe.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, pid, signal, graceMs] = line.split(' ');
  if (verb === 'add') watched.set(Number(pid), { signal, graceMs: Number(graceMs) });
  if (verb === 'remove') watched.delete(Number(pid));
}

for (const [pid, { signal, graceMs }] of [...watched].reverse()) {
  if (!send(pid, signal)) continue;
  const deadline = Date.now() + graceMs;
  while (send(pid, 0) && Date.now() < deadline) await delay(50);
  send(pid, 'SIGKILL');
}

/** Whether the process was there to get the signal. */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
