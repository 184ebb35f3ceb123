import type { ItemKind } from '../../../../../shared/model/item.ts';
import type { MailProgram } from '../../../../../shared/model/recognised-mail.ts';
import { calendarColumn } from './calendar-headings.ts';
import { contactColumn } from './contact-headings.ts';
import { foldedHeading } from './folded-heading.ts';
import { googleColumn } from './google-columns.ts';

/** What a list is of, by its headings. */
export interface TableKind {
  readonly kind: Extract<ItemKind, 'contact' | 'event' | 'task'>;
  /** Null for a list that somebody made. */
  readonly program: Extract<MailProgram, 'outlook' | 'google' | 'thunderbird' | 'zimbra'> | null;
  /** Whoever has these headings writes the day before the month. */
  readonly isItalian: boolean;
}

/** Fields by Zimbra's own names, which no other program writes: `firstName`, `workPhone2`. */
const zimbraField =
  /^(?:(?:first|last|middle|full|maiden)Name|jobTitle|fileAs|(?:work|home|other)(?:Street|City|State|PostalCode|Country|URL|Phone|Fax|Email)\d*|mobilePhone\d*|companyPhone\d*|callbackPhone\d*|assistantPhone\d*|carPhone\d*|imAddress\d*)$/;
const thunderbird = /^(?:primary email|email primaria|screen name|nome instant messenger)$/;
const outlook =
  /^(?:e-mail address|e-mail 2 address|indirizzo (?:di )?posta elettronica|business street|via \(uff\.\)|all day event|giornata intera|show time as|mostra orario come|start date|data inizio)$/;
const italian =
  /^(?:nome|cognome|nominativo|cellulare|telefono.*|societa|compleanno|email primaria|via \(.*|indirizzo.*|oggetto|data .*|ora .*|scadenza)$/;

/** How many of these headings mean something to us. */
export function understoodHeadings(headings: readonly string[]): number {
  const meant = (of: (heading: string) => unknown): number => headings.filter(heading => of(heading) !== null).length;
  const zimbra = headings.filter(heading => zimbraField.test(heading)).length;
  return zimbra + Math.max(meant(contactColumn) + meant(googleColumn), meant(calendarColumn));
}

/** Null where the headings are not those of contacts, appointments or tasks. */
export function tableKind(headings: readonly string[]): TableKind | null {
  const folded = headings.map(foldedHeading);
  const isItalian = folded.some(heading => italian.test(heading));
  const calendar = new Set(headings.map(calendarColumn));
  const has = (pattern: RegExp): boolean => folded.some(heading => pattern.test(heading));
  if (calendar.has('summary') && (calendar.has('startDate') || calendar.has('dueDate'))) {
    const kind = calendar.has('dueDate') && !calendar.has('endDate') ? 'task' : 'event';
    return { kind, program: has(outlook) ? 'outlook' : null, isItalian };
  }
  if (headings.filter(heading => zimbraField.test(heading)).length > 1) {
    return { kind: 'contact', program: 'zimbra', isItalian: false };
  }
  const columns = new Set(headings.map(contactColumn));
  const hasGoogle = headings.some(heading => googleColumn(heading) !== null);
  const reaches = hasGoogle || [...columns].some(column => /Phone$|^email$|Street$|Fax$/.test(column ?? ''));
  const names = ['fullName', 'firstName', 'lastName', 'company', 'nickname'].filter(name => columns.has(name));
  const isPerson = columns.has('firstName') && columns.has('lastName');
  if (!isPerson && !(reaches && (names.length > 0 || columns.has('email')) && understoodHeadings(headings) > 1)) {
    return null;
  }
  const program = hasGoogle ? 'google' : has(thunderbird) ? 'thunderbird' : has(outlook) ? 'outlook' : null;
  return { kind: 'contact', program, isItalian };
}
