import type { TestApi } from './api-server';

/** An operation of the served document. */
export interface Operation {
  readonly method: string;
  /** Below `/api/v1`, with `{name}` parameters. */
  readonly path: string;
  readonly permission: string | null;
  readonly isPublic: boolean;
  readonly needsTenant: boolean;
  readonly hasBody: boolean;
}

/** Every operation that the server says it has. */
export async function operationsOf(api: TestApi): Promise<Operation[]> {
  const response = await fetch(`${api.url}/openapi.json`);
  // The document is checked by a test of its own.
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, any>> }; // oxlint-disable-line typescript/no-explicit-any -- see above
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.replace('/api/v1', ''),
      permission: operation['x-permission'] ?? null,
      isPublic: operation.security.length === 0,
      needsTenant: operation.parameters.some(
        ({ name }: { readonly name: string }) => name === 'X-Client-Account-Id',
      ),
      hasBody: operation.requestBody !== undefined,
    })),
  );
}

export interface Ids {
  readonly flow_id: string;
  readonly import_id: string;
  readonly mapping_id: string;
  readonly asset_id: string;
  readonly conflict_id: string;
  readonly change_id: string;
  readonly recipe_id: string;
}

/** Bodies that pass validation, by operation; what they name are the given ids. */
export function bodyFor({ method, path }: Operation, ids: Ids): unknown {
  const bodies: Readonly<Record<string, unknown>> = {
    'PUT /unified-discovery/flows/{flow_id}/field-mappings': { version: 1, mappings: [] },
    'POST /unified-discovery/flows/{flow_id}/profile-decisions': { version: 1, decisions: [] },
    'POST /unified-discovery/flows/{flow_id}/approve': { version: 1 },
    'POST /data-import/field-mappings/imports/{import_id}/mappings': {
      source_field: 'Name',
      target_field: 'name',
    },
    'PUT /data-import/field-mappings/mappings/{mapping_id}': { target_field: 'description' },
    'POST /data-import/field-mappings/{mapping_id}/reject': { rejection_reason: 'Wrong' },
    'POST /data-import/field-mappings/learn': {
      actions: [{ mapping_id: ids.mapping_id, action: 'approve' }],
    },
    'PATCH /unified-discovery/assets/{asset_id}': { values: { description: 'x' } },
    'PATCH /unified-discovery/assets': { asset_ids: [ids.asset_id], values: { description: 'x' } },
    'POST /unified-discovery/conflicts': {
      resolutions: [{ conflict_id: ids.conflict_id, resolution_action: 'keep_existing' }],
    },
    'POST /sources': { name: 'A source' },
    'POST /client-accounts': { name: 'A client' },
    'POST /engagements': { client_account_id: ids.flow_id, name: 'An engagement' },
    'POST /auth/login': { email: 'nobody@example.com', password: 'wrong' },
    'POST /data-import/store-import': { file_data: [{ Name: 'a' }] },
    'POST /data-import/upload': { file_data: [{ Name: 'a' }] },
    'POST /data-import/validate-upload': { file_data: [{ Name: 'a' }] },
  };
  return bodies[`${method} ${path}`] ?? {};
}

/** The path of an operation with ids in the place of its parameters. */
export function pathWith({ path }: Operation, ids: Ids): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = name === 'task_id' ? 'no-such-task' : name === 'error_type' ? 'flow' : undefined;
    return id ?? ids[name as keyof Ids]; // every other parameter is one of the ids
  });
}
