import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** Contacts, calendars and lists in files of their own: how they were read, and what they do not tell. */
export const itemFiles = {
  TEXT_ENCODING_ASSUMED: {
    happened:
      'The file {file|you chose} does not say in which letters it is written: it was read as {encoding|Windows-1252}.',
    safe: 'The file has not been touched. Everything in it is in the archive.',
    now: 'Check the accented letters of some names. If they are wrong, export the file again as UTF-8.',
    desk: 'Encoding not declared in {file|a file}, not UTF-8: {encoding|Windows-1252} assumed.',
  },
  CSV_READ_AS: {
    happened:
      'The file {file|you chose} is a list of {program|another kind}: letters {encoding|unknown}, columns divided by “{delimiter|,}”.',
    safe: 'The file has not been touched.',
    now: 'There is nothing to do. If the data look wrong, read this line to the help desk.',
    desk: 'CSV {file|chosen}: encoding {encoding|unknown}, delimiter {delimiter|unknown}, program {program|unknown}.',
  },
  CSV_COLUMNS_KEPT: {
    happened: 'The file {file|you chose} has columns that Travaso does not know: {headings|without a name}.',
    safe: 'Nothing is lost: each value stays with its contact or appointment, under the name of its column.',
    now: 'There is nothing to do. Some programs do not show these values.',
    desk: 'Columns without a counterpart in {file|a CSV}, kept as X-TRAVASO-COLUMN: {headings|without a name}.',
  },
  CSV_DATES_UNCERTAIN: {
    happened: 'Some dates in the file {file|you chose} can be read in two ways: day and month may be swapped.',
    safe: 'The dates are in the archive as they are written in the file.',
    now: 'Check birthdays and other dates of the contacts after the move.',
    desk: 'Order of day and month unknown: {items|some} contacts with a date as text.',
  },
  CSV_MONTH_FIRST_ASSUMED: {
    happened:
      'The dates in the file {file|you chose} can be read in two ways: Travaso read the month first, then the day.',
    safe: 'The file has not been touched and is still yours.',
    now: 'Check the date of some appointment. If it is wrong, export the calendar as ICS.',
    desk: 'Order of day and month unknown: month/day assumed for {items|some} items.',
  },
  CSV_HEADINGS_UNKNOWN: {
    happened: 'Travaso does not understand the columns of the file {file|you chose}: {headings|they have no names}.',
    safe: safe.nothingTouched,
    now: 'Export the contacts again from the program they were in, with the names of the columns in the first row.',
    desk: 'CSV headings not recognised in {file|a file}: {headings|none}.',
  },
} as const satisfies Record<string, Sentences>;
