const words = (text: string): readonly string[] => text.split('|');

/** Outlook for Windows, exported in English. */
export const outlookEnglish = words(
  'Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|Business Street|Business Street 2|' +
    'Business Street 3|Business City|Business State|Business Postal Code|Business Country/Region|Home Street|' +
    'Home Street 2|Home Street 3|Home City|Home State|Home Postal Code|Home Country/Region|Other Street|Other Street 2|' +
    "Other Street 3|Other City|Other State|Other Postal Code|Other Country/Region|Assistant's Phone|Business Fax|" +
    'Business Phone|Business Phone 2|Callback|Car Phone|Company Main Phone|Home Fax|Home Phone|Home Phone 2|ISDN|' +
    'Mobile Phone|Other Fax|Other Phone|Pager|Primary Phone|Radio Phone|TTY/TDD Phone|Telex|Account|Anniversary|' +
    "Assistant's Name|Billing Information|Birthday|Business Address PO Box|Categories|Children|Directory Server|" +
    'E-mail Address|E-mail Type|E-mail Display Name|E-mail 2 Address|E-mail 2 Type|E-mail 2 Display Name|' +
    'E-mail 3 Address|E-mail 3 Type|E-mail 3 Display Name|Gender|Government ID Number|Hobby|Home Address PO Box|' +
    "Initials|Internet Free Busy|Keywords|Language|Location|Manager's Name|Mileage|Notes|Office Location|" +
    'Organizational ID Number|Other Address PO Box|Priority|Private|Profession|Referred By|Sensitivity|Spouse|' +
    'User 1|User 2|User 3|User 4|Web Page',
);

/** The same in Italian. */
export const outlookItalian = words(
  'Titolo|Nome|Secondo nome|Cognome|Titolo straniero|Società|Reparto|Posizione|Via (uff.)|Via (uff.) 2|Via (uff.) 3|' +
    'Città (uff.)|Provincia (uff.)|CAP (uff.)|Paese/area geografica (uff.)|Via (ab.)|Via (ab.) 2|Via (ab.) 3|' +
    'Città (ab.)|Provincia (ab.)|CAP (ab.)|Paese/area geografica (ab.)|Altra via|Altra via 2|Altra via 3|Altra città|' +
    'Altra provincia|Altro CAP|Altro paese/area geografica|Telefono assistente|Fax (uff.)|Ufficio|Ufficio 2|' +
    'Richiamata automatica|Telefono auto|Telefono principale società|Fax (ab.)|Abitazione|Abitazione 2|ISDN|Cellulare|' +
    'Altro fax|Altro telefono|Cercapersone|Telefono principale|Radiotelefono|Telefono TTY/TDD|Telex|Account|' +
    'Altro indirizzo - Casella postale|Anniversario|Categorie|Cod. Fisc./P. IVA|Compleanno|Dati fatturazione|' +
    'Disponibilità Internet|Figli|Hobby|Indennità trasferta|Indirizzo (ab.) - Casella postale|' +
    'Indirizzo (uff.) - Casella postale|Iniziali|Lingua|Luogo|Nome assistente|Nome coniuge/partner|Nome manager|Notes|' +
    'Numero ID organizzativo|Pagina Web|Parole chiave|Indirizzo posta elettronica|Tipo posta elettronica|' +
    'Nome visualizzato posta elettronica|Indirizzo posta elettronica 2|Tipo posta elettronica 2|' +
    'Nome visualizzato posta elettronica 2|Presentato da|Priorità|Privato|Professione|Riservatezza|Server di directory|' +
    'Sesso|Ubicazione ufficio|Utente 1|Utente 2|Utente 3|Utente 4',
);

/** Google Contacts until 2023, and since. */
export const googleOld = words(
  'Name|Given Name|Additional Name|Family Name|Yomi Name|Given Name Yomi|Additional Name Yomi|Family Name Yomi|' +
    'Name Prefix|Name Suffix|Initials|Nickname|Short Name|Maiden Name|Birthday|Gender|Location|Billing Information|' +
    'Directory Server|Mileage|Occupation|Hobby|Sensitivity|Priority|Subject|Notes|Language|Photo|Group Membership|' +
    'E-mail 1 - Type|E-mail 1 - Value|E-mail 2 - Type|E-mail 2 - Value|Phone 1 - Type|Phone 1 - Value|' +
    'Phone 2 - Type|Phone 2 - Value|Address 1 - Type|Address 1 - Formatted|Address 1 - Street|Address 1 - City|' +
    'Address 1 - PO Box|Address 1 - Region|Address 1 - Postal Code|Address 1 - Country|Address 1 - Extended Address|' +
    'Organization 1 - Type|Organization 1 - Name|Organization 1 - Yomi Name|Organization 1 - Title|' +
    'Organization 1 - Department|Organization 1 - Symbol|Organization 1 - Location|Organization 1 - Job Description|' +
    'Website 1 - Type|Website 1 - Value|Event 1 - Type|Event 1 - Value',
);
export const googleNew = words(
  'First Name|Middle Name|Last Name|Phonetic First Name|Phonetic Middle Name|Phonetic Last Name|Name Prefix|' +
    'Name Suffix|Nickname|File As|Organization Name|Organization Title|Organization Department|Birthday|Notes|Photo|' +
    'Labels|E-mail 1 - Label|E-mail 1 - Value|Phone 1 - Label|Phone 1 - Value|Phone 2 - Label|Phone 2 - Value|' +
    'Address 1 - Label|Address 1 - Formatted|Address 1 - Street|Address 1 - City|Address 1 - PO Box|' +
    'Address 1 - Region|Address 1 - Postal Code|Address 1 - Country|Address 1 - Extended Address|Website 1 - Label|' +
    'Website 1 - Value|Event 1 - Label|Event 1 - Value|Custom Field 1 - Label|Custom Field 1 - Value',
);

