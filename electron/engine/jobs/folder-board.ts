import { folderKey } from '../../../shared/model/folder.ts';
import type { FolderPath, FolderRole } from '../../../shared/model/folder.ts';
import type { FolderProgress } from '../../../shared/model/folder-progress.ts';
import type { FolderContext, JobContext, WorkAmount } from './job-context.ts';

/**
 * How far a job is in each of its folders, for a screen that looks now and then. Counted beside the figures of the
 * whole by the same calls, so the two cannot disagree; costs an addition a message and tells nobody by itself.
 */
export class FolderBoard {
  private readonly rows = new Map<string, FolderProgress>();

  /** Announces the folders in the order the job works on them. */
  list(folders: readonly { readonly path: FolderPath; readonly role: FolderRole | null }[]): void {
    this.rows.clear();
    for (const { path, role } of folders) this.rows.set(folderKey(path), waitingRow(path, role));
  }

  snapshot(): FolderProgress[] {
    return structuredClone([...this.rows.values()]);
  }

  /** The job came to rest: the folder at hand waits for the next run. */
  rest(): void {
    for (const row of this.rows.values()) if (row.state === 'running') row.state = 'waiting';
  }

  /**
   * The job as it works on one folder: what is reported through it counts for the folder too. A folder that was not
   * announced (it can hold no mail) is counted for the job alone.
   */
  enter(path: FolderPath, context: JobContext): FolderContext {
    const row = this.rows.get(folderKey(path)) ?? waitingRow(path, null);
    return {
      ...context,
      phase: (phase, folder) => {
        if (phase === 'transferring' || phase === 'checking') row.state = 'running';
        context.phase(phase, folder);
      },
      done: (messages, octets) => {
        row.messages.done += messages;
        row.octets.done += octets;
        context.done(messages, octets);
      },
      count: (figure, by = 1) => {
        if (figure === 'setAside') row.setAside += by;
        context.count(figure, by);
      },
      counted: (all: WorkAmount, before: WorkAmount) => {
        // Two accounts may have a folder of the same name; they share a row, as they share a place at the target.
        row.messages.done += before.messages;
        row.messages.total = (row.messages.total ?? 0) + all.messages;
        row.octets.done += before.octets;
        row.octets.total = (row.octets.total ?? 0) + all.octets;
      },
      finished: () => {
        row.state = 'done';
      },
    };
  }
}

function waitingRow(path: FolderPath, role: FolderRole | null): FolderProgress {
  const nothing = { done: 0, total: null };
  return { path: [...path], role, state: 'waiting', messages: { ...nothing }, octets: { ...nothing }, setAside: 0 };
}
