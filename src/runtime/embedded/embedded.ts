import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config';
import { type EmbeddedPostgres, startPostgres } from './embedded-postgres';
import { type EmbeddedTemporal, startTemporal } from './embedded-temporal';
import { LockHeldError, takeLock } from '../process/file-lock';
import { Supervisor } from '../process/processes';
import { findTemporal, type ToolSettings } from './temporal-binary';

export type EmbeddedSettings = ToolSettings &
  Pick<Config, 'home' | 'postgresPort' | 'temporalPort' | 'temporalUiPort' | 'temporalNamespace'> &
  Partial<Pick<Config, 'temporalAddress'>>;

export interface EmbeddedOptions {
  readonly settings: EmbeddedSettings;
  /** Whether to serve the Temporal Web UI. */
  readonly temporalUi: boolean;
  readonly onProgress: (line: string) => void;
  /** Whether commits survive a power cut (default yes); tests do without. */
  readonly durable?: boolean;
}

export interface EmbeddedServers {
  readonly postgres: { readonly adminUrl: string; readonly port: number };
  readonly temporal: { readonly address: string; readonly uiUrl: string | undefined };
  /** For further processes of the same tree; they are stopped first. */
  readonly supervisor: Supervisor;
  /** Stops everything in reverse order and gives the state folder free. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL and Temporal (or uses the Temporal server that the settings name) with their state in the home
 * folder, side by side. Throws when another process runs from that folder, or when a server cannot be started;
 * then nothing stays behind.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServers> {
  const { settings } = options;
  // Root lets the user that PostgreSQL runs as pass through; nobody else has business in here.
  mkdirSync(settings.home, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const release = lockHome(settings.home);
  const supervisor = new Supervisor(settings.home);
  const stop = async (): Promise<void> => {
    await supervisor.stopAll();
    release();
  };
  const started = await Promise.allSettled([postgres(supervisor, options), temporal(supervisor, options)]);
  const [database, orchestration] = started;
  if (database.status === 'fulfilled' && orchestration.status === 'fulfilled') {
    const { adminUrl, port } = database.value;
    const { address, uiUrl } = orchestration.value;
    return { postgres: { adminUrl, port }, temporal: { address, uiUrl }, supervisor, stop };
  }
  await stop();
  throw firstReason(started);
}

function postgres(supervisor: Supervisor, { settings, durable }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  return startPostgres(supervisor, {
    home: settings.home,
    cacheDir: settings.cacheDir,
    port: settings.postgresPort,
    durable: durable ?? true,
  });
}

async function temporal(
  supervisor: Supervisor,
  { settings, temporalUi, onProgress, durable }: EmbeddedOptions,
): Promise<Pick<EmbeddedTemporal, 'address' | 'uiUrl'>> {
  if (settings.temporalAddress !== undefined) return { address: settings.temporalAddress, uiUrl: undefined };
  const { path: binary } = await findTemporal(settings, onProgress);
  return startTemporal(supervisor, {
    home: settings.home,
    binary,
    port: settings.temporalPort,
    ...(temporalUi ? { uiPort: settings.temporalUiPort } : {}),
    namespace: settings.temporalNamespace,
    durable: durable ?? true,
  });
}

function lockHome(home: string): () => void {
  try {
    return takeLock(path.join(home, 'run', 'lock'));
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error;
    throw new Error(
      `Surveyor already runs from ${home} (process ${error.holder.pid}). Stop it, or set SURVEYOR_HOME to another folder.`,
      { cause: error },
    );
  }
}

function firstReason(results: readonly PromiseSettledResult<unknown>[]): unknown {
  return results.find((result) => result.status === 'rejected')?.reason;
}
