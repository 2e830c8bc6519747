import type { DomainError } from '../../domain/errors';
import type { MappingProposal } from '../../domain/mapping/types';
import type { QualityFinding, TableProfile } from '../../domain/quality/types';
import type { UploadContent, UploadTable } from '../../intake/types';
import type { ReceivedUpload } from '../uploads';

/** What a dry run finds in one table of an upload. */
export interface TableInspection extends UploadTable {
  readonly name: string | null;
  readonly headerLine: number;
  readonly isWhole: boolean;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly profile: TableProfile;
  readonly findings: readonly QualityFinding[];
  readonly proposal: MappingProposal;
  readonly warnings: readonly string[];
  /** Why the table cannot be read to its end, null when it can. */
  readonly fault: DomainError | null;
}

/** What it finds in the upload. */
export interface Inspection {
  readonly upload: ReceivedUpload;
  readonly tables: readonly [TableInspection, ...TableInspection[]];
  readonly ignored: UploadContent['ignored'];
}
