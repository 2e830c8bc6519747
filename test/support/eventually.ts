import { setTimeout as delay } from 'node:timers/promises';

/** Tries a check until it passes, for at most so many milliseconds; then fails with the check's own error. */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(20);
    }
  }
}
