import type {
  DuplicateReason,
  DuplicatesChoice,
  ForeseenRefusal,
  ItemFate,
  UploadPlan,
} from '../../../shared/model/upload-plan.ts';
import type { Language } from '../../../shared/words/language.ts';

interface PlanWords {
  readonly toSend: (messages: string, size: string) => string;
  readonly room: (free: string) => string;
  readonly folders: string;
  readonly newFolder: string;
  readonly refusals: (count: string) => string;
  readonly noRefusals: string;
  readonly noSubject: string;
  readonly remedies: Readonly<Record<ForeseenRefusal['remedy'], string>>;
  readonly repaired: (count: string) => string;
  readonly duplicates: Readonly<Record<DuplicatesChoice, (count: string, size: string) => string>>;
  readonly duplicate: (what: string, other: string) => string;
  readonly duplicateReasons: Readonly<Record<DuplicateReason, string>>;
  readonly lostKeywords: string;
  readonly keyword: (keyword: string, messages: string, folder: string) => string;
  readonly atLeast: (duration: string) => string;
  readonly basis: Readonly<Record<NonNullable<UploadPlan['estimate']>['basis'], (rate: string) => string>>;
  readonly items: string;
  readonly itemFates: Readonly<Record<ItemFate, (items: string, done: string) => string>>;
  readonly changedFields: Readonly<Record<'as-text' | 'left-out', (field: string, items: string) => string>>;
  readonly settings: Readonly<Record<'added' | 'present' | 'theirs', (names: string) => string>>;
  readonly itemRefusals: (count: string) => string;
  readonly more: (count: string) => string;
}

/** What the command line says of an upload that is only planned. */
export const planWords: Readonly<Record<Language, PlanWords>> = {
  it: {
    toSend: (messages, size) => `Da caricare: ${messages} messaggi (${size})`,
    room: free => `Posto libero nella nuova casella: ${free}`,
    folders: 'Cartelle che cambiano nome o sono nuove:',
    newFolder: 'nuova',
    refusals: count => `La nuova casella rifiuterà ${count} messaggi:`,
    noRefusals: 'La nuova casella dovrebbe accettare tutti i messaggi.',
    noSubject: '(senza oggetto)',
    remedies: {
      repair: 'Con --repair ne va su una copia corretta; l’originale resta nell’archivio.',
      signed: 'È firmato o cifrato: resta com’è, nell’archivio.',
      archive: 'Resta nell’archivio, da dove si può aprire.',
    },
    repaired: count => `Di ${count} messaggi va su una copia corretta, come hai chiesto:`,
    duplicates: {
      one: (count, size) =>
        `Di ${count} messaggi (${size}) l’archivio ha due copie uguali, venute da due parti: ne va su una. Con --duplicates all vanno su tutte.`,
      all: (count, size) =>
        `Di ${count} messaggi (${size}) l’archivio ha due copie uguali, venute da due parti: vanno su tutte, come hai chiesto.`,
    },
    duplicate: (what, other) => `${what}: l’altra copia è ${other}`,
    duplicateReasons: {
      there: 'che nella nuova casella c’è già',
      original: 'identica all’originale; questa è ricomposta',
      mailbox: 'che viene dalla casella stessa',
      first: 'che è entrata per prima nell’archivio',
    },
    lostKeywords: 'Etichette che la nuova casella non conserva (restano nell’archivio):',
    keyword: (keyword, messages, folder) => `${keyword}: ${messages} messaggi in ${folder}`,
    atLeast: duration => `Tempo: almeno ${duration}`,
    basis: {
      measured: rate => `al ritmo dell’ultimo caricamento, ${rate} messaggi al secondo`,
      permitted: rate => `il server lascia passare circa ${rate} messaggi al secondo; se sono grandi, ci vuole di più`,
    },
    items: 'Contatti, calendari e altro:',
    itemFates: {
      upload: (items, done) => `${items} elementi, di cui ${done} già di là`,
      'by-hand': items => `${items} elementi, da portare a mano: la nuova casella non li prende da sola`,
      'needs-consent': items => `${items} elementi, aggiunti solo con --set-settings`,
    },
    changedFields: {
      'as-text': (field, items) => `${field} di ${items} elementi diventa testo nelle note`,
      'left-out': (field, items) => `${field} di ${items} elementi resta solo nell’archivio`,
    },
    settings: {
      added: names => `si aggiungono: ${names}`,
      present: names => `ci sono già, uguali: ${names}`,
      theirs: names => `restano come sono: ${names}`,
    },
    itemRefusals: count => `La nuova casella rifiuterà ${count} di questi elementi:`,
    more: count => `… altri ${count}: usa --json per l’elenco intero`,
  },
  en: {
    toSend: (messages, size) => `To upload: ${messages} messages (${size})`,
    room: free => `Free room in the new mailbox: ${free}`,
    folders: 'Folders that change their name or are new:',
    newFolder: 'new',
    refusals: count => `The new mailbox will refuse ${count} messages:`,
    noRefusals: 'The new mailbox should accept all messages.',
    noSubject: '(no subject)',
    remedies: {
      repair: 'With --repair a corrected copy goes up; the original stays in the archive.',
      signed: 'It is signed or encrypted: it stays as it is, in the archive.',
      archive: 'It stays in the archive, where it can be opened.',
    },
    repaired: count => `Of ${count} messages a corrected copy goes up, as you asked:`,
    duplicates: {
      one: (count, size) =>
        `Of ${count} messages (${size}) the archive has two equal copies, from two places: one goes up. With --duplicates all, all do.`,
      all: (count, size) =>
        `Of ${count} messages (${size}) the archive has two equal copies, from two places: all go up, as you asked.`,
    },
    duplicate: (what, other) => `${what}: the other copy is ${other}`,
    duplicateReasons: {
      there: 'which the new mailbox has already',
      original: 'identical to the original; this one was put together anew',
      mailbox: 'which is from the mailbox itself',
      first: 'which came into the archive first',
    },
    lostKeywords: 'Tags that the new mailbox does not keep (they stay in the archive):',
    keyword: (keyword, messages, folder) => `${keyword}: ${messages} messages in ${folder}`,
    atLeast: duration => `Time: at least ${duration}`,
    basis: {
      measured: rate => `at the rate of the last upload, ${rate} messages a second`,
      permitted: rate => `the server lets about ${rate} messages a second through; large ones take longer`,
    },
    items: 'Contacts, calendars and more:',
    itemFates: {
      upload: (items, done) => `${items} items, ${done} of them there already`,
      'by-hand': items => `${items} items, to carry by hand: the new mailbox does not take them by itself`,
      'needs-consent': items => `${items} items, added only with --set-settings`,
    },
    changedFields: {
      'as-text': (field, items) => `${field} of ${items} items becomes text in the notes`,
      'left-out': (field, items) => `${field} of ${items} items stays in the archive only`,
    },
    settings: {
      added: names => `to be added: ${names}`,
      present: names => `there already, the same: ${names}`,
      theirs: names => `stay as they are: ${names}`,
    },
    itemRefusals: count => `The new mailbox will refuse ${count} of these items:`,
    more: count => `… ${count} more: use --json for the whole list`,
  },
};
