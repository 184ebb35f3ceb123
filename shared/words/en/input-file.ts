import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** Files and folders with mail that people already have: T-715 to T-719. The rest of T-71x stands in `own.ts`. */
export const inputFile = {
  INPUT_FILE_NOT_MAIL: {
    happened: 'Travaso finds no mail, contacts or calendars in {file|what you chose}.',
    safe: safe.nothingTouched,
    now: 'Choose the Outlook file, the folder of Thunderbird or Mail, EML files, the Zimbra file, or a VCF, ICS or CSV file.',
    desk: 'No kind of mail recognised by the content of {file|a path}.',
  },
  INPUT_FOLDER_TOO_LARGE: {
    happened: 'There is too much in the folder {file|you chose}: Travaso does not get through it.',
    safe: safe.nothingTouched,
    now: 'Choose only the folder that holds the mail, not the whole disk.',
    desk: 'Recognising {file|a folder} took longer than allowed.',
  },
  INPUT_NEEDS_UNPACKING: {
    happened: 'The mail is inside the compressed file {file|you chose}, and Travaso cannot read it from there.',
    safe: safe.nothingTouched,
    now: 'Extract its content to a folder, then choose that.',
    desk: '{file|A} ZIP holds a PST or another archive: extract it first.',
  },
  SOURCE_KIND_AMBIGUOUS: {
    happened: 'There is mail of several kinds in {file|this place}.',
    safe: safe.nothingTouched,
    now: 'Put before the name which one you want: {kinds|for example mbox:}.',
    desk: '--source without a scheme, several kinds recognised in {file|a path}.',
  },
  ARCHIVE_INSIDE_SOURCE: {
    happened: 'The place chosen for the archive is inside your backup {file|itself}.',
    safe: 'The backup has not been touched: Travaso never writes to it.',
    now: 'Choose a folder outside of the backup for the archive.',
    desk: 'Archive folder below the source {file|given}.',
  },
} as const satisfies Record<string, Sentences>;
