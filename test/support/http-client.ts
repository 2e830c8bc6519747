import { createTenant } from '../../src/cli/provision';
import type { Tenant } from '../../src/domain/flow/messages';
import type { TestStack } from './stack';

export interface HttpAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls the API of a stack with the key of a client account. */
export class HttpClient {
  private constructor(
    private readonly stack: TestStack,
    readonly tenant: Tenant,
    private readonly apiKey: string,
  ) {}

  /** A client account with an engagement and a key of its own. */
  static async create(stack: TestStack): Promise<HttpClient> {
    const { apiKey, ...tenant } = await createTenant(stack.database.pools.auth, {
      account: 'A client account',
      engagement: 'An engagement',
    });
    return new HttpClient(stack, tenant, apiKey);
  }

  get(path: string): Promise<HttpAnswer> {
    return this.send(path, {});
  }

  post(path: string, body: unknown = {}): Promise<HttpAnswer> {
    return this.send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  }

  /** Uploads a file as a form. */
  upload(
    file: { readonly name: string; readonly content: string },
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<HttpAnswer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([file.content], { type: 'text/csv' }), file.name);
    return this.send('/data-import/store-import', { method: 'POST', body: form, headers });
  }

  private async send(path: string, init: RequestInit): Promise<HttpAnswer> {
    const response = await fetch(`${this.stack.apiUrl}/api/v1${path}`, {
      ...init,
      headers: {
        ...Object.fromEntries(new Headers(init.headers)),
        authorization: `Bearer ${this.apiKey}`,
        'x-client-account-id': this.tenant.clientAccountId,
        'x-engagement-id': this.tenant.engagementId,
      },
    });
    const text = await response.text();
    const body: unknown = text === '' ? {} : JSON.parse(text);
    // Every answer of the API is a JSON object.
    const answer = body as Readonly<Record<string, unknown>>;
    return { status: response.status, location: response.headers.get('location'), body: answer };
  }
}
