import type { MoveGroup, Wave } from '../../domain/dependencies/types';
import type { NewMember } from '../../db/application-members';
import type { NewDependency } from '../../db/dependencies';
import type { EstateAsset } from '../../db/estate-assets';
import type { NewMoveGroup, NewWave } from '../../db/plans';
import type { ApplicationMembership } from './application-memberships';
import type { DraftEdge } from './dependency-collector';

type Assets = readonly EstateAsset[];

function idAt(assets: Assets, place: number): string {
  const asset = assets[place];
  if (asset === undefined) throw new RangeError('An edge names an asset that is not in the estate');
  return asset.id;
}

export function dependencyRow(edge: DraftEdge, assets: Assets, importIds: readonly string[]): NewDependency {
  const { type, hardness, origin, port, protocol, connections, confidence, evidence } = edge;
  const importId = importIds[edge.run] ?? null;
  return {
    sourceId: idAt(assets, edge.from),
    targetId: idAt(assets, edge.to),
    importId,
    rowNumber: importId === null ? null : edge.rowNumber,
    type,
    hardness,
    origin,
    port,
    protocol,
    connections,
    confidence,
    evidence,
  };
}

export function memberRow(membership: ApplicationMembership, assets: Assets): NewMember {
  const { origin, confidence, evidence } = membership;
  return {
    applicationId: idAt(assets, membership.application),
    memberId: idAt(assets, membership.member),
    origin,
    confidence,
    evidence,
  };
}

export function groupRow(
  group: MoveGroup,
  place: { readonly assets: Assets; readonly number: number; readonly wave: number | undefined },
): NewMoveGroup {
  const { name, reasons, isSharedService, hasCycle, members } = group;
  return {
    number: place.number,
    waveNumber: place.wave ?? null,
    members: members.map((member) => idAt(place.assets, member)),
    name,
    reasons,
    isSharedService,
    hasCycle,
  };
}

/** Groups of a wave are told by their numbers, which count from 1 in the order of the list of groups. */
export function waveRow({ number, groups, cuts, reasons }: Wave, assets: Assets): NewWave {
  return {
    number,
    reasons,
    groupNumbers: groups.map((group) => group + 1),
    cuts: cuts.map(({ from, to, type, risk, reason }) => ({
      source: idAt(assets, from),
      target: idAt(assets, to),
      type,
      risk,
      reason,
    })),
  };
}
