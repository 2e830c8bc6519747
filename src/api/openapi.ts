import { z } from 'zod';
import { errorCatalogue, type ErrorCode } from '../domain/error-catalogue';
import { ErrorEnvelope } from './schemas/errors';
import type { Route } from './route';

type Json = Record<string, unknown>;

/** OpenAPI 3.1 document of the routes, made from the zod schemas that guard them. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const components: Record<string, unknown> = {};
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = `/api/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: operation(route, components) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Surveyor', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: sorted(components),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'API key or access token' } },
    },
  };
}

function operation(route: Route, components: Record<string, unknown>): Json {
  const errors = responsesOfErrors(route, components);
  const answers = Object.entries(route.responses).map(([status, schema]) => [
    status,
    schema === null
      ? { description: 'Done' }
      : {
          description: 'Done',
          content: {
            ...jsonContent(toSchema(schema, 'output', components)),
            ...(status === '200' ? fileContent(route.files ?? []) : {}),
          },
        },
  ]);
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    security: route.scope === 'public' ? [] : [{ bearer: [] }],
    ...(route.permission === null ? {} : { 'x-permission': route.permission }),
    parameters: parametersOf(route, components),
    ...requestBody(route, components),
    responses: { ...Object.fromEntries(answers), ...errors },
  };
}

function fileContent(types: readonly string[]): Json {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }]));
}

function operationId(route: Route): string {
  const words = route.path.split('/').flatMap((part) => part.replace(':', 'by-').split(/[-_]/));
  const name = words.filter(Boolean).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${route.method}${name.join('')}`;
}

function requestBody(route: Route, components: Record<string, unknown>): Json {
  const json = route.body === null ? {} : jsonContent(toSchema(route.body, 'input', components));
  const form = route.form === undefined ? {} : formFields(route.form, components);
  const streams = Object.fromEntries((route.streams ?? []).map((type) => [type, streamSchema(type, form)]));
  const content = { ...streams, ...json };
  return Object.keys(content).length === 0 ? {} : { requestBody: { required: true, content } };
}

function streamSchema(type: string, form: Json): Json {
  if (type === 'application/json') {
    const records = { type: 'array', items: { type: 'object' }, minItems: 1 };
    return {
      schema: { type: 'object', required: ['file_data'], properties: { file_data: records, ...form } },
    };
  }
  if (type !== 'multipart/form-data') return { schema: { type: 'string' } };
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  return { schema: { type: 'object', required: ['file'], properties: { ...form, file } } };
}

function formFields(form: z.ZodType, components: Record<string, unknown>): Json {
  const schema = toSchema(form, 'output', components);
  const properties =
    typeof schema === 'object' && schema !== null && 'properties' in schema ? schema.properties : {};
  return { ...(properties as Json) }; // the properties of a JSON schema are an object
}

function parametersOf(route: Route, components: Record<string, unknown>): Json[] {
  const tenant =
    route.scope === 'tenant'
      ? ['X-Client-Account-Id', 'X-Engagement-Id'].map((name) => ({
          name,
          in: 'header',
          required: true,
          schema: { type: 'string', format: 'uuid' },
        }))
      : [];
  const once =
    route.scope === 'tenant' && route.method !== 'get'
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            schema: { type: 'string', maxLength: 128 },
          },
        ]
      : [];
  return [
    ...tenant,
    ...once,
    ...fieldsOf(route.params, 'path', components),
    ...fieldsOf(route.query, 'query', components),
  ];
}

function fieldsOf(schema: z.ZodType | null, place: string, components: Record<string, unknown>): Json[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, field]) => {
    // Values of a zod object's shape are zod types.
    const type = field as z.ZodType;
    return {
      name,
      in: place,
      required: place === 'path' || !type.safeParse(undefined).success,
      schema: toSchema(type, 'input', components),
    };
  });
}

function responsesOfErrors(route: Route, components: Record<string, unknown>): Json {
  const general: ErrorCode[] = ['VAL_001', 'SYS_001', 'RES_001'];
  const secured: ErrorCode[] = route.scope === 'public' ? [] : ['AUTH_001', 'AUTH_002'];
  const scoped: ErrorCode[] = route.scope === 'tenant' ? ['SEC_001', 'SEC_002'] : [];
  const bodied: ErrorCode[] =
    route.body === null && !route.streams ? [] : ['VAL_002', 'HTTP_413', 'HTTP_415'];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...general, ...secured, ...scoped, ...bodied, ...route.errors])) {
    const { status } = errorCatalogue[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = jsonContent(toSchema(ErrorEnvelope, 'output', components));
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [String(status), { description: codes.join(', '), content }]),
  );
}

const jsonContent = (schema: unknown): Json => ({ 'application/json': { schema } });

/** JSON Schema of a zod schema; schemas with an id become components. */
function toSchema(schema: z.ZodType, io: 'input' | 'output', components: Record<string, unknown>): unknown {
  const { $defs, $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  for (const [name, definition] of Object.entries($defs ?? {})) components[name] = relink(definition);
  return relink(rest);
}

/** Rewrites local references to components and leaves out long patterns that a format already tells. */
function relink(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relink);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (key === 'id') return typeof inner === 'object' ? [[key, relink(inner)]] : [];
    if (key === 'pattern' && 'format' in value) return [];
    if (key === '$ref' && typeof inner === 'string') {
      return [[key, inner.replace('#/$defs/', '#/components/schemas/')]];
    }
    return [[key, relink(inner)]];
  });
  return Object.fromEntries(entries);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
