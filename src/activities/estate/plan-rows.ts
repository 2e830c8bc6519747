import type { MoveGroup, Wave } from '../../domain/dependencies/types';
import type { Hardness } from '../../domain/lists';
import type { NewMember } from '../../db/application-members';
import type { NewDependency, NewUnresolvedReference } from '../../db/dependencies';
import type { NewMoveGroup, NewWave } from '../../db/plans';
import type { EstateAssets } from './estate-assets';
import type { EstateGraph } from './estate-graph';

/** The edge at a place in the order of the graph. */
export function dependencyRow(
  { edges, order, assets, importIds }: EstateGraph,
  place: number,
  hardness: Hardness,
): NewDependency {
  const { from, to, run, rowNumber, evidence, ...edge } = edges.edge(order[place] ?? 0);
  const importId = importIds[run] ?? null;
  return {
    ...edge,
    sourceId: assets.ids.text(from),
    targetId: assets.ids.text(to),
    importId,
    rowNumber: importId === null ? null : rowNumber,
    hardness,
    confidence: evidence?.confidence ?? 1,
    evidence: evidence?.text ?? null,
  };
}

export function unresolvedRow(graph: EstateGraph, place: number): NewUnresolvedReference {
  const { run, rowNumber, own, reason, type } = graph.unresolved.at(place);
  return {
    importId: graph.importIds[run] ?? '',
    rowNumber,
    assetId: own < 0 ? null : graph.assets.ids.text(own),
    reference: graph.referenceText(place),
    reason,
    type,
  };
}

export function memberRow({ members, assets }: EstateGraph, place: number): NewMember {
  const { origin = '', confidence = 1, text = '' } = members.evidence[members.evidenceAt(place)] ?? {};
  return {
    applicationId: assets.ids.text(members.applicationAt(place)),
    memberId: assets.ids.text(members.memberAt(place)),
    origin,
    confidence,
    evidence: text,
  };
}

export function groupRow(
  group: MoveGroup,
  place: { readonly assets: EstateAssets; readonly number: number; readonly wave: number | undefined },
): NewMoveGroup {
  const { name, reasons, isSharedService, hasCycle, members } = group;
  return {
    number: place.number,
    waveNumber: place.wave ?? null,
    members: members.map((member) => place.assets.ids.text(member)),
    name,
    reasons,
    isSharedService,
    hasCycle,
  };
}

/** Groups of a wave are told by their numbers, which count from 1 in the order of the list of groups. */
export function waveRow({ number, groups, cuts, reasons }: Wave, assets: EstateAssets): NewWave {
  return {
    number,
    reasons,
    groupNumbers: groups.map((group) => group + 1),
    cuts: cuts.map(({ from, to, type, risk, reason }) => ({
      source: assets.ids.text(from),
      target: assets.ids.text(to),
      type,
      risk,
      reason,
    })),
  };
}
