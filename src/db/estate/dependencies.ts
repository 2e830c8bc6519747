import type { DependencyOrigin, DependencyType, Hardness } from '../../domain/lists';
import { copyIn } from '../bulk/copy';
import { escapeText } from '../bulk/copy-text';
import { livingAssets } from './living-assets';
import { execute, queryRows } from '../connection/query';
import { cellsText, numberCell, type RowBytes } from '../bulk/row-bytes';
import { type TenantTrx, tenantOf } from '../connection/tenant';

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** What edges have in common with many others. */
export interface DependencyKind {
  readonly type: DependencyType;
  readonly hardness: Hardness;
  readonly origin: DependencyOrigin;
  readonly protocol: string | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: string | null;
}

/** The cells of a dependency behind its source (which depends) and its target. */
export const dependencyCells = {
  kind: ({ type, hardness, origin, protocol, confidence, evidence }: DependencyKind): string =>
    cellsText([type, hardness, origin, protocol, confidence, evidence]),
  record: (importId: string | null): string => cellsText([importId]),
} as const;

/** A dependency as COPY text: what `dependencyCells` makes, and its numbers. */
export interface DependencyLine {
  readonly kind: string;
  readonly record: string;
  readonly rowNumber: number | null;
  readonly port: number | null;
  readonly connections: number | null;
}

/** Adds the cells of a dependency behind its two ids. */
export function addDependency(rows: RowBytes, line: DependencyLine): void {
  const { kind, record, rowNumber, port, connections } = line;
  const numbers = `${numberCell(port)}\t${numberCell(connections)}\t${numberCell(rowNumber)}`;
  rows.cells(`${kind}\t${record}\t${numbers}\n`);
}

/** Writes dependencies of a run, each made by `addDependency`; each pair, type and port stands once in it. */
export async function insertDependencies(
  trx: TenantTrx,
  runId: string,
  dependencies: Iterable<Buffer>,
): Promise<void> {
  await copyIn(
    trx,
    {
      table: 'landing_dependencies',
      columns: `source_id uuid, target_id uuid, type text, hardness text, origin text, protocol text,
       confidence numeric, evidence text, import_id uuid, port integer, connections bigint, row_number integer`,
    },
    dependencies,
  );
  await execute(
    trx,
    `insert into asset_dependencies (client_account_id, engagement_id, phase_run_id, source_asset_id,
       target_asset_id, type, hardness, origin, port, protocol, connections, confidence, import_id, row_number,
       evidence)
     select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, source_id, target_id, type, hardness, origin,
       port, protocol, connections, confidence, import_id, row_number, evidence
     from landing_dependencies`,
    { ...tenantOf(trx), runId },
  );
}

/** The cells of an unresolved reference that many have in common. */
export const unresolvedCells = {
  record: (importId: string): string => cellsText([importId]),
  kind: (reason: string, type: DependencyType): string => cellsText([reason, type]),
} as const;

/** A reference without a dependency as COPY text, but for the id of its asset. */
export interface UnresolvedLine {
  readonly record: string;
  readonly kind: string;
  readonly rowNumber: number;
  readonly reference: string;
}

/** Adds an unresolved reference; `addAsset` adds the id of the end that is known, null when neither is. */
export function addUnresolved(rows: RowBytes, line: UnresolvedLine, addAsset: (() => void) | null): void {
  const { record, kind, rowNumber, reference } = line;
  rows.cells(`${record}\t${rowNumber}\t`);
  if (addAsset === null) rows.cells('\\N\t');
  else addAsset();
  rows.cells(`${escapeText(reference)}\t${kind}\n`);
}

/** Writes references of a run that became no dependency, each made by `addUnresolved`. */
export async function insertUnresolvedReferences(
  trx: TenantTrx,
  runId: string,
  references: Iterable<Buffer>,
): Promise<void> {
  await copyIn(
    trx,
    {
      table: 'landing_unresolved',
      columns: `import_id uuid, row_number integer, asset_id uuid,
       reference text, reason text, type text`,
    },
    references,
  );
  await execute(
    trx,
    `insert into unresolved_references (client_account_id, engagement_id, phase_run_id, import_id, row_number,
       asset_id, reference, reason, type)
     select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, import_id, row_number, asset_id, reference,
       reason, type
     from landing_unresolved`,
    { ...tenantOf(trx), runId },
  );
}

/** What a person said about a dependency; ends that were merged stand as the assets that go on for them. */
export interface DependencyOverride {
  readonly sourceId: string;
  readonly targetId: string;
  readonly type: DependencyType;
  /** Null: any port. */
  readonly port: number | null;
  readonly action: 'add' | 'remove' | 'accept_cut';
  readonly hardness: Hardness | null;
}

export async function listDependencyOverrides(trx: TenantTrx): Promise<DependencyOverride[]> {
  return queryRows<DependencyOverride>(
    trx,
    `with recursive ${livingAssets(
      `select source_asset_id as asset_id from dependency_overrides where ${ofTenant}
       union select target_asset_id from dependency_overrides where ${ofTenant}`,
    )}
     select s.living_id as source_id, t.living_id as target_id, o.type, o.port, o.action, o.hardness
     from dependency_overrides o
     join living s on s.asset_id = o.source_asset_id
     join living t on t.asset_id = o.target_asset_id
     where o.client_account_id = :clientAccountId and o.engagement_id = :engagementId
     order by o.at, o.id`,
    { ...tenantOf(trx) },
  );
}

/** Throws away what an earlier attempt of a run has written. */
export async function deleteDependencyRows(trx: TenantTrx, runId: string): Promise<void> {
  const bindings = { ...tenantOf(trx), runId };
  for (const table of ['asset_dependencies', 'unresolved_references', 'application_members']) {
    await execute(trx, `delete from ${table} where ${ofTenant} and phase_run_id = :runId`, bindings);
  }
}
