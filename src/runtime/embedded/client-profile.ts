import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Config } from '../config';

const Profile = z.object({
  url: z.string().optional(),
  apiKey: z.string().optional(),
  clientAccountId: z.string().optional(),
  engagementId: z.string().optional(),
});

/** What the command line needs to talk to an API. */
export type ClientProfile = z.output<typeof Profile>;

/** The configuration's client settings, each missing one taken from the profile in the state folder. */
export function clientProfile(config: Config): ClientProfile {
  const { url, apiKey, clientAccountId, engagementId } = config;
  const saved = readProfile(config.home);
  return {
    url: url ?? saved.url,
    apiKey: apiKey ?? saved.apiKey,
    clientAccountId: clientAccountId ?? saved.clientAccountId,
    engagementId: engagementId ?? saved.engagementId,
  };
}

/** Saves the profile for later commands; only its owner can read it. */
export function saveClientProfile(home: string, profile: ClientProfile): void {
  const draft = `${profileFile(home)}.${process.pid}`;
  mkdirSync(home, { recursive: true });
  writeFileSync(draft, `${JSON.stringify(profile, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(draft, profileFile(home));
}

function readProfile(home: string): ClientProfile {
  let text: string;
  try {
    text = readFileSync(profileFile(home), 'utf8');
  } catch {
    return {}; // nothing was started from this folder yet
  }
  return Profile.parse(JSON.parse(text));
}

function profileFile(home: string): string {
  return path.join(home, 'profile.json');
}
