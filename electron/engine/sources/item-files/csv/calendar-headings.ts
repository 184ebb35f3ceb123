import { foldedHeading } from './folded-heading.ts';

/** What a column of Outlook's list of appointments or tasks is. */
export type CalendarColumn =
  | 'summary'
  | 'startDate'
  | 'startTime'
  | 'endDate'
  | 'endTime'
  | 'allDay'
  | 'reminderOn'
  | 'reminderDate'
  | 'reminderTime'
  | 'description'
  | 'location'
  | 'categories'
  | 'private'
  | 'priority'
  | 'dueDate'
  | 'completedDate'
  | 'percent'
  | 'beside';

const headings: readonly (readonly [CalendarColumn, ...string[]])[] = [
  ['summary', 'subject', 'oggetto', 'titolo'],
  ['startDate', 'start date', 'data inizio', 'data di inizio'],
  ['startTime', 'start time', 'ora inizio', 'ora di inizio'],
  ['endDate', 'end date', 'data fine', 'data di fine'],
  ['endTime', 'end time', 'ora fine', 'ora di fine'],
  ['allDay', 'all day event', 'giornata intera', 'tutto il giorno'],
  ['reminderOn', 'reminder on/off', 'promemoria attivato/disattivato'],
  ['reminderDate', 'reminder date', 'data promemoria'],
  ['reminderTime', 'reminder time', 'ora promemoria'],
  ['description', 'description', 'descrizione', 'notes', 'note'],
  ['location', 'location', 'luogo', 'percorso'],
  ['categories', 'categories', 'categorie'],
  ['private', 'private', 'privato'],
  ['priority', 'priority', 'priorita'],
  ['dueDate', 'due date', 'data scadenza', 'scadenza'],
  ['completedDate', 'date completed', 'data completamento'],
  ['percent', '% complete', '% completamento', '% completata'],
  ['beside', 'meeting organizer', 'organizzatore riunione', 'required attendees', 'partecipanti necessari'],
  ['beside', 'optional attendees', 'partecipanti facoltativi', 'meeting resources', 'risorse riunione'],
  ['beside', 'billing information', 'dati fatturazione', 'mileage', 'indennita trasferta', 'sensitivity'],
  ['beside', 'riservatezza', 'show time as', 'mostra orario come', 'status', 'stato', 'actual work', 'total work'],
  ['beside', 'lavoro effettivo', 'lavoro totale', 'companies', 'societa', 'contacts', 'contatti', 'role', 'ruolo'],
  ['beside', 'assigned to', 'assegnata a', 'schedule+ priority', 'priorita schedule+'],
];

const known: ReadonlyMap<string, CalendarColumn> = new Map(
  headings.flatMap(([column, ...names]) => names.map(name => [name, column] as const)),
);

/** Null for a heading that means nothing to us. */
export function calendarColumn(heading: string): CalendarColumn | null {
  return known.get(foldedHeading(heading)) ?? null;
}
