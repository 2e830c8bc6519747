const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The exit code of a process that a second signal ended: 128 + SIGINT, as shells report it. */
const FORCED_EXIT = 130;

/**
 * Waits for the first signal that asks this process to end and returns it; a second one ends the process at once,
 * and watchdogs stop its children.
 */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    const hear = (signal: NodeJS.Signals): void => {
      if (asked) process.exit(FORCED_EXIT);
      asked = true;
      resolve(signal);
    };
    for (const signal of SIGNALS) process.on(signal, hear);
  });
}
