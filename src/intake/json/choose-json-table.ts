/** What is known of one array of a document after a first pass. */
export interface JsonTableSummary {
  readonly path: string | null;
  elements: number;
  objects: number;
}

/** Names under which tools wrap their records, best first. */
const recordNames = [
  'records',
  'data',
  'result',
  'results',
  'items',
  'value',
  'rows',
  'assets',
  'entries',
  'objects',
];

/** Scalars that stand beside the records of an answer and describe it. */
const envelopePattern =
  /^(?:@?odata.*|\$.*|_.*|count|total.*|next.*|prev.*|page.*|per_page|limit|offset|size|version|schema.*|api_?version|kind|success|ok|error.*|message|timestamp|date|time|generated.*|created.*|exported.*|source|title|format|query|filter|has_?more)$/iu;

const rankOf = (path: string | null): number => {
  const name = (path ?? '').split('.').at(-1)?.toLowerCase() ?? '';
  const rank = recordNames.indexOf(name);
  return rank < 0 ? recordNames.length : rank;
};

/** Which array holds the records; null when the document is one record itself, undefined when nothing is one. */
export function chooseJsonTable(
  tables: readonly JsonTableSummary[],
  rootScalars: readonly string[],
): JsonTableSummary | null | undefined {
  const root = tables.find((table) => table.path === null);
  if (root !== undefined) return root.objects > 0 || root.elements === 0 ? root : undefined;
  const candidates = tables
    .filter((table) => table.objects > 0)
    .sort((a, b) => rankOf(a.path) - rankOf(b.path) || b.objects - a.objects);
  const [best] = candidates;
  if (best === undefined) return null;
  const isKnown = rankOf(best.path) < recordNames.length;
  return isKnown || rootScalars.every((name) => envelopePattern.test(name)) ? best : null;
}