export const thunderbirdEnglish = words(
  'First Name|Last Name|Display Name|Nickname|Primary Email|Secondary Email|Screen Name|Work Phone|Home Phone|' +
    'Fax Number|Pager Number|Mobile Number|Home Address|Home Address 2|Home City|Home State|Home ZipCode|Home Country|' +
    'Work Address|Work Address 2|Work City|Work State|Work ZipCode|Work Country|Job Title|Department|Organization|' +
    'Web Page 1|Web Page 2|Birth Year|Birth Month|Birth Day|Custom 1|Custom 2|Custom 3|Custom 4|Notes',
);
export const thunderbirdItalian = words(
  'Nome|Cognome|Nome visualizzato|Soprannome|Email primaria|Email secondaria|Nome Instant Messenger|Telefono lavoro|' +
    'Telefono casa|Numero fax|Numero cercapersone|Numero cellulare|Indirizzo di casa|Indirizzo di casa 2|' +
    'Città di residenza|Provincia di residenza|CAP di residenza|Nazione di residenza|Indirizzo di lavoro|' +
    'Indirizzo di lavoro 2|Città di lavoro|Provincia di lavoro|CAP di lavoro|Nazione di lavoro|Qualifica|Reparto|' +
    'Organizzazione|Pagina web 1|Pagina web 2|Anno di nascita|Mese di nascita|Giorno di nascita|Personalizzato 1|' +
    'Personalizzato 2|Personalizzato 3|Personalizzato 4|Note',
);

/** `fmt=csv` of an address book: the fields that any of its contacts has. */
export const zimbra = words(
  'birthday|company|email|email2|fileAs|firstName|fullName|homePhone|jobTitle|lastName|mobilePhone|nickname|notes|' +
    'workCity|workCountry|workPhone|workPostalCode|workState|workStreet|workURL|type|dlist|codiceInterno',
);

export const appointmentsItalian = words(
  'Oggetto|Data inizio|Ora inizio|Data fine|Ora fine|Giornata intera|Promemoria attivato/disattivato|Data promemoria|' +
    'Ora promemoria|Organizzatore riunione|Partecipanti necessari|Partecipanti facoltativi|Risorse riunione|Categorie|' +
    'Dati fatturazione|Descrizione|Indennità trasferta|Luogo|Mostra orario come|Priorità|Privato|Riservatezza',
);
export const appointmentsEnglish = words(
  'Subject|Start Date|Start Time|End Date|End Time|All day event|Reminder on/off|Reminder Date|Reminder Time|' +
    'Meeting Organizer|Required Attendees|Optional Attendees|Meeting Resources|Billing Information|Categories|' +
    'Description|Location|Mileage|Priority|Private|Sensitivity|Show time as',
);
export const tasksEnglish = words(
  'Subject|Start Date|Due Date|Reminder On/Off|Reminder Date|Reminder Time|Date Completed|% Complete|Total Work|' +
    'Actual Work|Billing Information|Categories|Companies|Contacts|Mileage|Notes|Priority|Private|Role|' +
    'Schedule+ Priority|Sensitivity|Status',
);

/** The list as a file; a cell is named by its heading. */
export function listOf(
  headings: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
  delimiter = ',',
): string {
  const line = (cells: readonly string[]): string =>
    cells.map(cell => `"${cell.replaceAll('"', '""')}"`).join(delimiter);
  const cells = rows.map(row => {
    const unknown = Object.keys(row).find(heading => !headings.includes(heading));
    if (unknown !== undefined) throw new RangeError(`no column ${unknown}`);
    return headings.map(heading => row[heading] ?? '');
  });
  return [headings, ...cells].map(each => `${line(each)}\r\n`).join('');
}
