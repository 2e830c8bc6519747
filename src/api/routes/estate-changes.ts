import { z } from 'zod';
import { findEstateChange, listEstateChanges } from '../../db/estate/estate-changes';
import { inTenant } from '../../db/connection/tenant';
import { decodeCursor, encodeCursor } from '../cursor';
import { missingId } from '../foreign-ids';
import { answerChange, presentEstateChange } from '../presenters/estate-change-view';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import {
  changeParams,
  EstateChangeList,
  EstateChangeQuery,
  EstateChangeView,
} from '../schemas/estate-changes';
import { importParams } from '../schemas/imports';
import type { ApiServices } from '../services';
import { requestUndo } from '../use-cases/request-change';
import { findOwnImport } from './imports';

const common = { scope: 'tenant', tag: 'estate changes' } as const;
const Position = z.object({ createdAt: z.coerce.date(), id: z.guid() });

/** What changes an estate outside an open flow: imports taken back, rows put right, decisions followed. */
export function estateChangeRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'get',
      path: '/estate-changes',
      summary: 'List the changes of the estate outside flows, the newest first',
      permission: 'discovery.read',
      query: EstateChangeQuery,
      responses: { 200: EstateChangeList },
      handler: (input) => list(services, input),
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/estate-changes/:change_id',
      summary: 'Show how a change of the estate stands',
      permission: 'discovery.read',
      params: changeParams,
      responses: { 200: EstateChangeView },
      errors: ['CHANGE_001'],
      handler: (input) => show(services, input),
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/data-import/imports/:import_id/undo',
      summary: 'Take an import of a closed flow out of the estate; what other sources say stays',
      permission: 'discovery.delete',
      params: importParams,
      responses: { 200: EstateChangeView, 202: EstateChangeView },
      errors: ['IMP_003', 'IMP_007'],
      handler: async (input) => {
        const entry = await findOwnImport(services, input, input.params.import_id);
        return answerChange(await requestUndo(services, input, entry));
      },
    }),
  ];
}

async function list(
  services: ApiServices,
  { tenant, query }: RouteInput<unknown, z.output<typeof EstateChangeQuery>>,
): Promise<RouteAnswer> {
  const { status, limit, cursor } = query;
  const before = decodeCursor(cursor, Position);
  const page = { ...(status && { status }), ...(before && { before }), limit: limit + 1 };
  const rows = await inTenant(services.app, tenant, (trx) => listEstateChanges(trx, page));
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return ok({
    changes: shown.map(presentEstateChange),
    next_cursor: last === undefined ? null : encodeCursor({ createdAt: last.createdAt, id: last.id }),
  });
}

async function show(
  services: ApiServices,
  input: RouteInput<{ readonly change_id: string }>,
): Promise<RouteAnswer> {
  const id = input.params.change_id;
  const row = await inTenant(services.app, input.tenant, (trx) => findEstateChange(trx, id));
  if (row === undefined) throw await missingId(services, input, { kind: 'change', id, code: 'CHANGE_001' });
  return ok(presentEstateChange(row));
}
