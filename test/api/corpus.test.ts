import { errorCatalogue } from '../../src/domain/error-catalogue';
import { corpus } from '../fixtures/corpus/corpus';
import type { CorpusFile } from '../fixtures/corpus/corpus-file';
import { watchMemory } from '../fixtures/corpus/peak-memory';
import { aForm, type Answer, startTestApi, type TestApi } from '../support/api-server';

let api: TestApi;
let watchAll: () => number;
const unhandled: unknown[] = [];
const keep = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  api = await startTestApi();
  watchAll = watchMemory();
  process.on('unhandledRejection', keep);
});

afterAll(async () => {
  process.off('unhandledRejection', keep);
  await api.close();
});

interface TableVerdict {
  readonly rows_read: number;
  readonly rows_rejected: number;
  readonly is_whole_file: boolean;
  readonly columns: readonly unknown[];
}

/** What the answer says became of the file, as far as a dry run looks. */
function outcomeOf({ status, body }: Answer): unknown {
  if (status !== 200) return { status, code: body?.error.code };
  const tables = body.tables as readonly TableVerdict[];
  return {
    status,
    tables: tables.map((table) => [
      ...(table.is_whole_file ? [table.rows_read - table.rows_rejected] : []),
      table.columns.length,
    ]),
    rejected: tables.reduce((sum, table) => sum + (table.is_whole_file ? table.rows_rejected : 0), 0),
  };
}

/** A dry run looks at no more than 20,000 rows of a table, and at 8 MiB of a text. */
function whatIsExpected(
  { expected: whole, dryRun: expected = whole }: CorpusFile,
  isWhole: readonly boolean[],
): unknown {
  if ('code' in expected) return { status: errorCatalogue[expected.code].status, code: expected.code };
  return {
    status: 200,
    tables: expected.tables.map(([rows, columns], at) => [...(isWhole[at] === false ? [] : [rows]), columns]),
    rejected: isWhole.includes(false) ? 0 : expected.rejected.length,
  };
}

async function post(file: CorpusFile): Promise<Answer> {
  const content = await file.content();
  const form = aForm(typeof content === 'string' ? content : new Uint8Array(content), {}, file.filename);
  return api.call('/data-import/validate-upload', { body: form });
}

describe.each(Object.entries(corpus))('%s', (_, group) => {
  test.each(group.map((file) => [file.name, file] as const))('%s', async (_name, file) => {
    const answer = await post(file);

    const tables: readonly TableVerdict[] = answer.body?.tables ?? [];
    expect(answer.status).toBeLessThan(500);
    expect(outcomeOf(answer)).toEqual(
      whatIsExpected(
        file,
        tables.map((table) => table.is_whole_file),
      ),
    );
  });
});

test('the server is well afterwards, and its memory has stayed within bounds', async () => {
  const { status } = await api.call('/me');

  expect(status).toBe(200);
  expect(unhandled).toEqual([]);
  expect(watchAll()).toBeLessThan(600);
});
