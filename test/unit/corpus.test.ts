import { DomainError } from '../../src/domain/errors';
import { openUploadTable, readUploadContent } from '../../src/intake/upload-content';
import { corpus } from '../fixtures/corpus/corpus';
import { type CorpusFile, type Expected, type TableSize, usual } from '../fixtures/corpus/corpus-file';
import { watchMemory } from '../fixtures/corpus/peak-memory';
import { uploadOf } from '../fixtures/intake/archives';

interface Outcome {
  readonly outcome: Expected;
  readonly warnings: readonly string[];
}

async function read(upload: ReturnType<typeof uploadOf>, filename: string): Promise<Outcome> {
  const content = await readUploadContent(upload, { filename });
  const warnings = [...content.warnings];
  const tables: TableSize[] = [];
  const rejected: string[] = [];
  for (const table of content.tables) {
    const opened = await openUploadTable(upload, table);
    warnings.push(...table.detection.warnings, ...opened.warnings);
    let accepted = 0;
    for await (const batch of opened.batches()) {
      accepted += batch.accepted;
      rejected.push(...batch.rejected.map(({ code }) => code));
    }
    tables.push([accepted, opened.header.columns.length]);
  }
  // Rejection codes come from batches.
  return { outcome: { tables, rejected: rejected as [] }, warnings };
}

/** What becomes of a file; anything but an outcome that the sender can act on is thrown. */
async function outcomeOf(content: Buffer | string, filename: string): Promise<Outcome> {
  try {
    return await read(uploadOf(content), filename);
  } catch (error) {
    if (!(error instanceof DomainError) || error.httpStatus >= 500) throw error;
    const { reason } = error.details;
    const { code } = error;
    const isArchive = code === 'UPLOAD_006' && typeof reason === 'string';
    return { outcome: isArchive ? { code, reason } : { code }, warnings: [] };
  }
}

const whatIsExpected = ({ expected }: CorpusFile): Expected => {
  if ('code' in expected) return expected;
  const { tables, rejected } = expected;
  return { tables, rejected };
};

const warningOf = ({ expected }: CorpusFile): string => ('code' in expected ? '' : (expected.warning ?? ''));
const files = Object.entries(corpus).flatMap(([group, members]) =>
  members.map((file) => ({ ...file, group })),
);
const watchAll = watchMemory();
const unhandled: unknown[] = [];
const keep = (reason: unknown): void => void unhandled.push(reason);

beforeAll(() => process.on('unhandledRejection', keep));
afterAll(() => process.off('unhandledRejection', keep));

test('the corpus is large, and much of it is what must be accepted', () => {
  const whole = corpus['good'] ?? [];

  expect(files.length).toBeGreaterThanOrEqual(150);
  expect(whole.length).toBeGreaterThanOrEqual(30);
  for (const { expected } of whole) expect(expected).toMatchObject({ rejected: [] });
  expect(new Set(files.map(({ group, name }) => `${group} ${name}`)).size).toBe(files.length);
});

describe.each(Object.entries(corpus))('%s', (_, group) => {
  test.each(group.map((file) => [file.name, file] as const))(
    '%s',
    async (_name, file) => {
      const content = await file.content();
      const growth = watchMemory();

      const { outcome, warnings } = await outcomeOf(content, file.filename);

      const { megabytes } = file.cost ?? usual;
      expect(outcome).toEqual(whatIsExpected(file));
      expect(warnings.join('\n')).toContain(warningOf(file));
      expect(growth()).toBeLessThan(megabytes);
    },
    60_000,
  );
});

test('no promise is left to fail alone, and the memory of the process stays within bounds', async () => {
  await new Promise((resolve) => setImmediate(resolve));

  expect(unhandled).toEqual([]);
  expect(watchAll()).toBeLessThan(600);
});
