import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** Reading the old mailbox: T-4xx. */
export const oldMailbox = {
  FOLDER_LIST_INCOMPLETE: {
    happened: 'The server did not show all folders. Missing: {folder|a part of the list}.',
    safe: 'The folders shown are safe. The others stay where they are.',
    now: 'Start the backup again. If it is still missing, call the help desk: it may be a shared folder.',
    desk: 'LIST incomplete: {folder|branch not named}.',
  },
  FOLDER_SKIPPED: {
    happened: 'Some folders were left out: {folder|folders that others share with you}.',
    safe: 'Your own folders are safe. Those left out belong to other people and stay where they are.',
    now: 'Nothing needs to be done. If you need those folders, ask the person who shares them.',
    desk: 'Shared namespace left out: {folder|not named}.',
  },
  FOLDER_VANISHED: {
    happened: 'The folder {folder|asked for} is no longer there: it was moved or removed.',
    safe: 'The messages already saved stay in the archive.',
    now: 'If you moved or renamed it, start the backup again: Travaso finds it under its new name.',
    desk: 'The folder {folder|asked for} disappeared between listing and opening.',
  },
  FOLDER_UNREADABLE: {
    happened: 'The folder {folder|asked for} cannot be read.',
    safe: safe.folderStillInOld,
    now: 'If it is shared, ask its owner for permission. If it is in a file, close other mail programs. Then start again.',
    desk: 'Read-only opening (EXAMINE) denied for {folder|a folder}.',
  },
  MESSAGE_VANISHED: {
    happened: 'A message was taken out of the folder {folder|in work} during the backup.',
    safe: 'The other messages are safe. Travaso never deletes anything.',
    now: 'If it was not you, look in the bin. Then start the backup again.',
    desk: 'Message announced but no longer present in {folder|a folder}.',
  },
  MESSAGE_UNREADABLE: {
    happened: 'One message of the folder {folder|in work} cannot be read.',
    safe: safe.stillInOld,
    now: 'Try to open it in the mail program. If it opens, forward it to yourself and start again.',
    desk: 'FETCH or reading the file failed in {folder|a folder}: repair at the origin.',
  },
  MESSAGE_SIZE_DIFFERS: {
    happened: 'A message of the folder {folder|in work} is larger or smaller than the server said.',
    safe: 'The message is safe: it is saved as the server delivered it, twice the same.',
    now: 'You need do nothing.',
    desk: 'RFC822.SIZE differs from the length received; some servers count wrongly.',
  },
  SOURCE_FILE_DAMAGED: {
    happened: 'The file {file|chosen} is damaged or incomplete.',
    safe: 'The file has not been touched. The messages already read are in the archive.',
    now: 'Copy the file again from where it came from and retry.',
    desk: 'Structure of the file {file|given} not readable to the end.',
  },
  FILE_UNREADABLE: {
    happened: 'The file {file|named} was left out: it cannot be read.',
    safe: 'The file stays where it was. The others are safe.',
    now: 'If it holds mail, check that it opens and retry. Replace a link by the file itself.',
    desk: 'Reading {file|a file} failed or was refused.',
  },
  MBOX_VARIANT_ASSUMED: {
    happened: 'The file {file|chosen} may mark lines that begin with “From” in more than one way.',
    safe: 'The messages are safe, copied just as they are in the file.',
    now: 'Nothing needs to be done. Some lines may keep a “>” too many.',
    desk: 'Mbox variant assumed: {variant|not known}. No “>” removed without proof.',
  },
  DELETED_LEFT_OUT: {
    happened: 'The file {file|chosen} still holds messages that you had deleted: they were left out.',
    safe: 'All the other messages are safe.',
    now: 'Nothing needs to be done. The file has not been touched.',
    desk: 'Messages marked as deleted and not yet compacted: {messages|number not known}.',
  },
  MESSAGE_INCOMPLETE: {
    happened: 'A message of the folder {folder|in work} is only a part: the rest is missing in the file already.',
    safe: 'The part that is there is safe in the archive.',
    now: 'If you need the message, look for a whole one in another copy or in the old mailbox.',
    desk: 'Message incomplete in the source itself, folder {folder|not named}.',
  },
  ITEMS_LEFT_OUT: {
    happened: 'In {file|what you chose} there are also things that Travaso does not know: it left them out.',
    safe: 'The file has not been touched and stays yours. The messages are safe.',
    now: 'If you need them, keep the file: they are still in it.',
    desk: 'Items not carried over: {items|number not known}, kind {kind|not known}.',
  },
} as const satisfies Record<string, Sentences>;
