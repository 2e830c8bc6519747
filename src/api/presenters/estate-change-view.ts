import type { z } from 'zod';
import type { EstateChangeRow } from '../../db/estate/estate-changes';
import { errorCatalogue } from '../../domain/error-catalogue';
import { isErrorCode } from '../../domain/errors';
import { apiPrefix } from '../router';
import type { RouteAnswer } from '../route';
import type { EstateChangeView } from '../schemas/estate-changes';

export function presentEstateChange(row: EstateChangeRow): z.output<typeof EstateChangeView> {
  return {
    change_id: row.id,
    kind: row.kind,
    status: row.status,
    import_id: row.importId,
    flow_id: row.flowId,
    reasons: [...row.reasons],
    requests: row.requests,
    summary: { ...row.summary },
    failure: failureOf(row),
    requested_by: row.requestedBy,
    created_at: row.createdAt.toISOString(),
    started_at: row.startedAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
  };
}

function failureOf({ failureCode: code, failureMessage }: EstateChangeRow) {
  if (code === null) return null;
  const entry = isErrorCode(code) ? errorCatalogue[code] : errorCatalogue.CHANGE_002;
  return { code, message: failureMessage ?? entry.message, suggestion: entry.suggestion };
}

/** A change that goes on in the background is followed at its address. */
export function answerChange(row: EstateChangeRow): RouteAnswer {
  return {
    status: row.status === 'completed' ? 200 : 202,
    body: presentEstateChange(row),
    headers: { Location: `${apiPrefix}/estate-changes/${row.id}` },
  };
}
