import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A POST as it stands, well-formed or not. */
export interface RawRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The client says behind the body that nothing more comes. */
  readonly isLeft?: boolean;
}

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

const patienceMs = 20_000;

/** Sends a request whole and reads only then. Rejects when the connection is reset or no answer comes. */
export async function sendRaw(url: string, request: RawRequest): Promise<RawAnswer> {
  const { socket, answer } = open(url, { connection: 'close', ...request.headers });
  socket.write(request.body);
  if (request.isLeft === true) socket.end();
  return answer;
}

/** Sends a byte after each pause until the server answers; the connection stays open on this side. */
export async function sendSlowly(url: string, request: RawRequest, pauseMs: number): Promise<RawAnswer> {
  const { socket, answer } = open(url, request.headers);
  let isAnswered = false;
  const settle = (): void => {
    isAnswered = true;
  };
  answer.then(settle, settle);
  for (const byte of request.body) {
    if (isAnswered) break;
    socket.write(Buffer.of(byte));
    await wait(pauseMs);
  }
  return answer;
}

interface Opened {
  readonly socket: Socket;
  readonly answer: Promise<RawAnswer>;
}

function open(url: string, headers: RawRequest['headers']): Opened {
  const { hostname, port, pathname, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  const answer = new Promise<RawAnswer>((resolve, reject) => {
    socket.setTimeout(patienceMs, () => socket.destroy(new Error('No answer came')));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('end', () => resolve(parsed(Buffer.concat(chunks).toString('utf8'))));
    // Whoever has the answer is gone: later errors concern nobody.
    socket.once('end', () => socket.on('error', () => undefined).destroy());
  });
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`);
  return { socket, answer };
}

function parsed(bytes: string): RawAnswer {
  const [head = '', ...rest] = bytes.split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/u.exec(head)?.[1] ?? 0);
  // What is said before the final answer: RFC 9110, 15.2.
  if (status >= 100 && status < 200) return parsed(rest.join('\r\n\r\n'));
  const headers = head.split('\r\n').slice(1).map(headerOf);
  return { status, headers: new Map(headers), text: rest.join('\r\n\r\n') };
}

function headerOf(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
