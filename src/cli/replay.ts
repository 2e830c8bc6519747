import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type History, historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { type ReplayWorkerOptions, Worker } from '@temporalio/worker';
import { type ExportedHistory, describeUnreadable, describeViolation, readExported } from './replay-messages';

/** Which workflow code is tried: a bundle, or the path of the workflows to bundle. */
export type ReplayCode = Pick<ReplayWorkerOptions, 'workflowBundle' | 'workflowsPath'>;

export interface ReplayVerdict {
  /** The file, or the workflow id. */
  readonly source: string;
  readonly replayed: boolean;
  readonly workflowType: string | null;
  readonly events: number;
  /** One sentence: that it replays, or which event differs, or why the file can't be replayed. */
  readonly message: string;
}

/** The part of Temporal's workflow client that a replay needs. */
export interface HistoryClient {
  getHandle(workflowId: string, runId?: string): { fetchHistory(): Promise<object> };
}

/** The compiled or source workflows of this installation. */
export const installedWorkflows: ReplayCode = { workflowsPath: require.resolve('../workflows') };

/**
 * Replays histories exported by `temporal workflow show --output json` or by tctl against the workflow code. Every
 * file gets its verdict, in the order given; a file that is no history does not stop the others.
 */
export async function replayHistories(
  files: readonly string[],
  code: ReplayCode = installedWorkflows,
): Promise<ReplayVerdict[]> {
  const verdicts: ReplayVerdict[] = [];
  for (const file of files) verdicts.push(await replayFile(file, code));
  return verdicts;
}

/** Replays the history of a run on the server; the latest run when no run id is given. */
export async function replayWorkflow(
  client: HistoryClient,
  workflowId: string,
  options: { readonly runId?: string; readonly code?: ReplayCode } = {},
): Promise<ReplayVerdict> {
  const history = await client.getHandle(workflowId, options.runId).fetchHistory();
  const exported = readExported(history);
  if (typeof exported === 'string') return refusal(workflowId, exported);
  return tryReplay({ source: workflowId, exported, history }, options.code ?? installedWorkflows);
}

async function replayFile(file: string, code: ReplayCode): Promise<ReplayVerdict> {
  const content = await readJson(file);
  if (typeof content === 'string') return refusal(file, content);
  const exported = readExported(content.json);
  if (typeof exported === 'string') return refusal(file, exported);
  const unreadable = describeUnreadable(exported);
  if (unreadable !== undefined) return { ...refusal(file, unreadable), ...summary(exported) };
  try {
    const history = restoreFlags(historyFromJSON(content.json));
    return await tryReplay({ source: file, exported, history }, code);
  } catch (error) {
    return { ...refusal(file, `The file is not a valid history: ${textOf(error)}`), ...summary(exported) };
  }
}

interface Attempt {
  readonly source: string;
  readonly exported: ExportedHistory;
  readonly history: object;
}

/** A damaged history can stop the SDK's native core without an answer. */
const noAnswerMs = 120_000;

async function tryReplay(attempt: Attempt, code: ReplayCode): Promise<ReplayVerdict> {
  const { source, exported } = attempt;
  const failure = await Promise.race([replayError(attempt, code), noAnswer()]);
  const verdict = { source, ...summary(exported) };
  if (failure === undefined)
    return { ...verdict, replayed: true, message: `All ${exported.events.length} events replay` };
  return { ...verdict, replayed: false, message: failure };
}

async function replayError({ exported, history }: Attempt, code: ReplayCode): Promise<string | undefined> {
  for await (const { error } of Worker.runReplayHistories(code, [
    { workflowId: exported.workflowId, history },
  ]))
    if (error) return describeViolation(exported, error.message);
  return undefined;
}

async function noAnswer(): Promise<string> {
  await delay(noAnswerMs, undefined, { ref: false });
  return `The replay gave no answer within ${noAnswerMs / 1_000} s: the history is damaged`;
}

/**
 * What the SDK of every release so far wrote into the first completed workflow task: 1 shields non-cancellable
 * scopes, 2 handles signals and results of one task together (`SdkFlags` of @temporalio/workflow 1.24).
 */
const releasedFlags = { coreUsedFlags: [1, 2, 3], langUsedFlags: [1, 2] };

/** tctl drops the flags that tell the SDK which of its own behaviours a run had; without them a replay differs. */
function restoreFlags(history: History): History {
  const completed = (history.events ?? []).flatMap(
    (event) => event.workflowTaskCompletedEventAttributes ?? [],
  );
  const [first] = completed;
  if (first && completed.every(({ sdkMetadata }) => !sdkMetadata)) first.sdkMetadata = releasedFlags;
  return history;
}

function summary({ events, workflowType }: ExportedHistory): { events: number; workflowType: string } {
  return { events: events.length, workflowType };
}

function refusal(source: string, message: string): ReplayVerdict {
  return { source, replayed: false, workflowType: null, events: 0, message };
}

async function readJson(file: string): Promise<{ json: unknown } | string> {
  try {
    return { json: JSON.parse(await readFile(file, 'utf8')) };
  } catch (error) {
    if (error instanceof SyntaxError) return 'The file is not JSON; export it with --output json';
    return `The file can't be read: ${textOf(error)}`;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
