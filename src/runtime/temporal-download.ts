import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { keepInCache } from './go-tools';

const ANSWER_WITHIN_MS = 4_000;
const DOWNLOAD_WITHIN_MS = 5 * 60_000;

const Release = z.object({ archiveUrl: z.url(), fileToExtract: z.string() });

/** What to fetch, and where to keep it. */
export interface Download {
  readonly baseUrl: string;
  readonly version: string;
  readonly target: string;
}

/**
 * Fetches the Temporal command the way Temporal's own SDKs do: ask the download service for the archive of this
 * platform, fetch, unpack. Throws when the service does not answer within seconds.
 */
export async function downloadTemporal(
  download: Download,
  onProgress: (line: string) => void,
): Promise<void> {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const url = new URL(`/cli/${download.version}`, download.baseUrl);
  url.search = new URLSearchParams({
    platform: process.platform,
    arch: architecture,
    format: 'tar.gz',
  }).toString();
  const answer = await fetchWithin(url, ANSWER_WITHIN_MS);
  const release = Release.parse(await answer.json());
  onProgress(`Downloading the Temporal CLI ${download.version} (once) …`);
  const folder = path.dirname(download.target);
  mkdirSync(folder, { recursive: true });
  const workshop = mkdtempSync(path.join(folder, 'temporal-download-'));
  try {
    const archive = path.join(workshop, 'archive.tar.gz');
    const { body } = await fetchWithin(new URL(release.archiveUrl), DOWNLOAD_WITHIN_MS);
    if (!body) throw new Error(`${release.archiveUrl} is empty`);
    await pipeline(Readable.from(body), createWriteStream(archive));
    execFileSync('tar', ['-xzf', archive, '-C', workshop, release.fileToExtract], { stdio: 'ignore' });
    keepInCache(path.join(workshop, release.fileToExtract), download.target);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

async function fetchWithin(url: URL, limitMs: number): Promise<Response> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(limitMs) });
  if (!answer.ok) throw new Error(`${url.toString()} answered ${answer.status}`);
  return answer;
}
