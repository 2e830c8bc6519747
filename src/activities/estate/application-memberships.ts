import { applicationCandidates, certain } from '../../domain/inventory/applications';
import type { DecidedMember } from '../../db/application-members';
import type { EstateAsset } from '../../db/estate-assets';

/** An asset that belongs, or may belong, to an application; both by their places in the list of assets. */
export interface ApplicationMembership {
  readonly application: number;
  readonly member: number;
  /** Code of the strongest evidence, or `person`. */
  readonly origin: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: string;
  readonly isCertain: boolean;
  readonly isDecided: boolean;
  /** Whether the decision names an asset that was merged, so that no row says it of the survivor. */
  readonly isMoved?: boolean;
}

/** What cells, tags and names say about which assets make up which applications; the word of people stands before it. */
export function memberships(
  assets: readonly EstateAsset[],
  decided: readonly DecidedMember[],
): ApplicationMembership[] {
  const places = new Map(assets.map(({ id }, place) => [id, place]));
  const said = new Map<string, DecidedMember>();
  for (const one of decided) {
    const application = places.get(one.applicationId);
    const member = places.get(one.memberId);
    if (application !== undefined && member !== undefined) said.set(`${application} ${member}`, one);
  }
  return [...suggested(assets, said), ...confirmed(places, said)];
}

function suggested(
  assets: readonly EstateAsset[],
  said: ReadonlyMap<string, DecidedMember>,
): ApplicationMembership[] {
  return applicationCandidates(assets).flatMap(({ asset: application, members }) =>
    application === null
      ? []
      : members.flatMap(({ asset: member, evidence, confidence }): ApplicationMembership[] => {
          if (member === application || said.has(`${application} ${member}`)) return [];
          const strongest = evidence.reduce((best, one) => (one.weight > best.weight ? one : best));
          return [
            {
              application,
              member,
              origin: strongest.code,
              confidence,
              evidence: evidence.map(({ text }) => text).join('; '),
              isCertain: strongest.weight >= certain,
              isDecided: false,
            },
          ];
        }),
  );
}

function confirmed(
  places: ReadonlyMap<string, number>,
  said: ReadonlyMap<string, DecidedMember>,
): ApplicationMembership[] {
  return [...said.values()].flatMap(
    ({ applicationId, memberId, state, isMoved = false }): ApplicationMembership[] => {
      const application = places.get(applicationId);
      const member = places.get(memberId);
      if (state !== 'confirmed' || application === undefined || member === undefined) return [];
      const word = { origin: 'person', confidence: 1, evidence: 'a person confirmed it' };
      return [{ application, member, ...word, isCertain: true, isDecided: true, isMoved }];
    },
  );
}
