import { Readable } from 'node:stream';
import { z } from 'zod';
import type { DataImport } from '../../db/imports/imports';
import {
  countReasons,
  type ImportRuns,
  listRejected,
  readImportRuns,
} from '../../db/imports/rejected-records';
import { inTenant } from '../../db/connection/tenant';
import type { Tenant } from '../../domain/flow/messages';
import { rejectedCsv, type RejectedRow, rejectedSheet } from '../../intake/corrected/corrected-file';
import { writeWorkbook } from '../../intake/xlsx/write-workbook';
import { attachment } from '../content-disposition';
import { decodeCursor, encodeCursor } from '../cursor';
import { presentLedger } from '../presenters/ledger-view';
import { presentRejected, rejectedRow } from '../presenters/rejected-view';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { EstateChangeView } from '../schemas/estate-changes';
import { importParams } from '../schemas/imports';
import { ImportLedger, RejectedList, RejectedQuery } from '../schemas/rejected';
import type { ApiServices } from '../services';
import { uploadTypes } from '../uploads';
import { correctImport } from '../use-cases/correct-import';
import { findOwnImport } from './imports';

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const ofOne = {
  scope: 'tenant',
  tag: 'imports',
  params: importParams,
  permission: 'discovery.read',
} as const;

/** What became of the records of an import, and how rejected ones come back. */
export function rejectedRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...ofOne,
      method: 'get',
      path: '/data-import/imports/:import_id/rejected',
      summary:
        'Rejected records with what is wrong with each: a page as JSON, or all of them as CSV or XLSX to correct',
      query: RejectedQuery,
      responses: { 200: RejectedList },
      files: Object.values(types),
      errors: ['IMP_003'],
      handler: (input) => rejected(services, input),
    }),
    defineRoute({
      ...ofOne,
      method: 'get',
      path: '/data-import/imports/:import_id/ledger',
      summary: 'Count where the records of an import ended, by phase and reason',
      responses: { 200: ImportLedger },
      errors: ['IMP_003'],
      handler: async (input) => {
        const entry = await findOwnImport(services, input, input.params.import_id);
        return inTenant(services.app, input.tenant, async (trx) => {
          const runs = await readImportRuns(trx, entry.id);
          return ok(presentLedger(entry, runs, await countReasons(trx, runs)));
        });
      },
    }),
    defineRoute({
      ...ofOne,
      method: 'post',
      path: '/data-import/imports/:import_id/corrected',
      summary: 'Take the rows of a corrected file that were rejected before into the same import',
      permission: 'discovery.import',
      streams: uploadTypes,
      responses: { 200: EstateChangeView, 202: EstateChangeView },
      errors: ['IMP_003', 'IMP_009', 'IMP_010', 'UPLOAD_001', 'UPLOAD_002', 'UPLOAD_004', 'STORAGE_001'],
      handler: (input) => correctImport(services, input),
    }),
  ];
}

type Input = RouteInput<{ readonly import_id: string }, z.output<typeof RejectedQuery>>;

async function rejected(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const entry = await findOwnImport(services, input, input.params.import_id);
  const runs = await inTenant(services.app, input.tenant, (trx) => readImportRuns(trx, entry.id));
  const format = formatOf(input);
  if (format === 'json') return page(services, input, entry, runs);
  const rows = allRows(services, input.tenant, entry, runs);
  const name = `${(entry.filename ?? 'import').replace(/\.\w{1,8}$/, '')}-rejected.${format}`;
  return fileAnswer(format, name, entry, rows);
}

function formatOf({ query, ctx }: Input): 'json' | 'csv' | 'xlsx' {
  if (query.format !== undefined) return query.format;
  const accepted = ctx.accepts('json', 'text/csv', types.xlsx);
  if (accepted === 'text/csv') return 'csv';
  return accepted === types.xlsx ? 'xlsx' : 'json';
}

function fileAnswer(
  format: 'csv' | 'xlsx',
  name: string,
  { columns }: DataImport,
  rows: AsyncGenerator<readonly RejectedRow[]>,
): RouteAnswer {
  const body =
    format === 'csv'
      ? Readable.from(rejectedCsv(columns, rows), { objectMode: false })
      : writeWorkbook([rejectedSheet(columns, rows)]);
  return {
    status: 200,
    body,
    headers: { 'Content-Type': types[format], 'Content-Disposition': attachment(name) },
  };
}

/** Records of one page may be 64 KiB each. */
const rowsAtOnce = 200;

/** Every rejected record, a page in a transaction of its own: a slow reader holds no connection. */
async function* allRows(
  services: Pick<ApiServices, 'app'>,
  tenant: Tenant,
  entry: DataImport,
  runs: ImportRuns,
): AsyncGenerator<readonly RejectedRow[], void, undefined> {
  for (let afterRow = 0; ;) {
    const wanted = { afterRow, limit: rowsAtOnce };
    const records = await inTenant(services.app, tenant, (trx) => listRejected(trx, runs, wanted));
    if (records.length > 0) yield records.map((record) => rejectedRow(entry, record));
    if (records.length < rowsAtOnce) return;
    afterRow = records.at(-1)?.rowNumber ?? afterRow;
  }
}

const Position = z.object({ row: z.int() });

async function page(
  services: ApiServices,
  { tenant, query }: Input,
  entry: DataImport,
  runs: ImportRuns,
): Promise<RouteAnswer> {
  const afterRow = decodeCursor(query.cursor, Position)?.row ?? 0;
  const wanted = { afterRow, limit: query.limit + 1 };
  const records = await inTenant(services.app, tenant, (trx) => listRejected(trx, runs, wanted));
  const shown = records.slice(0, query.limit);
  const last = records.length > query.limit ? shown.at(-1) : undefined;
  return ok({
    records: shown.map((record) => presentRejected(entry, record)),
    total: (runs.data_import?.rejected ?? 0) + (runs.data_cleansing?.rejected ?? 0),
    next_cursor: last === undefined ? null : encodeCursor({ row: last.rowNumber }),
  });
}
