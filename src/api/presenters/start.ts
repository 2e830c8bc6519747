import type { FlowStatusRow } from '../../db/flow-rows';
import type { RouteAnswer } from '../route';

export interface StartView {
  readonly flowId: string;
  /** Undefined while the first activity has not written the rows. */
  readonly row: FlowStatusRow | undefined;
  readonly importId: string | null;
}

const unseen = {
  flowName: null,
  flowStatus: 'initialized',
  recordsAccepted: 0,
  progressPercentage: 0,
} as const;

/** The answer of a start: 201 when the rows are there, else 202; both say where to look. */
export function presentStart({ flowId, row, importId }: StartView): RouteAnswer {
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
      data_import_id: importId,
      flow_name: flowName,
      status: flowStatus,
      records_stored: recordsAccepted,
      progress_percentage: progressPercentage,
      message: isSeen ? 'The flow was started' : 'The flow is being started',
      metadata: { created_at: row?.createdAt.toISOString() ?? null, has_raw_data: importId !== null },
    },
  };
}
