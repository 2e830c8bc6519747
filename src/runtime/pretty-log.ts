import type { DestinationStream } from 'pino';

const OWN_PLACE = new Set(['time', 'level', 'msg', 'process', 'err', 'error']);

/** Turns each JSON line into a plain one: `12:00:00.000 INFO  worker  message  flowId=…`. */
export function prettyStream(destination: DestinationStream): DestinationStream {
  return { write: (line) => destination.write(`${prettyLine(line)}\n`) };
}

/** The plain form of one JSON log line; any other text stays as it is. */
export function prettyLine(line: string): string {
  const entry = parseEntry(line);
  if (!entry) return line.trimEnd();
  const fields = Object.entries(entry)
    .filter(([name]) => !OWN_PLACE.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = [
    textOf(entry['time']).slice(11, 23),
    textOf(entry['level']).toUpperCase().padEnd(5),
    textOf(entry['process']).padEnd(6),
    textOf(entry['msg']),
  ];
  return [...head, ...fields].join(' ') + errorLines(entry['err'] ?? entry['error']);
}

function parseEntry(line: string): Record<string, unknown> | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null ? { ...entry } : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function errorLines(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('stack' in error)) return '';
  return `\n  ${textOf(error.stack).replaceAll('\n', '\n  ')}`;
}
