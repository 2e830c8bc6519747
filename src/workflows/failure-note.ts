import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { Phase } from '../domain/flow/phases';

/** Code and public message of a phase that failed for good. */
export interface FailureText {
  readonly code: string;
  readonly message: string;
}

/** Codes of the catalogue look like `IMP_004`; an activity's domain error carries its code as failure type. */
const catalogueCode = /^[A-Z]+_\d{3}$/;

/**
 * Only domain errors have a text meant for people. Any other is an outage or a defect: its text stays in the
 * history and the log.
 */
export function failureText(phase: Phase, error: ActivityFailure): FailureText {
  const known = domainText(error);
  return (
    known ?? {
      code: 'FLOW_001',
      message: `The phase ${phase} kept failing; retry it when the cause is removed`,
    }
  );
}

/** The same for an estate change, which may also fail without any activity having done so. */
export function changeFailureText(error: Error): FailureText {
  const known = error instanceof ActivityFailure ? domainText(error) : undefined;
  return known ?? { code: 'CHANGE_002', message: 'The change kept failing; ask for it again' };
}

function domainText({ cause }: ActivityFailure): FailureText | undefined {
  const isKnown = cause instanceof ApplicationFailure && cause.type && catalogueCode.test(cause.type);
  return isKnown ? { code: cause.type, message: cause.message } : undefined;
}
