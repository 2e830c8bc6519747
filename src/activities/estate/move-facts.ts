import type { MoveFacts } from '../../domain/dependencies/outlook';
import { createReadinessJudge, importanceOf } from '../../domain/disposition/move-judge';
import type { EstateAssets } from './estate-assets';

/**
 * Readiness and criticality of the assets of an estate, by their places, as of a day (YYYY-MM-DD). Assets alike share
 * one judgement.
 */
export function moveFacts(assets: EstateAssets, today: string): (place: number) => MoveFacts {
  const readiness = assets.readiness.map(createReadinessJudge(today));
  const importance = assets.importance.map(importanceOf);
  const known = new Map<number, MoveFacts>();
  return (place) => {
    const one = assets.readinessOf.at(place);
    const two = assets.importanceOf.at(place);
    const key = one * importance.length + two;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = { ...unknown, ...readiness[one], ...importance[two] };
    known.set(key, made);
    return made;
  };
}

const unknown: MoveFacts = { readiness: null, obstacle: null, criticality: null, isProduction: null };
