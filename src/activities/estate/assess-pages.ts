import { setImmediate } from 'node:timers/promises';
import type { AssetType } from '../../domain/lists';
import { planByOrder, readSurroundings, type Surroundings } from '../../db/estate/asset-surroundings';
import {
  type AssessedAsset,
  assessedTypes,
  readAssessedAssets,
  readMembers,
} from '../../db/estate/assessed-assets';
import type { Assessment } from '../../db/estate/assessment';
import type { TenantTrx } from '../../db/connection/tenant';
import type { Appearance, Assessor, Likeness } from './assess-asset';
import type { MemberMemory } from './member-memory';

/** Judged without a pause, so that heartbeats keep their time. */
const assetsAtATime = 500;

/** What members of applications can be comes first, so that it is known when the applications are judged. */
export const stages = ['machines', 'applications'] as const;
export type Stage = (typeof stages)[number];

const typesOf: Readonly<Record<Stage | 'all', readonly AssetType[]>> = {
  all: assessedTypes,
  machines: assessedTypes.filter((type) => type !== 'application'),
  applications: ['application'],
};

/** Where the next page begins. */
export interface PagePosition {
  readonly stage: Stage;
  readonly afterId: string;
}

/** Some assets by their places, with what stands around them. */
export interface AssetsRead {
  readonly ids: readonly string[];
  readonly likenesses: readonly Likeness[];
  readonly surroundings: Surroundings;
  /** Members by their ids. */
  readonly memberOf: (id: string) => Appearance | undefined;
}

/** What a run reads of its estate. */
export interface EstateReading {
  readonly assessor: Assessor;
  readonly dependencyRunId: string | null;
  readonly memory: MemberMemory;
}

/** The whole of a small estate. */
export async function readAllAssets(
  trx: TenantTrx,
  reading: EstateReading,
  limit: number,
): Promise<AssetsRead> {
  const { ids, likenesses } = await readLikenesses(trx, reading, { ...firstPosition, stage: 'all', limit });
  const surroundings = await surroundingsOf(trx, reading, { ids, isRange: true, withMembers: true });
  return { ids, likenesses, surroundings, memberOf: (id) => reading.memory.find(id) };
}

export const firstPosition = { stage: stages[0], afterId: '00000000-0000-0000-0000-000000000000' } as const;

/** The next assets of a stage, by id. */
export async function readAssets(
  trx: TenantTrx,
  reading: EstateReading,
  page: PagePosition & { readonly limit: number },
): Promise<AssetsRead> {
  await planByOrder(trx);
  const { ids, likenesses } = await readLikenesses(trx, reading, page);
  const isMachines = page.stage === 'machines';
  // Applications stand anywhere among the ids, machines close together.
  const wanted = { ids, isRange: isMachines, withMembers: !isMachines };
  const surroundings = await surroundingsOf(trx, reading, wanted);
  const forgotten = isMachines
    ? new Map<string, Appearance>()
    : await readForgotten(trx, reading, surroundings);
  return {
    ids,
    likenesses,
    surroundings,
    memberOf: (id) => reading.memory.find(id) ?? forgotten.get(id),
  };
}

async function readLikenesses(
  trx: TenantTrx,
  { assessor, memory }: EstateReading,
  page: { readonly stage: Stage | 'all'; readonly afterId: string; readonly limit: number },
): Promise<Pick<AssetsRead, 'ids' | 'likenesses'>> {
  const ids: string[] = [];
  const likenesses: Likeness[] = [];
  const { afterId, limit } = page;
  for await (const assets of readAssessedAssets(trx, { afterId, limit, types: typesOf[page.stage] })) {
    for (const asset of assets) {
      const likeness = assessor.likenessOf(asset);
      ids.push(asset.id);
      likenesses.push(likeness);
      if (canBelong(asset)) memory.add(asset.id, likeness.appearance);
    }
  }
  return { ids, likenesses };
}

const canBelong = ({ assetType }: Pick<AssessedAsset, 'assetType'>): boolean =>
  assetType === 'server' || assetType === 'database';

const noSurroundings: Surroundings = { outgoing: new Map(), incoming: new Map(), members: new Map() };

async function surroundingsOf(
  trx: TenantTrx,
  { dependencyRunId }: EstateReading,
  wanted: { readonly ids: readonly string[]; readonly isRange: boolean; readonly withMembers: boolean },
): Promise<Surroundings> {
  const first = wanted.ids[0];
  const last = wanted.ids.at(-1);
  if (first === undefined || last === undefined) return noSurroundings;
  const ids = wanted.isRange ? null : wanted.ids;
  return readSurroundings(trx, { first, last, ids, dependencyRunId, withMembers: wanted.withMembers });
}

/** Members that the memory does not know: those of an earlier attempt, and what was too much for it. */
async function readForgotten(
  trx: TenantTrx,
  { assessor, memory }: EstateReading,
  { members }: Surroundings,
): Promise<Map<string, Appearance>> {
  const found = new Map<string, Appearance>();
  if (memory.knowsAll) return found;
  const wanted = new Set<string>();
  for (const some of members.values()) {
    for (const id of some) if (memory.find(id) === undefined) wanted.add(id);
  }
  if (wanted.size === 0) return found;
  for await (const assets of readMembers(trx, [...wanted])) {
    for (const asset of assets) found.set(asset.id, assessor.likenessOf(asset).appearance);
  }
  return found;
}

/** The assessments of assets that were read, by their places. */
export async function assessAll(assessor: Assessor, read: AssetsRead): Promise<Assessment[]> {
  const { outgoing, incoming } = read.surroundings;
  const assessments: Assessment[] = [];
  for (let place = 0; place < read.ids.length; place += 1) {
    const id = read.ids[place] as string; // `place` is below the length
    const likeness = read.likenesses[place] as Likeness; // one for each id
    const members = likeness.assetType === 'application' ? membersOf(id, read) : noMembers;
    const dependents = incoming.get(id) ?? 0;
    const dependencies = outgoing.get(id) ?? 0;
    assessments.push(assessor.assess(likeness, { dependents, dependencies, members }));
    if (assessments.length % assetsAtATime === 0) await setImmediate();
  }
  return assessments;
}

const noMembers: readonly Appearance[] = [];

/** Different ones in the order of the members' ids. */
function membersOf(applicationId: string, { surroundings, memberOf }: AssetsRead): readonly Appearance[] {
  const members = surroundings.members.get(applicationId);
  if (members === undefined) return noMembers;
  const different = new Set<Appearance>();
  for (const id of [...members].toSorted()) {
    const member = memberOf(id);
    if (member !== undefined) different.add(member);
  }
  return [...different];
}
