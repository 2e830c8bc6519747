import type { ErrorCode } from '../domain/error-catalogue';

const networkFaults = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
]);

/** SQLSTATE classes: 08 connection, 53 resources, 57 operator intervention, 58 system error, 40 rolled back. */
const sqlOutage = /^(?:08|53|57|58|40)/;
const sqlIntegrity = /^23/;

/** gRPC status: 4 deadline exceeded, 8 resource exhausted, 14 unavailable. */
const grpcOutage: Readonly<Record<number, ErrorCode>> = { 4: 'NET_001', 8: 'RES_001', 14: 'RES_001' };

/** The catalogue code of a failure of PostgreSQL, Temporal or the network, or undefined for a defect. */
export function classifyOutage(error: unknown): ErrorCode | undefined {
  for (const layer of layersOf(error)) {
    const found = classifyLayer(layer);
    if (found !== undefined) return found;
  }
  return undefined;
}

function classifyLayer(error: object): ErrorCode | undefined {
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'number') return grpcOutage[code];
  if (typeof code === 'string') return networkFaults.has(code) ? 'RES_001' : classifySqlState(code);
  const timedOut = 'name' in error && error.name === 'KnexTimeoutError';
  return timedOut || isClosedConnection(error) ? 'DB_001' : undefined;
}

function classifySqlState(code: string): ErrorCode | undefined {
  if (code.length !== 5) return undefined;
  if (sqlOutage.test(code)) return 'DB_001';
  return sqlIntegrity.test(code) ? 'DB_002' : undefined;
}

function isClosedConnection(error: object): boolean {
  return (
    'message' in error &&
    typeof error.message === 'string' &&
    /connection terminated|timeout expired|unable to acquire a connection/i.test(error.message)
  );
}

function* layersOf(error: unknown): Generator<object> {
  let layer = error;
  for (let depth = 0; depth < 5 && typeof layer === 'object' && layer !== null; depth += 1) {
    yield layer;
    layer = 'cause' in layer ? layer.cause : undefined;
  }
}
