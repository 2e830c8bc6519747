import { clientProfile } from '../runtime/embedded/client-profile';
import { type Config, readConfig } from '../runtime/config';
import { type ApiClient, createApiClient } from './api-client';
import { createOutput, type Output } from './output';

/** What every command gets: configuration, output and, when it asks for one, a client of the API. */
export interface CommandContext {
  readonly config: Config;
  readonly output: Output;
  readonly client: () => ApiClient;
}

export function createContext(options: { readonly json?: boolean | undefined }): CommandContext {
  const config = readConfig(process.env);
  return {
    config,
    output: createOutput({ json: options.json === true }),
    client: () => createApiClient(clientProfile(config)),
  };
}
