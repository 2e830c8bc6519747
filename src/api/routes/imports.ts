import { z } from 'zod';
import type { DataImport } from '../../db/imports/imports';
import { listFindings } from '../../db/imports/quality-findings';
import {
  countImports,
  countMappings,
  listImports,
  listRecordViews,
  listRejectedViews,
} from '../../db/imports/read-imports';
import { readImportStatus } from '../../db/hot-reads';
import { inTenant } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { findingSeverities } from '../../domain/lists';
import { decodeCursor, encodeCursor } from '../cursor';
import { missingId } from '../foreign-ids';
import { presentFinding, presentImport, presentRecord } from '../presenters/import-view';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { CursorQuery, OffsetQuery } from '../schemas/common';
import {
  FindingList,
  ImportDetail,
  ImportList,
  importParams,
  ImportView,
  RawRecords,
  RejectedRecords,
} from '../schemas/imports';
import type { ApiServices } from '../services';

const FindingQuery = z.object({
  issue_type: z.string().max(100).optional(),
  severity: z.enum(findingSeverities).optional(),
  status: z.enum(['open', 'decided']).optional(),
});

type Input<Query = unknown> = RouteInput<{ import_id: string }, Query>;

const read = { method: 'get', scope: 'tenant', tag: 'imports', permission: 'discovery.read' } as const;
const ofOne = { ...read, params: importParams, errors: ['IMP_003'] } as const;

/** Imports of the engagement and what was read from them. */
export function importRoutes(services: ApiServices): Route[] {
  return [...lists(services), ...details(services)];
}

function lists(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...read,
      path: '/data-import/imports',
      summary: 'List the imports of the engagement, newest first',
      query: OffsetQuery,
      responses: { 200: ImportList },
      handler: async ({ tenant, query }) =>
        inTenant(services.app, tenant, async (trx) =>
          ok({ imports: (await listImports(trx, query)).map(presentImport), total: await countImports(trx) }),
        ),
    }),
    defineRoute({
      ...read,
      path: '/data-import/latest',
      summary: 'Show the newest import of the engagement',
      responses: { 200: ImportView },
      errors: ['IMP_003'],
      handler: async ({ tenant }) => {
        const [latest] = await inTenant(services.app, tenant, (trx) => listImports(trx, { limit: 1 }));
        if (latest === undefined) throw new DomainError('IMP_003');
        return ok(presentImport(latest));
      },
    }),
  ];
}

function details(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...ofOne,
      path: '/data-import/imports/:import_id',
      summary: 'Show one import',
      responses: { 200: ImportDetail },
      handler: async (input) => {
        const row = await findOwnImport(services, input, input.params.import_id);
        const count = await inTenant(services.app, input.tenant, (trx) => countMappings(trx, row.id));
        return ok({ ...presentImport(row), field_mappings_count: count });
      },
    }),
    defineRoute({
      ...ofOne,
      path: '/data-import/imports/:import_id/raw-records',
      summary: 'List the accepted records of an import, as read and as cleansed',
      query: OffsetQuery,
      responses: { 200: RawRecords },
      handler: (input) => listRecords(services, input),
    }),
    defineRoute({
      ...ofOne,
      path: '/data-import/imports/:import_id/rejected-records',
      summary: 'List the records of an import that could not be read, each with its reason',
      query: CursorQuery,
      responses: { 200: RejectedRecords },
      handler: (input) => listRejected(services, input),
    }),
    defineRoute({
      ...ofOne,
      path: '/data-import/imports/:import_id/quality-issues',
      summary: 'List what was found about the data of an import, the worst first',
      query: FindingQuery,
      responses: { 200: FindingList },
      handler: (input) => listIssues(services, input),
    }),
  ];
}

async function listRecords(
  services: ApiServices,
  input: Input<z.output<typeof OffsetQuery>>,
): Promise<RouteAnswer> {
  const { tenant, params, query } = input;
  const row = await findOwnImport(services, input, params.import_id);
  const records = await inTenant(services.app, tenant, (trx) => listRecordViews(trx, row.id, query));
  return ok({
    records: records.map((record) => presentRecord(row, record)),
    total: row.acceptedRecords,
    ...query,
  });
}

const Position = z.object({ row: z.int() });

async function listRejected(
  services: ApiServices,
  input: Input<z.output<typeof CursorQuery>>,
): Promise<RouteAnswer> {
  const { tenant, params, query } = input;
  const { id, columns, rejectedRecords } = await findOwnImport(services, input, params.import_id);
  const afterRow = decodeCursor(query.cursor, Position)?.row ?? 0;
  const page = { afterRow, limit: query.limit + 1 };
  const rows = await inTenant(services.app, tenant, (trx) => listRejectedViews(trx, id, page));
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return ok({
    records: shown.map(({ rowNumber, lineNumber, columnPosition, code, message }) => ({
      row_number: rowNumber,
      line_number: lineNumber,
      source_field: columnPosition === null ? null : (columns[columnPosition] ?? null),
      code,
      message,
    })),
    total: rejectedRecords,
    next_cursor: last === undefined ? null : encodeCursor({ row: last.rowNumber }),
  });
}

async function listIssues(
  services: ApiServices,
  input: Input<z.output<typeof FindingQuery>>,
): Promise<RouteAnswer> {
  const { issue_type, severity, status } = input.query;
  const { id } = await findOwnImport(services, input, input.params.import_id);
  const rows = await inTenant(services.app, input.tenant, (trx) => listFindings(trx, id));
  const issues = rows
    .map(presentFinding)
    .filter((issue) => issue_type === undefined || issue.code === issue_type)
    .filter((issue) => severity === undefined || issue.severity === severity)
    .filter((issue) => status === undefined || issue.status === status);
  return ok({ quality_issues: issues, total: issues.length });
}

/** An import of the caller's tenant. @throws DomainError `IMP_003` or `SEC_001` for any other id. */
export async function findOwnImport(
  services: ApiServices,
  input: Pick<RouteInput, 'tenant' | 'actor' | 'traceId' | 'ctx'>,
  importId: string,
): Promise<DataImport> {
  const row = await readImportStatus(services.app, input.tenant, importId);
  if (row !== undefined) return row;
  throw await missingId(services, input, { kind: 'import', id: importId, code: 'IMP_003' });
}
