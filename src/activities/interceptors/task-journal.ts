import { setTimeout as pause } from 'node:timers/promises';
import type { Tenant } from '../../domain/flow/messages';
import type { TaskNote } from '../../db/flows/background-tasks';

type WriteNotes = (tenant: Tenant, notes: readonly TaskNote[]) => Promise<void>;

/** One sheet a tenant: what is to be written next, the last note of each task. */
interface Sheet {
  readonly notes: Map<string, TaskNote>;
  readonly written: Promise<void>;
}

/**
 * Gathers the notes of a short while and writes those of one tenant together: an activity that ends at once is noted
 * once, and the end of one step together with the start of the next.
 */
export class TaskJournal {
  private readonly sheets = new Map<string, Sheet>();
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly write: WriteNotes,
    private readonly gatherMs: number,
  ) {}

  /** Settles when the note is written, or with the error that kept it from being. */
  note(tenant: Tenant, note: TaskNote): Promise<void> {
    const { clientAccountId, engagementId } = tenant;
    const key = `${clientAccountId}/${engagementId}`;
    const sheet = this.sheets.get(key) ?? this.open(key, tenant);
    sheet.notes.set(note.id, note);
    return sheet.written;
  }

  /** Waits until all that was noted is written, or could not be. */
  async settled(): Promise<void> {
    while (this.writing.size > 0) await Promise.allSettled(this.writing);
  }

  private open(key: string, tenant: Tenant): Sheet {
    const notes = new Map<string, TaskNote>();
    const written = pause(this.gatherMs).then(() => {
      this.sheets.delete(key);
      return this.write(tenant, [...notes.values()]);
    });
    const sheet = { notes, written };
    this.sheets.set(key, sheet);
    this.writing.add(written);
    const forget = (): void => void this.writing.delete(written);
    written.then(forget, forget);
    return sheet;
  }
}
