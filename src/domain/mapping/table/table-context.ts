import type { AttributeName } from '../../attributes/types';
import type { TableKind } from '../../lists';
import type { ColumnEvidence } from '../evidence/column-evidence';
import type { TableSubject } from './table-subject';

/** What the whole table says about each of its columns. */
export interface TableContext {
  readonly kind: TableKind;
  readonly subject: TableSubject;
  readonly columns: readonly ColumnEvidence[];
  /** Targets that some header names plainly. */
  readonly plain: ReadonlySet<AttributeName>;
  readonly allowed: (target: AttributeName) => boolean;
}
