import type { Sentences } from '../sentences.ts';

/** Contacts, appointments and the like on their way to the new account. */
export const itemUpload = {
  ITEM_REFUSED: {
    happened: 'The new mailbox did not take the item “{name|without a name}” of the folder {folder|in work}.',
    safe: 'It is safe in the archive, in a file that other programs open.',
    now: 'Start the upload again. If it is refused again, enter it by hand.',
    desk: 'Item refused: kind {kind|not known}, key {item|not known}, reason {reason|not known}.',
  },
  ITEM_FIELDS_CHANGED: {
    happened: 'The item “{name|without a name}” arrived, but some of its data changed place.',
    safe: 'In the archive it is whole, with all its data.',
    now: 'Nothing needs to be done. For participants and other data look in the notes.',
    desk: 'Fields now in the notes: {texts|none}. Fields only in the archive: {left|none}. Folder {folder|not known}.',
  },
  ITEM_MISSING: {
    happened: 'The item “{name|without a name}” had arrived in the new mailbox and is no longer there.',
    safe: 'It is safe in the archive.',
    now: 'If you did not remove it yourself, start the upload again.',
    desk: 'Item missing in the check: kind {kind|not known}, key {item|not known}, folder {folder|not known}.',
  },
  ITEM_DIFFERS: {
    happened: 'The item “{name|without a name}” of the new mailbox is not equal to that of the archive.',
    safe: 'The one in the archive is whole. In the new mailbox nothing was overwritten.',
    now: 'Compare the two and keep the right one.',
    desk: 'Fields that differ: {fields|not known}. Folder {folder|not known}, key {item|not known}.',
  },
  ITEMS_BY_HAND: {
    happened: 'The new mailbox does not take by itself what is in the folder {folder|in work}.',
    safe: 'All of it is in the archive, in files that other programs open.',
    now: 'Open the page “By hand”: it says step by step how to carry it over.',
    desk: 'Kind {kind|not known}, items {items|not known}: no automatic way for this account.',
  },
  ITEM_FOLDER_REFUSED: {
    happened: 'The new mailbox does not let us create the folder {folder|asked for} for contacts or appointments.',
    safe: 'What it holds is safe in the archive.',
    now: 'Create a folder of this name in the new mailbox yourself, then start the upload again.',
    desk: 'Folder refused: kind {kind|not known}, reason {reason|not known}.',
  },
  SETTINGS_NOT_SET: {
    happened: 'Rules and signatures were not changed in the new mailbox: your consent is needed.',
    safe: 'They are safe in the archive. Those of the new mailbox are as they were.',
    now: 'Read what would be added, agree, and start the upload again.',
    desk: 'Kind {kind|not known}, items {items|not known}: upload without consent to settings.',
  },
  MICROSOFT_ITEMS_NOT_APPROVED: {
    happened: 'Your organisation approved Travaso for mail, but not for all the rest (contacts, calendars, tasks).',
    safe: 'Mail goes over all the same, the rest is in the archive.',
    now: 'Send the letter, ready to use, to the IT office, then start the upload again. Or use the page “By hand”.',
    desk: 'Consent for Microsoft Graph is missing: {permissions|Contacts.ReadWrite, Calendars.ReadWrite, Tasks.ReadWrite}.',
  },
  SERVER_NOT_DAV: {
    happened: 'The server {host|named} offers neither address books nor calendars.',
    safe: 'Contacts and appointments are safe in the archive.',
    now: 'Check the name of the server. If it is right, ask the help desk which server keeps the calendars.',
    desk: 'No CardDAV or CalDAV service found: {reason|reason not known}.',
  },
} as const satisfies Record<string, Sentences>;
