import path from 'node:path';
import type { FlowStatusRow } from '../../db/flows/flow-rows';
import type { ImportRequest, ImportTable } from '../../domain/flow/messages';
import type { UploadContent } from '../../intake/types';
import type { RouteAnswer } from '../route';

export interface StartView {
  readonly flowId: string;
  /** Undefined while the first activity has not written the rows. */
  readonly row: FlowStatusRow | undefined;
  /** The tables of the file, in file order; none for a flow that waits for its first file. */
  readonly imports: readonly ImportTable[];
  readonly ignored?: UploadContent['ignored'];
}

const unseen = {
  flowName: null,
  flowStatus: 'initialized',
  recordsAccepted: 0,
  progressPercentage: 0,
} as const;

/** The tables of an import that is about to join a flow. */
export function tablesOf(request: ImportRequest): readonly ImportTable[] {
  return [request, ...(request.furtherTables ?? [])];
}

/** The answer of a start: 201 when the rows are there, else 202; both say where to look. */
export function presentStart({ flowId, row, imports, ignored = [] }: StartView): RouteAnswer {
  const isSeen = row !== undefined;
  const { flowName, flowStatus, recordsAccepted, progressPercentage } = row ?? unseen;
  return {
    status: isSeen ? 201 : 202,
    headers: { Location: `/api/v1/master-flows/${flowId}` },
    body: {
      success: true,
      flow_id: flowId,
      import_flow_id: flowId,
      master_flow_id: flowId,
      data_import_id: imports[0]?.importId ?? null,
      imports: imports.map(presentTable),
      ignored: ignored.map(({ place, reason }) => ({ ...place, reason })),
      flow_name: flowName,
      status: flowStatus,
      records_stored: recordsAccepted,
      progress_percentage: progressPercentage,
      message: isSeen ? 'The flow was started' : 'The flow is being started',
      metadata: { created_at: row?.createdAt.toISOString() ?? null, has_raw_data: imports.length > 0 },
    },
  };
}

function presentTable({ importId, place }: ImportTable): Record<string, unknown> {
  const { entry = null, sheet = null } = place ?? {};
  return { data_import_id: importId, table: sheet ?? fileOf(entry), entry, sheet };
}

/** A file in an archive without its folders and extension. */
function fileOf(entry: string | null): string | null {
  return entry === null ? null : path.posix.parse(entry.replaceAll('\\', '/')).name;
}
