import { foldedHeading } from './folded-heading.ts';

/** Where a column goes: a field by Zimbra's name for it, part of a date of birth, tags, or beside the fields. */
export type ContactColumn = string;

/** Known, and without a property of its own: kept beside. */
export const besideFields = '#beside';
export const tagsColumn = '#tags';
/** Thunderbird has a column for each part of a birthday. */
export const birthColumns = { year: '#birth-year', month: '#birth-month', day: '#birth-day' } as const;

const street = (place: string, ...names: readonly string[]): readonly string[] => [
  place,
  ...names.flatMap(name => [name, `${name} 2`, `${name} 3`]),
];

/**
 * Headings of Outlook, Thunderbird and of lists that people make themselves, English and Italian, by the field they
 * stand for. Written without accents and in lower case, as `foldedHeading` makes them.
 */
const headings: readonly (readonly string[])[] = [
  ['firstName', 'first name', 'given name', 'nome'],
  ['lastName', 'last name', 'family name', 'surname', 'cognome'],
  ['middleName', 'middle name', 'additional name', 'secondo nome'],
  ['namePrefix', 'title', 'name prefix', 'titolo', 'prefisso'],
  ['nameSuffix', 'suffix', 'name suffix', 'titolo straniero', 'suffisso'],
  ['nickname', 'nickname', 'soprannome'],
  ['fullName', 'display name', 'name', 'full name', 'nome visualizzato', 'nome completo', 'nominativo'],
  ['fullName', 'nome e cognome', 'cognome e nome'],
  ['company', 'company', 'organization', 'organization name', 'societa', 'azienda', 'ente', 'organizzazione'],
  ['department', 'department', 'organization department', 'reparto', 'dipartimento'],
  ['jobTitle', 'job title', 'organization title', 'posizione', 'qualifica', 'ruolo'],
  ['email', 'e-mail address', 'e-mail 2 address', 'e-mail 3 address', 'primary email', 'secondary email'],
  ['email', 'email', 'e-mail', 'mail', 'email address', 'pec', 'email primaria', 'email secondaria', 'indirizzo email'],
  ['email', 'indirizzo posta elettronica', 'indirizzo posta elettronica 2', 'indirizzo posta elettronica 3'],
  ['email', 'indirizzo di posta elettronica', 'indirizzo di posta elettronica 2', 'indirizzo di posta elettronica 3'],
  ['email', 'indirizzo e-mail', 'posta elettronica', 'email 2', 'e-mail 2', 'email 3', 'e-mail 3'],
  ['workPhone', 'business phone', 'business phone 2', 'work phone', 'ufficio', 'ufficio 2', 'telefono lavoro'],
  ['workPhone', 'telefono ufficio', 'telefono (uff.)'],
  ['homePhone', 'home phone', 'home phone 2', 'abitazione', 'abitazione 2', 'telefono casa', 'telefono abitazione'],
  ['homePhone', 'telefono (ab.)'],
  ['mobilePhone', 'mobile phone', 'mobile number', 'mobile', 'cellulare', 'numero cellulare', 'numero di cellulare'],
  ['mobilePhone', 'telefono cellulare'],
  ['otherPhone', 'other phone', 'primary phone', 'radio phone', 'altro telefono', 'telefono principale', 'telefono'],
  ['otherPhone', 'radiotelefono', 'phone', 'telephone', 'tel', 'tel.', 'numero di telefono'],
  ['companyPhone', 'company main phone', 'telefono principale societa'],
  ['assistantPhone', "assistant's phone", 'telefono assistente'],
  ['carPhone', 'car phone', 'telefono auto'],
  ['callbackPhone', 'callback', 'richiamata automatica', 'richiamata'],
  ['pager', 'pager', 'pager number', 'cercapersone', 'numero cercapersone'],
  ['workFax', 'business fax', 'fax number', 'numero fax', 'fax (uff.)', 'fax'],
  ['homeFax', 'home fax', 'fax (ab.)'],
  ['otherFax', 'other fax', 'altro fax'],
  street('workStreet', 'business street', 'work address', 'via (uff.)', 'indirizzo di lavoro'),
  ['workCity', 'business city', 'work city', 'citta (uff.)', 'citta di lavoro'],
  ['workState', 'business state', 'work state', 'provincia (uff.)', 'provincia di lavoro'],
  ['workPostalCode', 'business postal code', 'work zipcode', 'cap (uff.)', 'cap di lavoro'],
  ['workCountry', 'business country/region', 'business country', 'work country', 'paese (uff.)'],
  ['workCountry', 'paese/area geografica (uff.)', 'nazione di lavoro'],
  street('homeStreet', 'home street', 'home address', 'via (ab.)', 'indirizzo di casa'),
  ['homeCity', 'home city', 'citta (ab.)', 'citta di residenza'],
  ['homeState', 'home state', 'provincia (ab.)', 'provincia di residenza'],
  ['homePostalCode', 'home postal code', 'home zipcode', 'cap (ab.)', 'cap di residenza'],
  ['homeCountry', 'home country/region', 'home country', 'paese (ab.)', 'paese/area geografica (ab.)'],
  ['homeCountry', 'nazione di residenza'],
  street('otherStreet', 'other street', 'altra via', 'address', 'indirizzo', 'via'),
  ['otherCity', 'other city', 'altra citta', 'city', 'citta', 'comune'],
  ['otherState', 'other state', 'altra provincia', 'state', 'provincia'],
  ['otherPostalCode', 'other postal code', 'altro cap', 'postal code', 'zip', 'cap'],
  ['otherCountry', 'other country/region', 'other country', 'altro paese', 'altro paese/area geografica', 'country'],
  ['otherCountry', 'paese', 'nazione'],
  ['workURL', 'web page', 'web page 1', 'business web page', 'pagina web', 'pagina web 1', 'website', 'sito web'],
  ['homeURL', 'personal web page', 'web page 2', 'pagina web 2'],
  ['birthday', 'birthday', 'compleanno', 'data di nascita', 'date of birth'],
  ['anniversary', 'anniversary', 'anniversario'],
  ['notes', 'notes', 'note', 'annotazioni'],
  [tagsColumn, 'categories', 'categorie', 'labels', 'group membership', 'etichette'],
  [birthColumns.year, 'birth year', 'anno di nascita'],
  [birthColumns.month, 'birth month', 'mese di nascita'],
  [birthColumns.day, 'birth day', 'giorno di nascita'],
  [besideFields, 'account', "assistant's name", 'nome assistente', 'billing information', 'dati fatturazione'],
  [besideFields, 'business address po box', 'home address po box', 'other address po box'],
  [besideFields, 'indirizzo (uff.) - casella postale', 'indirizzo (ab.) - casella postale'],
  [besideFields, 'altro indirizzo - casella postale', 'children', 'figli', 'directory server', 'server di directory'],
  [besideFields, 'gender', 'sesso', 'government id number', 'cod. fisc./p. iva', 'codice fiscale', 'hobby', 'initials'],
  [besideFields, 'iniziali', 'internet free busy', 'disponibilita internet', 'keywords', 'parole chiave', 'language'],
  [besideFields, 'lingua', 'location', 'luogo', "manager's name", 'nome manager', 'mileage', 'indennita trasferta'],
  [besideFields, 'office location', 'ubicazione ufficio', 'organizational id number', 'numero id organizzativo'],
  [besideFields, 'priority', 'priorita', 'private', 'privato', 'profession', 'professione', 'occupation', 'subject'],
  [besideFields, 'referred by', 'presentato da', 'sensitivity', 'riservatezza', 'spouse', 'nome coniuge/partner'],
  [besideFields, 'isdn', 'telex', 'tty/tdd phone', 'telefono tty/tdd', 'imaddress', 'schools', 'file as', 'photo'],
  [besideFields, 'screen name', 'nome instant messenger', 'maiden name', 'short name'],
];

/** `E-mail 2 Type`, `Utente 3`, `Given Yomi`: kept beside the fields. */
const besidePattern =
  /^(?:user|utente|custom|personalizzato) [1-4]$|yomi|^phonetic |^e-mail (?:[23] )?(?:type|display name)$|^(?:tipo|nome visualizzato) (?:di )?posta elettronica(?: [23])?$/;

const known: ReadonlyMap<string, ContactColumn> = new Map(
  [...headings].reverse().flatMap(([field = '', ...names]) => names.map(name => [name, field] as const)),
);

/** Null for a heading that means nothing to us. */
export function contactColumn(heading: string): ContactColumn | null {
  const folded = foldedHeading(heading);
  return known.get(folded) ?? (besidePattern.test(folded) ? besideFields : null);
}
