import { type ErrorCode, errorCatalogue } from './error-catalogue';

/**
 * An outcome that the caller can act on; it is never retried. Status, message and suggestion come from the
 * catalogue. Details are public; what is only for operators goes to `cause` and the log.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    readonly details: Readonly<Record<string, unknown>> = {},
    options: { readonly cause?: unknown; readonly message?: string } = {},
  ) {
    super(options.message ?? errorCatalogue[code].message, { cause: options.cause });
  }

  get httpStatus(): number {
    return errorCatalogue[this.code].status;
  }

  get suggestion(): string {
    return errorCatalogue[this.code].suggestion;
  }
}

/** Whether a text is a code of the catalogue. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}
