import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The new mailbox: T-6xx. */
export const newMailbox = {
  TARGET_QUOTA: {
    happened: 'There is no more room in the new mailbox.',
    safe: safe.folderInArchive,
    now: 'Free some space in the new mailbox, or ask the help desk for more. Then start the upload again.',
    desk: 'Quota reached: {usedBytes|unknown use} of {limitBytes|unknown limit}.',
  },
  TARGET_MESSAGE_TOO_LARGE: {
    happened: 'A message is too large for the new mailbox.',
    safe: safe.inArchive,
    now: 'You find it in the archive: open it there and keep its attachments. The other messages go on.',
    desk: 'Message of {sizeBytes|unknown size}, limit {limitBytes|not declared}. The administrator can raise it.',
  },
  TARGET_LINE_TOO_LONG: {
    happened: 'A message contains a line too long for the new mailbox.',
    safe: safe.inArchive,
    now: 'You find it in the archive. Travaso leaves it as it is, and can upload a corrected copy if you ask for it.',
    desk: 'Line of {octets|too many} octets: above the server’s limit.',
  },
  TARGET_NUL_OCTET: {
    happened: 'A message contains a character that the new mailbox does not accept.',
    safe: safe.inArchive,
    now: 'You find it in the archive. Travaso leaves it as it is, and can upload a corrected copy if you ask for it.',
    desk: 'NUL octet in the message: IMAP cannot carry it.',
  },
  TARGET_MESSAGE_REFUSED: {
    happened: 'The new mailbox refused a message of the folder {folder|in work}.',
    safe: safe.inArchive,
    now: 'Start the upload again. If it is refused again, read it in the archive and tell the help desk.',
    desk: 'APPEND refused by the server in {folder|a folder}.',
  },
  TARGET_FOLDER_REFUSED: {
    happened: 'The new mailbox does not let us create the folder {folder|asked for}.',
    safe: safe.folderInArchive,
    now: 'Choose another name for this folder, then start the upload again.',
    desk: 'CREATE refused for {folder|the folder}: reserved name, permissions or limit.',
  },
  TARGET_FOLDER_RENAMED: {
    happened: 'The folder {folder|named here} is called {name|otherwise} in the new mailbox.',
    safe: 'The messages are all there. The true name stays written in the archive.',
    now: 'You need do nothing. Look for the folder under its new name.',
    desk: 'The server does not allow the folder’s original name.',
  },
  TARGET_KEYWORD_REFUSED: {
    happened: 'The new mailbox does not keep the tag {keyword|of some messages}.',
    safe: 'The messages are all there. The tag stays written in the archive.',
    now: 'You need do nothing. If you need the tag, set it again by hand.',
    desk: 'Keyword {keyword|not given} not allowed by PERMANENTFLAGS.',
  },
  TARGET_MESSAGE_MISSING: {
    happened: 'An uploaded message is no longer found in the folder {folder|it went to}.',
    safe: safe.inArchive,
    now: 'Check whether it was moved. If it is gone, start the upload again.',
    desk: 'Message acknowledged by the server but absent at verification.',
  },
  TARGET_MESSAGE_DIFFERS: {
    happened: 'A message in the new mailbox is not equal to that in the archive.',
    safe: 'The original is safe in the archive.',
    now: 'Compare the two messages. If something is missing, tell the help desk and keep the archive.',
    desk: 'Verification failed in {folder|a folder}: content differs from what was uploaded.',
  },
  TARGET_ATTRIBUTES_DIFFER: {
    happened: 'A message arrived, but with another date or other marks, such as “read”.',
    safe: 'Text and attachments are equal. The true date and marks are in the archive.',
    now: 'Usually you need do nothing. If the date matters, keep the archive.',
    desk: 'INTERNALDATE or flags differ in {folder|a folder}.',
  },
  TARGET_FOLDER_VANISHED: {
    happened: 'The folder {folder|of arrival} is no longer in the new mailbox.',
    safe: safe.folderInArchive,
    now: 'If you removed it, all is well. Otherwise start the upload again.',
    desk: 'The folder {folder|of arrival} disappeared during the work.',
  },
  TARGET_BYTES_REWRITTEN: {
    happened: 'The new mailbox rewrites messages in its own way.',
    safe: 'Text, attachments and details of the message are equal. The exact original is in the archive.',
    now: 'You need do nothing. Keep the archive.',
    desk: 'The server rebuilds the MIME: verified by decoded parts, not by octets.',
  },
} as const satisfies Record<string, Sentences>;
