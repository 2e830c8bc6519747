import type { MoveGroup, Wave } from '../../domain/dependencies/types';
import { memberCells } from '../../db/estate/application-members';
import { addDependency, addUnresolved, dependencyCells, unresolvedCells } from '../../db/estate/dependencies';
import type { NewMoveGroup, NewWave } from '../../db/estate/plans';
import type { RowBytes } from '../../db/bulk/row-bytes';
import type { EstateAssets } from './estate-assets';
import type { EstateGraph } from './estate-graph';
import type { EstatePlan } from './wave-plan';

type AddRow = (rows: RowBytes, place: number) => void;

/** Adds the edge at a place in the order of the graph; `hard` tells which edges must not be cut. */
export function dependencyRows(graph: EstateGraph, hard: Uint8Array): AddRow {
  const { edges, order, assets, importIds } = graph;
  const kinds = new Map<number, string>();
  const records = [null, ...importIds].map(dependencyCells.record);
  return (rows, place) => {
    const edge = order[place] ?? 0;
    const isHard = hard[place] ?? 0;
    const code = edges.codeOf(edge) * 2 + isHard;
    let kind = kinds.get(code);
    if (kind === undefined) {
      kind = dependencyCells.kind({ ...edges.shapeOf(edge), hardness: isHard === 1 ? 'hard' : 'soft' });
      kinds.set(code, kind);
    }
    const run = edges.runOf(edge);
    const [port, connections] = [edges.portOf(edge), edges.connectionsOf(edge)];
    const rowNumber = run < 0 ? null : edges.rowOf(edge);
    rows.id(assets.ids, edges.fromOf(edge));
    rows.id(assets.ids, edges.toOf(edge));
    addDependency(rows, { kind, record: records[run + 1] ?? '', rowNumber, port, connections });
  };
}

/** Adds the unresolved reference at a place. */
export function unresolvedRows({ unresolved, assets, importIds, referenceText }: EstateGraph): AddRow {
  const records = importIds.map(unresolvedCells.record);
  const kinds = unresolved.kinds.map(({ reason, type }) => unresolvedCells.kind(reason, type));
  return (rows, place) => {
    const own = unresolved.ownOf(place);
    const line = {
      record: records[unresolved.runOf(place)] ?? '',
      kind: kinds[unresolved.kindOf(place)] ?? '',
      rowNumber: unresolved.rowOf(place),
      reference: referenceText(place),
    };
    addUnresolved(rows, line, own < 0 ? null : () => rows.id(assets.ids, own));
  };
}

/** Adds the membership at a place. */
export function memberRows({ members, assets }: EstateGraph): AddRow {
  const kinds = members.evidence.map(({ text, ...why }) => memberCells({ ...why, evidence: text }));
  return (rows, place) => {
    rows.id(assets.ids, members.applicationAt(place));
    rows.id(assets.ids, members.memberAt(place));
    rows.cells(kinds[members.evidenceAt(place)] ?? '');
  };
}

/** The group at a place in the list of groups; numbers count from 1. */
export function groupRow(plan: EstatePlan, assets: EstateAssets, place: number): NewMoveGroup {
  const { name, isSharedService, hasCycle, members } = plan.groups[place] ?? noGroup;
  return {
    number: place + 1,
    waveNumber: plan.waveOf[place] ?? null,
    members: members.map((member) => assets.ids.text(member)),
    reasons: plan.reasonsOf(place),
    name,
    isSharedService,
    hasCycle,
  };
}

const noGroup: MoveGroup = { name: '', members: [], reasons: [], isSharedService: false, hasCycle: false };

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
