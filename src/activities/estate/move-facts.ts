import type { MoveFacts } from '../../domain/dependencies/outlook';
import { createMoveJudge } from '../../domain/disposition/move-judge';
import { type KeyedAsset, streamMovingAssets } from '../../db/moving-assets';
import type { TenantTrx } from '../../db/tenant';

/** Judgements remembered; past it all are forgotten, so that memory does not grow with the estate. */
const memoryLimit = 5_000;

/** Readiness and criticality of the assets of an estate, by their places, as of a day (YYYY-MM-DD). */
export async function readMoveFacts(
  trx: TenantTrx,
  assets: readonly { readonly id: string }[],
  today: string,
): Promise<readonly (MoveFacts | undefined)[]> {
  const judge = rememberingJudge(today);
  const facts: (MoveFacts | undefined)[] = [];
  for await (const some of streamMovingAssets(trx)) {
    for (const asset of some) facts.push(asset.id === assets[facts.length]?.id ? judge(asset) : undefined);
  }
  return facts;
}

/** Assets alike share one judgement. */
function rememberingJudge(today: string): (asset: KeyedAsset) => MoveFacts {
  const judge = createMoveJudge(today);
  const known = new Map<string, MoveFacts>();
  return (asset) => {
    const found = known.get(asset.key);
    if (found !== undefined) return found;
    const made = judge(asset);
    if (known.size >= memoryLimit) known.clear();
    known.set(asset.key, made);
    return made;
  };
}
