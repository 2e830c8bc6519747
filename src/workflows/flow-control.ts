import {
  ActivityFailure,
  CancellationScope,
  type SignalDefinition,
  condition,
  isCancellation,
  log,
  setHandler,
} from '@temporalio/workflow';
import type { CommandSignal, RecordCommandResult } from '../domain/flow/messages';
import { type Gate, gates } from '../domain/flow/phases';
import type { CommandType } from '../domain/flow/status';
import * as messages from './messages';

export interface UnrecordedCommand {
  readonly type: CommandType;
  readonly gate: Gate | null;
  /** How many unrecorded commands this run heard before. */
  readonly number: number;
}

export type CommandRecorder = (command: UnrecordedCommand) => Promise<RecordCommandResult>;

const commandSignals: readonly [SignalDefinition<[command?: CommandSignal]>, CommandType][] = [
  [messages.pauseSignal, 'pause'],
  [messages.resumeSignal, 'resume'],
  [messages.cancelSignal, 'cancel'],
  [messages.retrySignal, 'retry'],
  [messages.decideSignal, 'decide'],
  [messages.addImportSignal, 'add_import'],
  [messages.rerunSignal, 'rerun'],
];

/**
 * Hears signals. A signal only says "look at the rows": what it asks for is read there, so duplicates, late and
 * early ones change nothing.
 *
 * Exports of tctl lack the SDK's flags, and without them a non-cancellable scope hands a cancel request on to the
 * scopes inside it. Whatever may be cancelled therefore hangs on the root scope, where both readings agree.
 */
export class FlowControl {
  private commands = 0;
  private decisions = 0;
  private stops = 0;
  private unrecorded = 0;
  private recording = 0;
  private open = false;
  private cancelHeard = false;
  /** The scope that a Temporal cancel request reaches. */
  readonly root = CancellationScope.current();

  constructor(private readonly record: CommandRecorder) {}

  /** Registers the handlers; to be called before the workflow waits for anything. */
  listen(): void {
    for (const [signal, type] of commandSignals)
      setHandler(signal, (argument) => this.hear(type, argument), { description: descriptions[type] });
    this.root.cancelRequested.catch(async () => {
      this.cancelHeard = true;
      await this.hear('cancel', undefined);
    });
  }

  /** The flow has rows from now on; `unread` when an earlier run may have left commands in them. */
  opened({ unread }: { readonly unread: boolean }): void {
    this.open = true;
    if (!unread) return;
    this.commands += 1;
    this.decisions += 1;
  }

  get pending(): number {
    return this.commands + this.decisions;
  }

  /** No command heard is left to act on or to record; decisions are read from the rows by whoever comes next. */
  get idle(): boolean {
    return this.commands === 0 && this.recording === 0;
  }

  /** Temporal itself was asked to cancel the run; nothing but its closing can follow. */
  get cancelRequested(): boolean {
    return this.cancelHeard;
  }

  get isRecording(): boolean {
    return this.recording > 0;
  }

  get stopHeard(): boolean {
    return this.stops > 0;
  }

  /** Whether commands were heard since the last call. */
  takeCommands(): boolean {
    const heard = this.commands > 0;
    this.commands = 0;
    this.stops = 0;
    return heard;
  }

  takeDecision(): boolean {
    const heard = this.decisions > 0;
    this.decisions = 0;
    return heard;
  }

  /** The stops heard so far are looked after. */
  forgetStops(): void {
    this.stops = 0;
  }

  noteCommands(): void {
    this.commands += 1;
  }

  async waitForCommand(): Promise<void> {
    await condition(() => this.commands > 0 || this.cancelHeard);
  }

  /** False when no command came in time. */
  async waitForCommandWithin(timeoutMs: number): Promise<boolean> {
    return this.waitWithin(() => this.commands > 0, timeoutMs);
  }

  /** Waits until it is true, or true is beside the point because the run is to be cancelled; false after the time. */
  async waitWithin(isTrue: () => boolean, timeoutMs: number): Promise<boolean> {
    try {
      return await this.root.run(() => condition(isTrue, timeoutMs));
    } catch (error) {
      if (isCancellation(error)) return true;
      throw error;
    }
  }

  async waitForCommandOrDecision(): Promise<void> {
    await condition(() => this.pending > 0 || this.cancelHeard);
  }

  private async hear(type: CommandType, argument: unknown): Promise<void> {
    const { recorded, gate } = readArgument(argument);
    if (!recorded && !(await this.recordFirst(type, gate))) return;
    if (type === 'decide') this.decisions += 1;
    else this.commands += 1;
    if (type === 'pause' || type === 'cancel') this.stops += 1;
  }

  private async recordFirst(type: CommandType, gate: Gate | null): Promise<boolean> {
    const number = this.unrecorded;
    this.unrecorded += 1;
    this.recording += 1;
    try {
      return await CancellationScope.nonCancellable(async () => {
        // Scheduled at once when it can be: the order of commands must not hang on how signals are batched.
        if (!this.open) await condition(() => this.open);
        const { accepted } = await this.record({ type, gate, number });
        if (!accepted) log.info('A signalled command was refused in the present status', { type });
        return accepted;
      });
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      log.warn('A signalled command could not be recorded', { type, error });
      return false;
    } finally {
      this.recording -= 1;
    }
  }
}

const descriptions: Readonly<Record<CommandType, string>> = {
  pause: 'Pauses the flow at the next batch',
  resume: 'Goes on from where the flow was paused',
  cancel: 'Cancels the flow at the next batch',
  retry: 'Tries the failed phase again',
  decide: 'Approves what the open gate waits for, in its present version',
  add_import: 'Takes up a file that the API accepted for this flow',
  rerun: 'Computes the suggestions of the open gate again',
};

/** Anything may arrive from a person at a keyboard; only a text in `commandId` counts as recorded. */
function readArgument(argument: unknown): { recorded: boolean; gate: Gate | null } {
  if (typeof argument !== 'object' || argument === null) return { recorded: false, gate: null };
  const recorded = 'commandId' in argument && typeof argument.commandId === 'string';
  const gate = 'gate' in argument ? gates.find((name) => name === argument.gate) : undefined;
  return { recorded, gate: gate ?? null };
}
