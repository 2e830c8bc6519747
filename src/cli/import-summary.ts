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

/** What became of one import of a flow, as the command line shows it. */
export interface ImportSummary {
  readonly importId: string;
  readonly name: string;
  readonly rows: z.output<typeof Sums>;
  readonly reasons: z.output<typeof Ledger>['reasons'];
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
    const parts = [filename, archive_entry, sheet_name].filter((part) => part !== null);
    summaries.push({ importId, name: parts.join(' / ') || importId, rows, reasons });
  }
  return summaries;
}

/** An import in the JSON document of a flow. */
export function importDocument({ importId, name, rows, reasons }: ImportSummary): Record<string, unknown> {
  return { import_id: importId, name, rows, reasons };
}

/** The same for people. */
export function importLines({ name, rows, reasons }: ImportSummary): string[] {
  const { read, rejected, skipped, accepted } = rows;
  return [
    `${printable(name)}: ${read} read = ${accepted} accepted + ${rejected} rejected + ${skipped} skipped`,
    ...reasons.map(({ state, code, records }) => `  ${state}: ${records} ${code}`),
  ];
}
