import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The new mailbox where it is Microsoft 365: T-614 and following. */
export const microsoft365 = {
  MAILBOX_NOT_CONNECTED: {
    happened: 'Your sign-in is good, but the mailbox {user|you want} is still closed to Travaso.',
    safe: safe.nothingTouched,
    now: 'Open your mail in the browser. If it opens, send the letter to the help desk. If not, it was not moved.',
    desk: 'IMAP off, or mailbox not migrated (12 months idle): Set-CASMailbox {user|user} -ImapEnabled $true.',
  },
  TARGET_FOLDER_MERGED: {
    happened: 'The folders {folder|of the same name} and {name|another} become one.',
    safe: 'The messages are all there. The true names stay written in the archive.',
    now: 'You need do nothing. The new mailbox does not tell capital letters from small ones.',
    desk: 'Folder names equal but for the case of letters: merged.',
  },
  TARGET_HEADER_EIGHT_BIT: {
    happened: 'The subject or addresses of a message are written in a way the new mailbox refuses.',
    safe: safe.inArchive,
    now: 'Travaso leaves it as it is, and can upload a corrected copy if you ask for it.',
    desk: 'Octets above 127 in the header: allowed by RFC 6532 only.',
  },
  TARGET_MESSAGE_REPAIRED: {
    happened: 'Of a message in {folder|a folder} a corrected copy was uploaded.',
    safe: 'The exact original is safe in the archive.',
    now: 'You need do nothing. Keep the archive.',
    desk: 'Corrections, made with the person’s consent: {repairs|not given}.',
  },
  TARGET_UNAVAILABLE_OR_FULL: {
    happened: 'The new mailbox does not answer well: it is busy, or it is full.',
    safe: safe.folderInArchive,
    now: 'Travaso waits and tries again by itself. If it goes on, look how much room is left.',
    desk: 'The server says “Server Unavailable. 15”: an outage, or the quota is used up.',
  },
  TARGET_TOO_MANY_FOLDERS: {
    happened: 'There are {folders|many} folders: the new mailbox takes {limit|fewer}.',
    safe: safe.folderInArchive,
    now: 'Choose the folders you need, or put some together. Then prepare the upload again.',
    desk: 'Limit of folders per mailbox: {limit|not known}.',
  },
  TARGET_FOLDER_TOO_FULL: {
    happened: 'The folder {folder|named here} has more messages than the new mailbox takes in one.',
    safe: safe.folderInArchive,
    now: 'Send part of the messages to another folder, or keep them in the archive only.',
    desk: 'Limit of messages per folder: {limit|not known}.',
  },
} as const satisfies Record<string, Sentences>;
