import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ActivityDependencies } from '../../src/activities/dependencies';
import { createImportPhases } from '../../src/activities/phases/import-phases';
import { createRecordActivities } from '../../src/activities/records';
import { systemActor } from '../../src/db/accounts/audit';
import { decideGate, findGate } from '../../src/db/flows/gates';
import { insertObject, setObjectReady } from '../../src/db/imports/objects';
import { inTenant } from '../../src/db/connection/tenant';
import { defaultFlowLimits } from '../../src/domain/flow/limits';
import {
  defaultFlowPolicy,
  type FlowPolicy,
  type ImportRequest,
  type PhaseResult,
  type Tenant,
} from '../../src/domain/flow/messages';
import { defaultIntakeLimits, type IntakeLimits } from '../../src/intake/types';
import { createLocalObjectStore } from '../../src/objects/local-object-store';
import type { TestDatabase } from './database';

export interface RunFile {
  readonly content: string;
  readonly filename?: string;
  readonly settings?: ImportRequest['processingConfig'];
}

export interface RunImport {
  readonly flowId: string;
  readonly importId: string;
  /** Who started the flow and approves it. */
  readonly userId: string;
  readonly mapped: PhaseResult;
}

/** Takes files through the phases up to the mapping, activity by activity, over a real database. */
export class ImportRunner {
  private constructor(
    readonly deps: ActivityDependencies,
    private readonly folder: string,
  ) {}

  static async create(
    { pools }: TestDatabase,
    intakeLimits: IntakeLimits = defaultIntakeLimits,
  ): Promise<ImportRunner> {
    const folder = await mkdtemp(path.join(tmpdir(), 'import-runner-'));
    const deps: ActivityDependencies = {
      app: pools.app,
      system: pools.system,
      objects: createLocalObjectStore(folder),
      intakeLimits,
      directory: {
        describe: async () => 'running',
        restart: async () => undefined,
        signal: async () => undefined,
        listOpen: async () => [],
        describeChange: async () => 'running',
        startChange: async () => undefined,
      },
      cancellation: () => new AbortController().signal,
      today: () => '2026-11-22',
    };
    return new ImportRunner(deps, folder);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs one file up to its mapping. */
  async run(
    tenant: Tenant,
    file: RunFile,
    approval: Partial<FlowPolicy['approval']> = {},
  ): Promise<RunImport> {
    const { order, userId } = await this.start(tenant, file, approval);
    const { flowId, importId } = order;
    const phases = createImportPhases(this.deps);
    await phases.importData({ ...order, phase: 'data_import' });
    await phases.validateImport({ ...order, phase: 'data_validation' });
    const mapped = await phases.suggestMappings({ ...order, phase: 'field_mapping' });
    return { flowId, importId, userId, mapped };
  }

  /** Starts the flow of one file, of which no phase has run. */
  async start(tenant: Tenant, file: RunFile, approval: Partial<FlowPolicy['approval']> = {}) {
    const { userId, objectId, sha256 } = await this.store(tenant, file);
    const [flowId, importId] = [randomUUID(), randomUUID()];
    await createRecordActivities(this.deps).createOrLoadFlow(
      {
        ...tenant,
        flowId,
        userId,
        flowName: null,
        fingerprint: sha256,
        import: { importId, objectId, ...(file.settings && { processingConfig: file.settings }) },
        policy: { ...defaultFlowPolicy, approval: { ...defaultFlowPolicy.approval, ...approval } },
        limits: defaultFlowLimits,
      },
      randomUUID(),
    );
    return { order: { ...tenant, flowId, importId }, userId };
  }

  /** A person approves the mappings of a flow as they stand. */
  async approve(tenant: Tenant, { flowId, userId }: Pick<RunImport, 'flowId' | 'userId'>): Promise<void> {
    const gate = { flowId, gate: 'mapping_approval', importId: null } as const;
    await inTenant(this.deps.app, tenant, async (trx) => {
      const version = (await findGate(trx, gate))?.version ?? 0;
      const decision = { version, decision: { approved: true }, decidedBy: userId };
      await decideGate(trx, gate, decision, systemActor);
    });
    await createRecordActivities(this.deps).settleGate({ ...tenant, flowId }, 'mapping_approval');
  }

  private async store(tenant: Tenant, { content, filename = 'servers.csv' }: RunFile) {
    const [userId, objectId] = [randomUUID(), randomUUID()];
    const bytes = Readable.from([Buffer.from(content)]);
    const limits = { maxBytes: 1e9, inspect: () => undefined };
    const stored = await this.deps.objects.put({ ...tenant, objectId }, bytes, limits);
    await inTenant(this.deps.app, tenant, async (trx) => {
      const entry = { id: objectId, kind: 'upload', storageKey: stored.key, filename } as const;
      await insertObject(trx, { ...entry, mediaType: 'text/csv', createdBy: userId });
      await setObjectReady(trx, objectId, stored);
    });
    return { userId, objectId, sha256: stored.sha256 };
  }
}
