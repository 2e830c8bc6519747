import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { DomainError } from '../domain/errors';
import { requestBody } from './request-body';

/** Limits of a JSON request body. Depth is counted before parsing, so that nesting cannot exhaust the stack. */
export interface BodyLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
}

export const defaultBodyLimits: BodyLimits = { maxBytes: 1024 * 1024, maxDepth: 32 };

/**
 * Reads and parses a JSON request body, from the stream that is given when somebody has opened it.
 *
 * @throws DomainError `HTTP_415` for another content type, `HTTP_413` over the size, `VAL_001` for text that is not
 * JSON or nested too deeply.
 */
export async function readJson(
  request: IncomingMessage,
  limits: BodyLimits = defaultBodyLimits,
  given?: Readable,
): Promise<unknown> {
  assertJson(request.headers['content-type']);
  const text = await readText(given ?? requestBody(request, 'VAL_001'), limits.maxBytes);
  if (text.trim() === '') return undefined;
  if (depthOf(text) > limits.maxDepth) {
    throw new DomainError('VAL_001', { reason: `JSON is nested deeper than ${limits.maxDepth} levels` });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DomainError('VAL_001', { reason: 'The request body is not valid JSON' }, { cause: error });
  }
}

function assertJson(contentType: string | undefined): void {
  if (contentType === undefined) return;
  const [type, ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (!/^application\/(?:[\w.+-]+\+)?json$/.test((type ?? '').trim()) || !isUtf8) {
    throw new DomainError('HTTP_415', { content_type: contentType.slice(0, 100) });
  }
}

async function readText(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    // A request without an encoding set yields buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes) throw new DomainError('HTTP_413', { limit_bytes: maxBytes });
    chunks.push(bytes);
  }
  const bytes = Buffer.concat(chunks);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DomainError('VAL_001', { reason: 'The request body is not valid UTF-8' }, { cause: error });
  }
}

/** Deepest nesting of brackets and braces outside of strings. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, (depth += 1));
    else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return deepest;
}
