import type { AppDatabase } from '../connection/pools';

const answerWithinMs = 2_000;

/** Whether the database answers within two seconds. */
export async function readinessOf(db: AppDatabase): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), answerWithinMs);
  });
  const answered = db.unscopedPool.query('select 1').then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}
