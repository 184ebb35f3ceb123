import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The person's own input, stopping, and our own faults: T-7xx, T-8xx, T-9xx. */
export const own = {
  USAGE_INVALID: {
    happened: 'Travaso does not understand the command: {argument|something is missing or extra}.',
    safe: safe.nothingTouched,
    now: 'Type travaso --help to see the commands, then retry.',
    desk: 'Invalid command line arguments: {argument|not given}.',
  },
  ACCOUNT_ADDRESS_INVALID: {
    happened: 'The address of the mailbox is not written correctly.',
    safe: safe.nothingTouched,
    now: 'Write it like this: imaps://name@server. Name and server are in your office’s instructions.',
    desk: 'Invalid mailbox address (RFC 5092).',
  },
  ACCOUNT_KIND_UNSUPPORTED: {
    happened: 'This Travaso cannot use mailboxes of the kind {scheme|asked for} yet.',
    safe: safe.nothingTouched,
    now: 'See whether there is a newer version, or ask the help desk for another way.',
    desk: 'Mailbox kind not handled: {scheme|not given}.',
  },
  PASSWORD_MISSING: {
    happened: 'The password of the mailbox {address|given} is missing.',
    safe: safe.nothingTouched,
    now: 'Type the password when Travaso asks. In scripts, use --password-env or --password-stdin.',
    desk: 'No password supplied by the host (environment, stdin or keychain).',
  },
  FOLDER_PATTERN_MATCHES_NOTHING: {
    happened: 'No folder matches {pattern|what was asked}.',
    safe: safe.nothingTouched,
    now: 'Check how the folder’s name is written, then retry.',
    desk: 'The filter {pattern|for folders} finds nothing.',
  },
  FOLDER_MAP_INVALID: {
    happened: 'The file that pairs the folders is not written correctly, at line {line|not given}.',
    safe: safe.nothingTouched,
    now: 'Correct the line, then retry.',
    desk: 'Folder map {file|--map} invalid.',
  },
  CA_FILE_INVALID: {
    happened: 'The file {path|of the certificate} holds no certificate that Travaso can read.',
    safe: safe.nothingTouched,
    now: 'Ask the help desk for the file again, then give it to Travaso.',
    desk: 'Expected a PEM file with one or more CA certificates.',
  },
  INPUT_FILE_INVALID: {
    happened: 'Travaso cannot read the file {file|chosen}.',
    safe: safe.nothingTouched,
    now: 'Check that it is the right file and that it opens, then retry.',
    desk: '{file|The file} is missing, unreadable or not of the expected kind.',
  },

  INPUT_FILE_WRONG_KIND: {
    happened: 'The file {file|chosen} is not of the kind named.',
    safe: safe.nothingTouched,
    now: 'Choose the file or folder that holds the mail, then retry.',
    desk: 'The content of {file|a file} is not of the kind asked for.',
  },
  INPUT_FILE_EMPTY: {
    happened: 'The file {file|chosen} is empty: there is nothing in it.',
    safe: safe.nothingTouched,
    now: 'Copy the file again from where it came from. The copy may not have been finished.',
    desk: '{file|The file} has length zero.',
  },
  INPUT_FILE_IN_USE: {
    happened: 'The file {file|chosen} is open in another program.',
    safe: safe.nothingTouched,
    now: 'Close the mail program, for example Outlook, then retry.',
    desk: 'Sharing violation on {file|a file}: another process holds it open.',
  },
  INPUT_FILE_ENCRYPTED: {
    happened: 'The file {file|chosen} is protected by a password.',
    safe: safe.nothingTouched,
    now: 'Open it with the password, extract what is in it to a folder, and choose that folder.',
    desk: '{file|The file} holds encrypted entries.',
  },
  INPUT_FILE_NOT_DOWNLOADED: {
    happened: 'The file {file|chosen} is not on this computer yet: it is only in the cloud.',
    safe: safe.nothingTouched,
    now: 'Open the cloud folder, ask to keep the file on this computer, and retry.',
    desk: '{file|The file} is a cloud placeholder that was not downloaded, or the disk does not answer.',
  },

  PATH_NOT_GRANTED: {
    happened: 'Travaso may use only files and folders that you chose, and {path|this one} is not among them.',
    safe: safe.nothingTouched,
    now: 'Choose the folder or file again with the button, then retry.',
    desk: 'Path not granted by the file dialog.',
  },

  INTERRUPTED: {
    happened: 'The work was stopped before its end.',
    safe: safe.progressKept,
    now: 'Start again when you like: Travaso goes on from where it was.',
    desk: 'Work interrupted by the person or the system.',
  },

  INTERNAL: {
    happened: 'Travaso met an error it did not expect. The fault is ours.',
    safe: 'The messages you started from are intact. The work done so far is kept.',
    now: 'Close Travaso and start the work again. If it happens again, call the help desk.',
    desk: 'Internal error of kind {kind|unknown}.',
  },
  JOB_UNKNOWN: {
    happened: 'Travaso cannot find the requested work in this archive.',
    safe: safe.nothingTouched,
    now: 'Go back to the list of works and choose from there.',
    desk: 'Unknown job identifier.',
  },
  JOB_STATE_CONFLICT: {
    happened: 'This command cannot be given to the work in its present state.',
    safe: safe.progressKept,
    now: 'Wait a moment and look at the state of the work again.',
    desk: 'State change not allowed from {from|the present one}.',
  },
  CALL_INVALID: {
    happened: 'One part of Travaso asked for something the other does not understand. The fault is ours.',
    safe: safe.progressKept,
    now: 'Close Travaso and open it again. If it happens again, call the help desk.',
    desk: 'Call outside the contract between window and engine.',
  },
  ENGINE_STOPPED: {
    happened: 'The part of Travaso that does the work stopped by itself. The fault is ours.',
    safe: safe.progressKept,
    now: 'Close Travaso, open it again and resume the work from where it was.',
    desk: 'The engine process ended unexpectedly.',
  },
} as const satisfies Record<string, Sentences>;
