import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from './config';

/** What a connection needs to know. */
export type TemporalSettings = Pick<Config, 'temporalNamespace' | 'temporalTls'> &
  Partial<Pick<Config, 'temporalApiKey'>> & { readonly temporalAddress: string };

/** A client of the configured namespace. Throws when the server does not answer within `timeoutMs` (default 10 s). */
export async function connectClient(settings: TemporalSettings, timeoutMs = 10_000): Promise<Client> {
  const connection = await Connection.connect({ ...connectionOptions(settings), connectTimeout: timeoutMs });
  return new Client({ connection, namespace: settings.temporalNamespace });
}

/** A client that connects with its first call, and again after an outage; a server's start needs no Temporal. */
export function lazyClient(settings: TemporalSettings, connectTimeoutMs = 3_000): Client {
  const connection = Connection.lazy({ ...connectionOptions(settings), connectTimeout: connectTimeoutMs });
  return new Client({ connection, namespace: settings.temporalNamespace });
}

/** The connection of a worker, over the SDK's native core. */
export function connectWorker(settings: TemporalSettings): Promise<NativeConnection> {
  return NativeConnection.connect(connectionOptions(settings));
}

/** Search attributes of every flow; all of type Keyword. */
export const searchAttributes = ['ClientAccountId', 'EngagementId', 'FlowPhase', 'FlowStatus'] as const;

/** `INDEXED_VALUE_TYPE_KEYWORD` of temporal.api.enums.v1. */
const KEYWORD = 2;

/** Registers the search attributes that the namespace lacks; safe to call from several processes at once. */
export async function ensureSearchAttributes(client: Client): Promise<void> {
  const namespace = client.options.namespace;
  const { operatorService } = client.connection as Connection; // connectClient made it, and it has the service
  const known = await operatorService.listSearchAttributes({ namespace });
  const missing = searchAttributes.filter((name) => known.customAttributes?.[name] === undefined);
  if (missing.length === 0) return;
  const types = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
  try {
    await operatorService.addSearchAttributes({ namespace, searchAttributes: types });
  } catch (error) {
    const after = await operatorService.listSearchAttributes({ namespace });
    if (missing.some((name) => after.customAttributes?.[name] === undefined)) throw error;
  }
}

function connectionOptions(settings: TemporalSettings): { address: string; tls?: true; apiKey?: string } {
  const { temporalAddress: address, temporalTls, temporalApiKey } = settings;
  return {
    address,
    ...(temporalTls || temporalApiKey ? { tls: true } : {}),
    ...(temporalApiKey ? { apiKey: temporalApiKey } : {}),
  };
}
