import type { z } from 'zod';
import { originOf, type StoredOrigins } from '../../db/estate/assets';
import { type FieldMapping, listMappings } from '../../db/imports/mappings';
import {
  type ChangeRow,
  listChangesOf,
  listOriginCells,
  listOverridesOf,
  listSourcesOfAssets,
  type OriginCell,
  type OverrideRow,
} from '../../db/estate/read-assets';
import type { AssetRow } from '../../db/hot-reads';
import type { TenantTrx } from '../../db/connection/tenant';
import { type AttributeName, attributeNames } from '../../domain/attributes/types';
import type { ValueOrigin } from '../../domain/inventory/types';
import { presentSource, valuesOf } from '../presenters/asset-view';
import type { Provenance } from '../schemas/assets';

type Body = z.output<typeof Provenance>;
type ValueBody = Body['values'][number];

const mostRecords = 500;

interface Evidence {
  readonly cells: ReadonlyMap<string, OriginCell>;
  readonly changes: ReadonlyMap<string, ChangeRow>;
  readonly mappings: ReadonlyMap<string, readonly FieldMapping[]>;
  readonly overrides: ReadonlyMap<string, OverrideRow>;
}

/** For each value of an asset the file, row, column and conversion, or the rule or person, that it comes from. */
export async function explainAsset(trx: TenantTrx, row: AssetRow): Promise<Body> {
  const overrides = await listOverridesOf(trx, [row.id]);
  const values = valuesOf(row, overrides);
  // Projections write the column in this shape.
  const stored = row.origins as StoredOrigins | null;
  const origins = new Map(attributeNames.map((name) => [name, originOf(stored, row.values, name)] as const));
  const evidence = await readEvidence(trx, [...origins.values()], overrides);
  const names = attributeNames.filter((name) => name in values || evidence.overrides.has(name));
  const records = await listSourcesOfAssets(trx, [row.id], mostRecords);
  return {
    asset_id: row.id,
    values: names.map((name) => presentValue(name, values[name] ?? null, origins.get(name), evidence)),
    records: records.map((record) => ({
      ...presentSource(record),
      rank: record.rank,
      as_of: record.asOf?.toISOString() ?? null,
    })),
  };
}

async function readEvidence(
  trx: TenantTrx,
  origins: readonly (ValueOrigin | undefined)[],
  overrides: readonly OverrideRow[],
): Promise<Evidence> {
  const wanted = recordsOf(origins).slice(0, mostRecords);
  const mappings = new Map<string, readonly FieldMapping[]>();
  for (const importId of new Set(wanted.map((record) => record.importId))) {
    mappings.set(importId, await listMappings(trx, importId));
  }
  const cells = await listOriginCells(trx, wanted);
  const changes = await listChangesOf(trx, wanted);
  return {
    mappings,
    cells: new Map(cells.map((cell) => [keyOf(cell.importId, cell.rowNumber), cell])),
    changes: new Map(
      changes.map((change) => [`${keyOf(change.importId, change.rowNumber)}/${change.attribute}`, change]),
    ),
    overrides: new Map(overrides.map((override) => [override.attribute, override])),
  };
}

/** The records behind values, each once. */
function recordsOf(
  origins: readonly (ValueOrigin | undefined)[],
): { readonly importId: string; readonly rowNumber: number }[] {
  const records = new Map<string, { readonly importId: string; readonly rowNumber: number }>();
  for (const origin of origins) {
    const { importId = null, rowNumber = null, rowNumbers = [] } = origin ?? {};
    if (importId === null || rowNumber === null) continue;
    for (const row of [rowNumber, ...rowNumbers]) {
      records.set(keyOf(importId, row), { importId, rowNumber: row });
    }
  }
  return [...records.values()];
}

function keyOf(importId: string, rowNumber: number): string {
  return `${importId}/${rowNumber}`;
}

const nothing = {
  import_id: null,
  row_number: null,
  line_number: null,
  parts: null,
  filename: null,
  source_name: null,
  source_column: null,
  original_text: null,
  rule: null,
  user_id: null,
  reason: null,
  at: null,
} as const;

function presentValue(
  attribute: AttributeName,
  value: unknown,
  origin: ValueOrigin | undefined,
  evidence: Evidence,
): ValueBody {
  const override = evidence.overrides.get(attribute);
  if (override !== undefined) {
    const { userId, reason, at } = override;
    return { ...nothing, attribute, value, origin: 'person', user_id: userId, reason, at: at.toISOString() };
  }
  if (origin === undefined) return { ...nothing, attribute, value, origin: 'unknown' };
  if (origin.importId === null || origin.rowNumber === null) {
    return { ...nothing, attribute, value, origin: origin.by, rule: origin.rule, user_id: origin.userId };
  }
  return { ...nothing, attribute, value, origin: 'source', ...cellOf(attribute, origin, evidence) };
}

function cellOf(attribute: AttributeName, origin: ValueOrigin, evidence: Evidence): Partial<ValueBody> {
  const { importId, rowNumber } = origin;
  const key = keyOf(importId ?? '', rowNumber ?? 0);
  const place = { import_id: importId, row_number: rowNumber };
  return {
    ...place,
    ...mappedCell(attribute, importId ?? '', { key, evidence }),
    ...fileOf(evidence.cells.get(key)),
    ...conversionOf(evidence.changes.get(`${key}/${attribute}`)),
    parts: partsOf(attribute, origin, evidence),
  };
}

function partsOf(
  attribute: AttributeName,
  { importId, rowNumbers }: ValueOrigin,
  evidence: Evidence,
): ValueBody['parts'] {
  if (importId === null || rowNumbers === undefined) return null;
  return rowNumbers.map((row) => {
    const key = keyOf(importId, row);
    const { original_text = null } = mappedCell(attribute, importId, { key, evidence });
    return { row_number: row, line_number: evidence.cells.get(key)?.lineNumber ?? null, original_text };
  });
}

/** The cell by the approved mapping of its column. */
function mappedCell(
  attribute: AttributeName,
  importId: string,
  { key, evidence }: { readonly key: string; readonly evidence: Evidence },
): Partial<ValueBody> {
  const ofImport = evidence.mappings.get(importId) ?? [];
  const mapping = ofImport.find(({ target, status }) => target === attribute && status === 'approved');
  if (mapping === undefined) return {};
  const text = evidence.cells.get(key)?.cells?.[mapping.columnPosition];
  return { source_column: mapping.sourceColumn, original_text: text ?? null };
}

function fileOf(cell: OriginCell | undefined): Partial<ValueBody> {
  if (cell === undefined) return {};
  return { line_number: cell.lineNumber, filename: cell.filename, source_name: cell.sourceName };
}

function conversionOf(change: ChangeRow | undefined): Partial<ValueBody> {
  if (change === undefined) return {};
  return { source_column: change.sourceColumn, original_text: change.fromText, rule: change.rule };
}
