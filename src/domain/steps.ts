/** Long work in steps of about a millisecond; the value of the last step is its result. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Steps between two turns of a process that does other work as well. */
const stepsAtOnce = 8;

/** Takes all steps; after some of them `letGo` lets other work of the process have its turn. */
export async function takeSteps<Result>(
  steps: Steps<Result>,
  letGo: () => Promise<unknown>,
): Promise<Result> {
  for (let taken = 1; ; taken += 1) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (taken % stepsAtOnce === 0) await letGo();
  }
}

/** Takes all steps in one go. */
export function lastOf<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
