import { z } from 'zod';
import {
  type DeltaAsset,
  type DeltaBasis,
  type DeltaPage,
  deltaStates,
  findDeltaBasis,
  type ImportDelta as Delta,
  listChangedAttributes,
  readImportDelta,
} from '../../db/imports/import-delta';
import type { DataImport } from '../../db/imports/imports';
import { inTenant } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { decodeCursor, encodeCursor } from '../cursor';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { DeltaQuery, ImportDelta } from '../schemas/import-delta';
import { importParams } from '../schemas/imports';
import type { ApiServices } from '../services';
import { findOwnImport } from './imports';

type Input = RouteInput<{ readonly import_id: string }, z.output<typeof DeltaQuery>>;

/** What a further export of a source changed. */
export function importDeltaRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      method: 'get',
      scope: 'tenant',
      tag: 'imports',
      permission: 'discovery.read',
      path: '/data-import/imports/:import_id/delta',
      summary:
        'Compare an import with the one before it of the same source: created, updated, unchanged, vanished',
      params: importParams,
      query: DeltaQuery,
      responses: { 200: ImportDelta },
      errors: ['IMP_003'],
      handler: (input) => showDelta(services, input),
    }),
  ];
}

const Position = z.object({ state: z.int(), nameKey: z.string(), id: z.guid() });

async function showDelta(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const { tenant, query } = input;
  const entry = await findOwnImport(services, input, input.params.import_id);
  const after = decodeCursor(query.cursor, Position);
  const page: DeltaPage = {
    limit: query.limit + 1,
    ...(query.state && { state: query.state }),
    ...(after && { after }),
  };
  const { basis, delta } = await inTenant(services.app, tenant, async (trx) => {
    const found = await findDeltaBasis(trx, entry.id);
    if (found === undefined) throw new DomainError('IMP_003', { import_id: entry.id });
    return { basis: found, delta: found.runId === null ? nothing : await readImportDelta(trx, found, page) };
  });
  const shown = delta.assets.slice(0, query.limit);
  const updated = shown.filter(({ state }) => state === 'updated').map(({ assetId }) => assetId);
  const changed = await inTenant(services.app, tenant, (trx) => listChangedAttributes(trx, basis, updated));
  const last = delta.assets.length > query.limit ? shown.at(-1) : undefined;
  return ok({
    ...presentBasis(entry, basis, delta),
    ...delta.counts,
    assets: shown.map((asset) => ({
      asset_id: asset.assetId,
      name: asset.name,
      asset_type: asset.assetType,
      state: asset.state,
      changed_attributes: [...(changed.get(asset.assetId) ?? [])],
    })),
    next_cursor: last === undefined ? null : encodeCursor(positionOf(last)),
  });
}

const nothing: Delta = { counts: { created: 0, updated: 0, vanished: 0, unchanged: 0 }, assets: [] };

function positionOf({ state, nameKey, assetId }: DeltaAsset): z.output<typeof Position> {
  // The server counts places from 1.
  return { state: deltaStates.indexOf(state) + 1, nameKey, id: assetId };
}

function presentBasis(entry: DataImport, basis: DeltaBasis, delta: Delta) {
  return {
    import_id: entry.id,
    flow_id: entry.flowId,
    outcome: outcomeOf(entry, basis, delta),
    compared_with: basis.previousId,
    compared_filename: basis.previousName,
    compared_coverage: basis.previousCoverage,
    same_file: basis.sameFile,
    newer_import: basis.newerId,
    tells_vanished: basis.tellsVanished,
  };
}

function outcomeOf(
  { undoneAt }: DataImport,
  { runId, previousId }: DeltaBasis,
  { counts }: Delta,
): z.output<typeof ImportDelta>['outcome'] {
  if (undoneAt !== null) return 'undone';
  if (runId === null) return 'pending';
  if (previousId === null) return 'first';
  return counts.created + counts.updated + counts.vanished === 0 ? 'unchanged' : 'changed';
}
