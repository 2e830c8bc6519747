/** Jest loads set-up and tear-down as modules apart; only the global object is common to them. */
const key = Symbol.for('surveyor.test.stopServers');
const shared = globalThis as { [key]?: () => Promise<void> }; // nobody else knows this symbol

/** Keeps what stops the servers of this run. */
export function keepStop(stop: () => Promise<void>): void {
  shared[key] = stop;
}

/** Stops the servers of this run, if it started any. */
export async function stopServers(): Promise<void> {
  await shared[key]?.();
  delete shared[key];
}
