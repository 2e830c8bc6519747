import {
  createReferenceIndex,
  expectedTypes,
  type ReferenceAssets,
  type ReferenceContext,
  type ReferenceIndex,
  type Resolution,
  resolve,
  type UnresolvedReason,
  unresolvedReasons,
} from '../../domain/dependencies/resolve';
import type { DependencyType } from '../../domain/lists';
import { ByteTable } from './byte-table';

export type End = 'source' | 'target';

const unasked = -100;

/** References of one kind: what they mean depends on the relation, the end and the environment that they stand in. */
export interface ReferenceLane {
  readonly context: ReferenceContext;
  /** By reference: the place of the asset, less than 0 for a reason. */
  known: Int32Array;
}

/** Numbers the texts that name assets and finds what each means once, however many records say it. */
export class ReferenceBook {
  readonly texts = new ByteTable();
  private readonly lanes = new Map<string, ReferenceLane>();
  private readonly index: ReferenceIndex;

  constructor(assets: ReferenceAssets) {
    this.index = createReferenceIndex(assets);
  }

  lane(type: DependencyType, end: End, environment: string | undefined): ReferenceLane {
    const key = `${type} ${end} ${environment ?? ''}`;
    const found = this.lanes.get(key);
    if (found !== undefined) return found;
    const preferredTypes = expectedTypes(type, end);
    const context = {
      ...(environment === undefined ? {} : { environment }),
      ...(preferredTypes === undefined ? {} : { preferredTypes }),
    };
    const lane = { context, known: new Int32Array(0) };
    this.lanes.set(key, lane);
    return lane;
  }

  /**
   * The place of the asset that a reference of the asset `own` means (−1: of none), or −1 less the place of the reason in
   * `unresolvedReasons`. An asset is never its own dependency.
   */
  resolve(lane: ReferenceLane, reference: number, own: number): number {
    const known = this.ask(lane, reference);
    if (own < 0 || (known !== own && known !== ambiguous)) return known;
    return codeOf(resolve(this.index, this.texts.text(reference), { ...lane.context, from: own }));
  }

  private ask(lane: ReferenceLane, reference: number): number {
    if (reference >= lane.known.length) lane.known = withRoom(lane.known, this.texts.size);
    const known = lane.known[reference] as number; // there is room for all references
    if (known !== unasked) return known;
    const code = codeOf(resolve(this.index, this.texts.text(reference), lane.context));
    lane.known[reference] = code;
    return code;
  }
}

/** The reason that a code less than 0 stands for. */
export function reasonOf(code: number): UnresolvedReason {
  return unresolvedReasons[-1 - code] ?? 'not_found';
}

function codeOf(resolution: Resolution): number {
  return 'assetIndex' in resolution
    ? resolution.assetIndex
    : -1 - unresolvedReasons.indexOf(resolution.unresolved);
}

const ambiguous = codeOf({ unresolved: 'ambiguous' });

function withRoom(known: Int32Array, size: number): Int32Array {
  const wider = new Int32Array(Math.max(64, size + (size >> 1))).fill(unasked, known.length);
  wider.set(known);
  return wider;
}
