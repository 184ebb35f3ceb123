import { folderKey } from '../../../shared/model/folder.ts';
import type { SurveyedFolder } from '../../../shared/model/mailbox.ts';

export interface Selection {
  readonly folders: number;
  /** Null while a chosen folder has not been counted. */
  readonly messages: number | null;
  readonly octets: number | null;
}

export function selectionOf(folders: readonly SurveyedFolder[], leftOut: ReadonlySet<string>): Selection {
  const chosen = folders.filter(({ path, selectable }) => selectable && !leftOut.has(folderKey(path)));
  return {
    folders: chosen.length,
    messages: sum(chosen.map(({ messages }) => messages)),
    octets: sum(chosen.map(({ octets }) => octets)),
  };
}

function sum(values: readonly (number | null)[]): number | null {
  return values.reduce((all, value) => (all === null || value === null ? null : all + value), 0);
}

/** What the archive keeps beside each message: its line in the sidecar, its row in the catalogue and its indexes. */
const octetsBesideMessage = 2048;

/** Attachments lie in an Outlook file as they are, and a third larger (base64) in a message. */
const largestGrowth = 1.4;

/**
 * Room an archive of these messages takes, an allowance for the system's own bookkeeping included.
 *
 * @param rawOctets of the file they are made from: the upper limit where the size of the messages is not known
 */
export function roomNeeded({ messages, octets: known }: Selection, rawOctets: number | null = null): number | null {
  const octets = known ?? (rawOctets === null ? null : rawOctets * largestGrowth);
  if (messages === null || octets === null) return null;
  return Math.ceil((octets + messages * octetsBesideMessage) * 1.02);
}
