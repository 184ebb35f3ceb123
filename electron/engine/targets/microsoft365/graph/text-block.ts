import type { FieldName } from '../../../items/item-fields.ts';

/** What these fields are called where they stand as text; both languages, since it is read for years. */
const headings: Partial<Record<FieldName, string>> = {
  name: 'Nome / Name',
  nickname: 'Soprannome / Nickname',
  organisation: 'Organizzazione / Organisation',
  department: 'Ufficio / Department',
  'job-title': 'Qualifica / Job title',
  email: 'E-mail',
  'phone-work': 'Telefono (lavoro) / Phone (work)',
  'phone-home': 'Telefono (casa) / Phone (home)',
  'phone-mobile': 'Cellulare / Mobile',
  'phone-other': 'Telefono / Phone',
  fax: 'Fax',
  'address-work': 'Indirizzo (lavoro) / Address (work)',
  'address-home': 'Indirizzo (casa) / Address (home)',
  'address-other': 'Indirizzo / Address',
  url: 'Web',
  'instant-message': 'Chat',
  birthday: 'Compleanno / Birthday',
  anniversary: 'Anniversario / Anniversary',
  note: 'Nota / Note',
  category: 'Categoria / Category',
  member: 'Membro / Member',
  photo: 'Foto / Photo',
  title: 'Titolo / Title',
  place: 'Luogo / Place',
  due: 'Scadenza / Due',
  completed: 'Completata / Completed',
  'percent-complete': 'Completamento / Percent complete',
  status: 'Stato / Status',
  priority: 'Priorità / Priority',
  privacy: 'Riservatezza / Privacy',
  reminder: 'Promemoria (minuti prima) / Reminder (minutes before)',
  organiser: 'Organizzatore / Organiser',
  participant: 'Partecipante / Participant',
  attachment: 'Allegato / Attachment',
  occurrence: 'Quando / When',
};

export type TextLine = readonly [field: FieldName, value: string];

const rule = '---';

/** The person's own text, and below it what has no place of its own there, a line each. */
export function withTextBlock(text: string, lines: readonly TextLine[]): string {
  if (lines.length === 0) return text;
  const rows = lines.map(([field, value]) => {
    const heading = headings[field];
    return heading === undefined ? value : `${heading}: ${value}`;
  });
  return [...(text.trim() === '' ? [] : [text.trimEnd(), '']), rule, ...rows].join('\n');
}

/**
 * A text as far as a server that keeps it as HTML gives it back: blanks at line ends, doubled blanks and empty lines are
 * not sure to survive, words and lines are.
 */
export function survivingText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
}
