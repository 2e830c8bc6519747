import type { AttributeName } from '../../attributes/types';
import type { ColumnProfile } from '../../quality/types';
import { ColumnValues } from './column-values';
import { normaliseHeader, parseHeader } from '../headers/header';
import type { ParsedHeader } from '../headers/header';
import { matchHeader } from '../headers/header-match';
import type { HeaderMatch } from '../headers/header-matches';

/** A column with what its header and values offer, before targets are weighed. */
export interface ColumnEvidence {
  readonly profile: ColumnProfile;
  readonly header: ParsedHeader;
  readonly normalised: string;
  readonly values: ColumnValues;
  /** What the header says, best first. */
  readonly matches: readonly HeaderMatch[];
}

/** Reads one column; `applications`: the rows are applications. */
export function readColumn(profile: ColumnProfile, applications: boolean): ColumnEvidence {
  const header = parseHeader(profile.column);
  return {
    profile,
    header,
    normalised: normaliseHeader(profile.column),
    values: new ColumnValues(profile),
    matches: matchHeader(header, applications),
  };
}

/** The same column under headers of an application list. */
export function rematch(column: ColumnEvidence, applications: boolean): ColumnEvidence {
  return { ...column, matches: matchHeader(column.header, applications) };
}

/** The target that the header names plainly, null when it names none. */
export function plainTarget(column: ColumnEvidence): AttributeName | null {
  const best = column.matches[0];
  return best === undefined || best.ambiguous || best.weight < 2.4 ? null : best.target;
}
