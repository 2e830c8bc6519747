import type { EstateChangeKind } from '../lists';
import { defaultFlowLimits } from './limits';
import type { EstateChange, EstateChangeInput, Tenant } from './messages';

/** A change as its row tells it. */
export interface StoredEstateChange extends Tenant {
  readonly id: string;
  readonly kind: EstateChangeKind;
  readonly flowId: string | null;
  readonly importId: string | null;
  readonly objectId: string | null;
  readonly requestedBy: string | null;
}

/** Edits that come so quickly one after the other share one projection, in ms. */
export const projectionDelayMs = 2_000;

const nobody = '00000000-0000-0000-0000-000000000000';

/** What the workflow of a stored change is started with. */
export function estateChangeInput(row: StoredEstateChange): EstateChangeInput {
  const { clientAccountId, engagementId, id: changeId, requestedBy } = row;
  return {
    clientAccountId,
    engagementId,
    changeId,
    userId: requestedBy ?? nobody,
    change: changeOf(row),
    limits: defaultFlowLimits,
    hasRow: true,
  };
}

function changeOf({ kind, flowId, importId, objectId }: StoredEstateChange): EstateChange {
  const place = { flowId: flowId ?? '', importId: importId ?? '' };
  switch (kind) {
    case 'project':
      return { kind };
    case 'undo_import':
      return { kind, ...place };
    case 'correct_import':
      return { kind, ...place, objectId: objectId ?? '' };
  }
}
