import type { ItemFigures } from '../../../shared/model/item.ts';
import { noItems } from '../../../shared/model/item.ts';
import type { Archive } from '../archive/archive.ts';
import type { ArchiveWriter } from '../archive/archive-writer.ts';
import type { Catalogue } from '../archive/catalogue/catalogue.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { Session } from '../jobs/session.ts';
import type { Clock } from '../ports.ts';
import type { SourceItemFolder } from '../sources/item-source.ts';
import type { MailSource } from '../sources/mail-source.ts';
import { ItemFolderBackup } from './item-folder-backup.ts';

export interface ItemsBackupOptions {
  readonly archive: Archive;
  readonly context: JobContext;
  readonly clock: Clock;
  readonly session: Session<MailSource>;
  readonly writer: ArchiveWriter;
}

/** What a source has beside mail, folder by folder, once its mail is in the archive. */
export class ItemsBackup {
  private readonly options: ItemsBackupOptions;
  private readonly backups: ItemFolderBackup[] = [];

  constructor(options: ItemsBackupOptions) {
    this.options = options;
  }

  /** Counts by kind; null when the source has no items. */
  get figures(): ItemFigures | null {
    if (this.backups.length === 0) return null;
    const figures: ItemFigures = {};
    for (const { kind, counts } of this.backups) {
      const sum = (figures[kind] ??= { ...noItems });
      sum.found += counts.found;
      sum.stored += counts.stored;
      sum.alreadyPresent += counts.alreadyPresent;
      sum.setAside += counts.setAside;
    }
    return figures;
  }

  async run(account: string, folders: readonly SourceItemFolder[]): Promise<void> {
    for (const source of folders) {
      this.options.context.signal.throwIfAborted();
      const { kind, path } = source;
      const archived = this.options.writer.describeItems({ account, kind, path });
      const backup = new ItemFolderBackup({ ...this.options, source, archived });
      this.backups.push(backup);
      await backup.run();
    }
  }

  /** To be run inside the catalogue's transaction. */
  putFigures(catalogue: Catalogue): void {
    for (const backup of this.backups) backup.putFigures(catalogue);
  }
}
