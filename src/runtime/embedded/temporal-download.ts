import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

const ANSWER_WITHIN_MS = 4_000;
const DOWNLOAD_WITHIN_MS = 5 * 60_000;

const Release = z.object({ archiveUrl: z.url(), fileToExtract: z.string() });

/** The release to fetch and the service to ask for it. */
export interface TemporalRelease {
  readonly baseUrl: string;
  readonly version: string;
}

/**
 * Fetches the Temporal command into a folder the way Temporal's own SDKs do (ask the download service for this
 * platform's archive, fetch, unpack) and returns its path. Throws when the service does not answer within seconds.
 */
export async function downloadTemporal(
  { baseUrl, version }: TemporalRelease,
  folder: string,
  onProgress: (line: string) => void,
): Promise<string> {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const url = new URL(`/cli/${version}`, baseUrl);
  url.searchParams.set('platform', process.platform);
  url.searchParams.set('arch', architecture);
  url.searchParams.set('format', 'tar.gz');
  const answer = await fetchWithin(url, ANSWER_WITHIN_MS);
  const { archiveUrl, fileToExtract } = Release.parse(await answer.json());
  onProgress(`Downloading the Temporal CLI ${version} (once) …`);
  const archive = path.join(folder, 'archive.tar.gz');
  const { body } = await fetchWithin(new URL(archiveUrl), DOWNLOAD_WITHIN_MS);
  if (!body) throw new Error(`${archiveUrl} is empty`);
  await pipeline(Readable.from(body), createWriteStream(archive));
  execFileSync('tar', ['-xzf', archive, '-C', folder, fileToExtract], { stdio: 'ignore' });
  return path.join(folder, fileToExtract);
}

async function fetchWithin(url: URL, limitMs: number): Promise<Response> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(limitMs) });
  if (!answer.ok) throw new Error(`${url.toString()} answered ${answer.status}`);
  return answer;
}
