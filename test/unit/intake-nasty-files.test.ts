import { DomainError } from '../../src/domain/errors';
import { openUploadTable, readUploadContent } from '../../src/intake/upload-content';
import { uploadOf } from '../fixtures/intake/archives';
import { nastyFiles } from '../fixtures/intake/nasty-files';

interface Outcome {
  readonly outcome: string;
  readonly warnings: readonly string[];
}

async function read(content: Buffer | string): Promise<Outcome> {
  const upload = uploadOf(content);
  const { tables } = await readUploadContent(upload);
  const counts = { accepted: 0, rejected: 0 };
  const warnings: string[] = [];
  for (const table of tables) {
    const opened = await openUploadTable(upload, table);
    warnings.push(...opened.warnings);
    for await (const batch of opened.batches()) {
      counts.accepted += batch.accepted;
      counts.rejected += batch.rejected.length;
    }
  }
  return { outcome: `${counts.accepted} + ${counts.rejected}`, warnings };
}

/** What becomes of a file; anything but an outcome that the sender can act on is thrown. */
async function outcomeOf(content: Buffer | string): Promise<Outcome> {
  try {
    return await read(content);
  } catch (error) {
    if (!(error instanceof DomainError) || error.httpStatus >= 500) throw error;
    const { reason } = error.details;
    const isArchive = error.code === 'UPLOAD_006';
    return { outcome: isArchive ? `${error.code} ${String(reason)}` : error.code, warnings: [] };
  }
}

describe.each(Object.entries(nastyFiles))('%s', (_, files) => {
  test.each(files.map((file) => [file.name, file] as const))(
    '%s',
    async (_name, file) => {
      const content = await file.content();

      const { outcome, warnings } = await outcomeOf(content);

      expect(outcome).toBe(file.outcome);
      expect(warnings.join('\n')).toContain(file.warning ?? '');
    },
    10_000,
  );
});
