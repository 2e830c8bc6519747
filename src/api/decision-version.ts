import { DomainError } from '../domain/errors';
import type { RouteInput } from './route';

/**
 * The version that a decision was made on: in the body, else in `If-Match` (a number, quoted or not).
 *
 * @throws DomainError `VAL_001` for another text in the header.
 */
export function decisionVersion(
  { ctx }: Pick<RouteInput, 'ctx'>,
  inBody: number | null | undefined,
): number | undefined {
  if (inBody !== null && inBody !== undefined) return inBody;
  const header = ctx.get('if-match').trim();
  if (header === '') return undefined;
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1];
  if (version === undefined) throw new DomainError('VAL_001', { header: 'If-Match' });
  return Number(version);
}

/** @throws DomainError `FLOW_010` when there is no version. */
export function requiredVersion(input: Pick<RouteInput, 'ctx'>, inBody: number | null | undefined): number {
  const version = decisionVersion(input, inBody);
  if (version === undefined) throw new DomainError('FLOW_010');
  return version;
}
