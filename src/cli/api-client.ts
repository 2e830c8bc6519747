import { openAsBlob } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { CommandError, exitCodes } from './exit-codes';

const ErrorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), suggestion: z.string() }),
});

export interface ClientSettings {
  readonly url?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly clientAccountId?: string | undefined;
  readonly engagementId?: string | undefined;
}

export interface ApiClient {
  readonly get: <S extends z.ZodType>(path: string, schema: S) => Promise<z.output<S>>;
  readonly send: <S extends z.ZodType>(request: SendRequest, schema: S) => Promise<z.output<S>>;
  /** Uploads one file as a form with further fields. */
  readonly upload: <S extends z.ZodType>(request: UploadRequest, schema: S) => Promise<z.output<S>>;
}

interface SendRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface UploadRequest {
  readonly path: string;
  readonly file: string;
  readonly fields: Readonly<Record<string, string>>;
}

const needed = [
  ['url', 'SURVEYOR_URL'],
  ['apiKey', 'SURVEYOR_API_KEY'],
  ['clientAccountId', 'SURVEYOR_CLIENT_ACCOUNT_ID'],
  ['engagementId', 'SURVEYOR_ENGAGEMENT_ID'],
] as const;

/**
 * A client of the public API.
 *
 * @throws CommandError with exit code 78 that names every missing setting.
 */
export function createApiClient(settings: ClientSettings): ApiClient {
  const missing = needed.filter(([name]) => !settings[name]).map(([, key]) => key);
  if (missing.length > 0) {
    throw new CommandError(
      `Not set: ${missing.join(', ')}. Start Surveyor here first, or set them.`,
      exitCodes.configuration,
    );
  }
  const base = `${(settings.url ?? '').replace(/\/+$/, '')}/api/v1`;
  const headers = {
    authorization: `Bearer ${settings.apiKey}`,
    'x-client-account-id': settings.clientAccountId ?? '',
    'x-engagement-id': settings.engagementId ?? '',
  };

  async function call<S extends z.ZodType>(
    where: string,
    init: RequestInit,
    schema: S,
  ): Promise<z.output<S>> {
    const response = await reach(`${base}${where}`, init);
    const text = await response.text();
    if (!response.ok) throw refused(response.status, text);
    return schema.parse(text === '' ? null : JSON.parse(text));
  }

  return {
    get: (where, schema) => call(where, { headers }, schema),
    send: ({ method, path: where, body, headers: more }, schema) => {
      const json = body === undefined ? {} : { body: JSON.stringify(body) };
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      return call(where, { method, headers: { ...headers, ...type, ...more }, ...json }, schema);
    },
    upload: async ({ path: where, file, fields }, schema) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set('file', await openFile(file), path.basename(file));
      return call(where, { method: 'POST', headers, body: form }, schema);
    },
  };
}

async function openFile(file: string): Promise<Blob> {
  try {
    return await openAsBlob(file);
  } catch {
    throw new CommandError(`${file} cannot be read`);
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    throw new CommandError(`No answer from ${new URL(url).origin}. Is Surveyor running?`);
  }
}

function refused(status: number, text: string): CommandError {
  const parsed = ErrorBody.safeParse(parseJson(text));
  if (!parsed.success) return new CommandError(`The API answered ${status}`);
  const { code, message, suggestion } = parsed.data.error;
  return new CommandError(`${code}: ${message}. ${suggestion}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
