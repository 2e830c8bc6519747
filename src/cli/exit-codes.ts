/** Exit codes of the command: done, failed, wrong use, wrong configuration (EX_CONFIG of sysexits.h). */
export const exitCodes = { done: 0, failed: 1, usage: 2, configuration: 78 } as const;

/** An outcome that ends a command with a message for people and an exit code. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    message: string,
    readonly exitCode: number = exitCodes.failed,
  ) {
    super(message);
  }
}
