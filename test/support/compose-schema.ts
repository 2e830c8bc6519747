/** The part of the Compose specification that the project uses; anything else in the file is a mistake. */

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text, uniqueItems: true } as const;
const duration = { type: 'string', pattern: '^[1-9][0-9]*(ms|s|m|h)$' } as const;
const empty = { type: 'object', additionalProperties: false } as const;

const healthcheck = {
  type: 'object',
  additionalProperties: false,
  required: ['test', 'interval', 'timeout', 'retries'],
  properties: {
    test: { type: 'array', items: text, minItems: 2 },
    interval: duration,
    timeout: duration,
    start_period: duration,
    retries: { type: 'integer', minimum: 1 },
  },
} as const;

const dependencies = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    required: ['condition'],
    properties: {
      condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] },
    },
  },
} as const;

const service = {
  type: 'object',
  additionalProperties: false,
  required: ['image', 'restart', 'networks'],
  properties: {
    image: { type: 'string', pattern: '^[a-z0-9./-]+:(?!latest$)\\S+$' },
    build: {
      type: 'object',
      additionalProperties: false,
      required: ['context'],
      properties: { context: text },
    },
    restart: { type: 'string', pattern: '^(no|always|unless-stopped|on-failure(:[0-9]+)?)$' },
    init: { type: 'boolean' },
    read_only: { type: 'boolean' },
    tmpfs: texts,
    security_opt: texts,
    cap_drop: texts,
    shm_size: { type: 'string', pattern: '^[0-9]+(kb|mb|gb)$' },
    mem_limit: { type: 'string', pattern: '^[0-9]+[kmg]$' },
    environment: { type: 'object', additionalProperties: text },
    // Published on the loopback address only; a reverse proxy stands before it.
    ports: { type: 'array', items: { type: 'string', pattern: '^127\\.0\\.0\\.1:[0-9]+:[0-9]+$' } },
    volumes: { type: 'array', items: { type: 'string', pattern: '^(\\./)?[\\w./-]+:/[\\w./-]*(:ro)?$' } },
    networks: { ...texts, minItems: 1 },
    secrets: texts,
    profiles: texts,
    depends_on: dependencies,
    healthcheck,
    stop_grace_period: duration,
    entrypoint: { type: 'array', items: text },
    command: { type: 'array', items: text },
    deploy: {
      type: 'object',
      additionalProperties: false,
      properties: { replicas: { type: ['integer', 'string'] } },
    },
  },
} as const;

export const composeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'services', 'networks', 'volumes'],
  patternProperties: { '^x-': { type: 'object' } },
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' },
    services: { type: 'object', minProperties: 1, additionalProperties: service },
    networks: { type: 'object', additionalProperties: empty },
    volumes: { type: 'object', additionalProperties: empty },
    secrets: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['environment'],
        properties: { environment: text },
      },
    },
  },
} as const;

/** A service as `composeSchema` allows it. */
export interface ComposeService {
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly networks: readonly string[];
  readonly secrets?: readonly string[];
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly command?: readonly string[];
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: object;
  readonly volumes: object;
  readonly secrets?: object;
}
