import type { DependencyOrigin, DependencyType, Hardness } from '../domain/lists';
import { copyIn } from './copy';
import { livingAssets } from './living-assets';
import { execute, queryRows } from './query';
import { linePieces } from './line-pieces';
import { type TenantTrx, tenantOf } from './tenant';

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

export interface NewDependency {
  /** The asset that depends. */
  readonly sourceId: string;
  readonly targetId: string;
  readonly type: DependencyType;
  readonly hardness: Hardness;
  readonly origin: DependencyOrigin;
  readonly port: number | null;
  readonly protocol: string | null;
  readonly connections: number | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly importId: string | null;
  readonly rowNumber: number | null;
  readonly evidence: string | null;
}

/** Writes dependencies of a run; each pair, type and port stands once in it. */
export async function insertDependencies(
  trx: TenantTrx,
  runId: string,
  dependencies: Iterable<NewDependency>,
): Promise<void> {
  await copyIn(
    trx,
    {
      table: 'landing_dependencies',
      columns: `source_id uuid, target_id uuid, type text, hardness text,
       origin text, port integer, protocol text, connections bigint, confidence numeric, import_id uuid,
       row_number integer, evidence text`,
    },
    linePieces(dependencies, (one) => [
      one.sourceId,
      one.targetId,
      one.type,
      one.hardness,
      one.origin,
      one.port,
      one.protocol,
      one.connections,
      one.confidence,
      one.importId,
      one.rowNumber,
      one.evidence,
    ]),
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

export interface NewUnresolvedReference {
  readonly importId: string;
  readonly rowNumber: number;
  /** The end that is known, null when neither is. */
  readonly assetId: string | null;
  readonly reference: string;
  readonly reason: string;
  readonly type: DependencyType;
}

export async function insertUnresolvedReferences(
  trx: TenantTrx,
  runId: string,
  references: Iterable<NewUnresolvedReference>,
): Promise<void> {
  await copyIn(
    trx,
    {
      table: 'landing_unresolved',
      columns: `import_id uuid, row_number integer, asset_id uuid,
       reference text, reason text, type text`,
    },
    linePieces(references, (one) => [
      one.importId,
      one.rowNumber,
      one.assetId,
      one.reference,
      one.reason,
      one.type,
    ]),
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
