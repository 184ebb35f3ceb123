import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

const otherFiles = 'The other files of the archive do not depend on this one: the damage ends here.';

/** The archive and the disk: T-5xx. */
export const archive = {
  ARCHIVE_NOT_FOUND: {
    happened: 'There is no archive in the folder {path|chosen}.',
    safe: safe.nothingTouched,
    now: 'Check that you chose the right folder. If it is on a USB stick, plug it in.',
    desk: 'No archive in {path|that folder} (travaso.json missing).',
  },
  ARCHIVE_NOT_AN_ARCHIVE: {
    happened: 'The folder {path|chosen} already holds other files and is not a Travaso archive.',
    safe: safe.nothingTouched,
    now: 'Choose an empty folder, or that of your archive.',
    desk: '{path|The folder} is not empty and has no valid travaso.json.',
  },
  ARCHIVE_NEWER: {
    happened: 'This archive was made by a newer Travaso.',
    safe: safe.nothingTouched,
    now: 'Install the new version of Travaso and open the archive again.',
    desk: 'Archive format: version {version|above the known one}.',
  },
  ARCHIVE_IN_USE: {
    happened: 'This archive is already open in another window or on another computer.',
    safe: safe.progressKept,
    now: 'Close the other Travaso window, then retry.',
    desk: 'The archive’s lock is held by another process.',
  },
  ARCHIVE_CATALOGUE_DAMAGED: {
    happened: 'The index of the archive is damaged. The messages are in other files.',
    safe: 'The messages do not depend on the index: their files have not been touched.',
    now: 'Ask Travaso to rebuild the index: it can do so from the saved messages.',
    desk: 'catalogue.sqlite not readable: use travaso rebuild.',
  },
  ARCHIVE_DAMAGED: {
    happened: 'The archive is not as it was: {file|one or more files} changed or damaged.',
    safe: 'Travaso has changed nothing. You can save again from the mailbox or backup you started from.',
    now: 'Do not use this copy. If you have another copy, check that one.',
    desk: 'Verification failed: see the report for files with a different SHA-256.',
  },
  ARCHIVE_FORMAT_FIXED: {
    happened: 'This archive already uses another format, and the format cannot be changed.',
    safe: safe.nothingTouched,
    now: 'Go on with the same format, or make a new archive in an empty folder.',
    desk: 'The archive was created in the format {format|named in travaso.json}.',
  },
  DISK_FULL: {
    happened: 'The disk is full: there is no more room for the archive.',
    safe: safe.progressKept,
    now: 'Free some space on the disk, then start again: Travaso goes on from where it was.',
    desk: 'No space left in {path|that folder}.',
  },
  DISK_NOT_WRITABLE: {
    happened: 'Travaso cannot write to the folder {path|chosen}.',
    safe: safe.progressKept,
    now: 'Choose another folder. If it is a USB stick, check that it is not locked.',
    desk: 'Writing denied in {path|that folder}: permissions or read-only.',
  },
  DISK_FAILED: {
    happened: 'The disk cannot read or write reliably.',
    safe: 'Travaso has not touched the messages you started from. What is on this disk is at risk.',
    now: 'Do not unplug anything. Copy the archive to another disk and call the help desk.',
    desk: 'Disk read or write error (I/O) on {path|this path}.',
  },
  EXPORT_PLACE_TAKEN: {
    happened: 'There is something in the chosen place already: {path|a file or folder}.',
    safe: 'Nothing was changed or overwritten. The archive is intact.',
    now: 'Choose a new or empty folder and try again.',
    desk: 'Export destination is taken: {path|this path}.',
  },
  ARCHIVE_FILE_MISSING: {
    happened: 'The archive lacks the file {file|of a folder}.',
    safe: otherFiles,
    now: 'Look for the file in another copy and put it back. Or save again from where you started.',
    desk: 'File listed in the manifest but absent: {file|name not given}.',
  },
  ARCHIVE_FILE_CHANGED: {
    happened: 'The file {file|of a folder} of the archive changed after it was saved.',
    safe: otherFiles,
    now: 'Take the same file from another copy. Or save again from where you started.',
    desk: 'SHA-256 of {file|a file} differs from the manifest.',
  },
  ARCHIVE_FILE_EXTRA: {
    happened: 'The archive holds one file too many: {file|name not given}.',
    safe: 'The saved messages are all in their place.',
    now: 'If you put it there, move it elsewhere. Then repeat the check.',
    desk: 'File present but not listed in the manifest: {file|name not given}.',
  },
  ARCHIVE_FILES_SWAPPED: {
    happened: 'Two files of the archive have swapped names: {file|one} and {other|the other}.',
    safe: 'The messages are all there, but under the wrong name.',
    now: 'Swap the two names back, then repeat the check. If in doubt, call the help desk.',
    desk: '{file|One file} and {other|another} each have the other’s SHA-256.',
  },
  ARCHIVE_MESSAGE_CHANGED: {
    happened: 'A message in the file {file|of a folder} is no longer as it was saved.',
    safe: 'The other messages do not depend on this one: the damage ends here.',
    now: 'Take the file from another copy. Or save again from where you started.',
    desk: 'SHA-256 of the message differs from the saved value, in {file|a file}.',
  },
  ARCHIVE_NOT_SEALED: {
    happened: 'The archive is not closed yet: the backup did not reach its end.',
    safe: 'The messages already saved are in the archive. The others stay where they are.',
    now: 'Start the backup again and let it finish.',
    desk: 'manifest-sha256.txt is missing, or older than the data.',
  },
} as const satisfies Record<string, Sentences>;
