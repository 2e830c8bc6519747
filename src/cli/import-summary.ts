import { z } from 'zod';
import type { ApiClient } from './api-client';
import { printable } from './output';

const Sums = z.object({ read: z.int(), rejected: z.int(), skipped: z.int(), accepted: z.int() });

const Detail = z.object({
  import_ledgers: z
    .array(
      z.object({
        import_id: z.string(),
        filename: z.string().nullable(),
        archive_entry: z.string().nullable(),
        sheet_name: z.string().nullable(),
        rows: Sums,
      }),
    )
    .default([]),
});

const Ledger = z.object({
  reasons: z.array(z.object({ state: z.enum(['rejected', 'skipped']), code: z.string(), records: z.int() })),
});

const Delta = z.object({
  outcome: z.enum(['pending', 'undone', 'first', 'unchanged', 'changed']),
  compared_with: z.string().nullable(),
  compared_filename: z.string().nullable(),
  same_file: z.boolean(),
  newer_import: z.string().nullable(),
  tells_vanished: z.boolean(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  vanished: z.int(),
});
type DeltaView = z.output<typeof Delta>;

/** What became of one import of a flow, as the command line shows it. */
export interface ImportSummary {
  readonly importId: string;
  readonly name: string;
  readonly rows: z.output<typeof Sums>;
  readonly reasons: z.output<typeof Ledger>['reasons'];
  /** How it differs from the import before it of the same source. */
  readonly delta: DeltaView;
}

/** The imports of a flow in their order, each with the reasons why records were left out. */
export async function readImportSummaries(client: ApiClient, flowId: string): Promise<ImportSummary[]> {
  const where = `/unified-discovery/flows/${encodeURIComponent(flowId)}/status?include_details=true`;
  const { import_ledgers: imports } = await client.get(where, Detail);
  const summaries: ImportSummary[] = [];
  for (const { import_id: importId, filename, archive_entry, sheet_name, rows } of imports) {
    const isWhole = rows.rejected + rows.skipped === 0;
    const { reasons } = isWhole
      ? { reasons: [] }
      : await client.get(`/data-import/imports/${importId}/ledger`, Ledger);
    const delta = await client.get(`/data-import/imports/${importId}/delta?limit=1`, Delta);
    const parts = [filename, archive_entry, sheet_name].filter((part) => part !== null);
    summaries.push({ importId, name: parts.join(' / ') || importId, rows, reasons, delta });
  }
  return summaries;
}

/** An import in the JSON document of a flow. */
export function importDocument(summary: ImportSummary): Record<string, unknown> {
  const { importId, name, rows, reasons, delta } = summary;
  return { import_id: importId, name, rows, reasons, delta };
}

/** The same for people. */
export function importLines({ name, rows, reasons, delta }: ImportSummary): string[] {
  const { read, rejected, skipped, accepted } = rows;
  return [
    `${printable(name)}: ${read} read = ${accepted} accepted + ${rejected} rejected + ${skipped} skipped`,
    ...reasons.map(({ state, code, records }) => `  ${state}: ${records} ${code}`),
    ...deltaLine(delta).map((line) => `  ${line}`),
  ];
}

function deltaLine(delta: DeltaView): string[] {
  const newer = delta.newer_import;
  const older = newer === null ? '' : `; older than import ${newer}, whose values stay`;
  switch (delta.outcome) {
    case 'pending':
      return [];
    case 'undone':
      return ['taken back: nothing of it is in the estate'];
    case 'first':
      return [`first of its source: ${delta.created} assets${older}`];
    case 'unchanged':
      return [
        `unchanged: ${delta.same_file ? 'the same file as' : 'says the same as'} ${earlierOf(delta)}${older}`,
      ];
    case 'changed':
      return [`since ${earlierOf(delta)}: ${countsOf(delta)}${older}`];
  }
}

function earlierOf({ compared_filename: filename, compared_with: importId }: DeltaView): string {
  return `${printable(filename ?? 'an import')} (${importId ?? ''})`;
}

function countsOf({ created, updated, unchanged, vanished, tells_vanished: isTold }: DeltaView): string {
  const gone = isTold ? `${vanished} vanished` : 'vanished not told by a partial export';
  return `${created} created, ${updated} updated, ${unchanged} unchanged, ${gone}`;
}
