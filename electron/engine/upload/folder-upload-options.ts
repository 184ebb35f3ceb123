import type { Problem } from '../../../shared/errors.ts';
import type { ArchiveFiles } from '../archive/archive.ts';
import type { CarriedMessages } from '../archive/catalogue/carried-messages.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import type { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import type { MessageReader } from '../archive/message-reader.ts';
import type { FolderContext } from '../jobs/job-context.ts';
import type { Ports } from '../ports.ts';
import type { PlacedFolder } from './folder-names.ts';
import type { LearntLimits } from './learnt-limits.ts';

export interface FolderUploadOptions {
  readonly archive: ArchiveFiles;
  readonly place: PlacedFolder;
  readonly ledger: UploadLedger;
  readonly carried: CarriedMessages;
  readonly reader: MessageReader;
  readonly limits: LearntLimits;
  /** See `PreparationOptions`. */
  readonly repair: boolean;
  /** See `Duplicates`. */
  readonly representation: (message: ArchivedMessage) => Problem | null;
  readonly ports: Pick<Ports, 'faults' | 'clock'>;
  readonly context: FolderContext;
}
