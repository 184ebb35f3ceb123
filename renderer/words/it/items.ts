import type { Recurrence } from '../../../shared/model/item-view.ts';
import { formatDay, formatList, formatNumber } from '../../../shared/words/format.ts';

const number = (value: number) => formatNumber(value, 'it');
const counted = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;
const list = (texts: readonly string[]) => formatList(texts, 'it');

const weekdays = {
  MO: 'lunedì',
  TU: 'martedì',
  WE: 'mercoledì',
  TH: 'giovedì',
  FR: 'venerdì',
  SA: 'sabato',
  SU: 'domenica',
} as const;
const months = [
  ...['gennaio', 'febbraio', 'marzo', 'aprile', 'maggio', 'giugno'],
  ...['luglio', 'agosto', 'settembre', 'ottobre', 'novembre', 'dicembre'],
] as const;
const every: Readonly<Record<Recurrence['frequency'], readonly [one: string, many: string]>> = {
  secondly: ['Ogni secondo', 'secondi'],
  minutely: ['Ogni minuto', 'minuti'],
  hourly: ['Ogni ora', 'ore'],
  daily: ['Ogni giorno', 'giorni'],
  weekly: ['Ogni settimana', 'settimane'],
  monthly: ['Ogni mese', 'mesi'],
  yearly: ['Ogni anno', 'anni'],
};

const ordinals: Readonly<Record<number, string>> = {
  1: 'primo',
  2: 'secondo',
  3: 'terzo',
  4: 'quarto',
  5: 'quinto',
  [-1]: 'ultimo',
  [-2]: 'penultimo',
};

function nth(position: number, what: string, isFeminine: boolean): string {
  const word = ordinals[position];
  if (word === undefined) return `${what} numero ${position}`;
  const inflected = isFeminine ? word.replace(/o$/, 'a') : word;
  const article = /^u/.test(word) ? 'l’' : isFeminine ? 'la ' : 'il ';
  return `${article}${inflected} ${what}`;
}

function monthDay(day: number): string {
  return day > 0 ? `il giorno ${day}` : day === -1 ? 'l’ultimo giorno' : nth(day, 'giorno', false);
}

function recurrence({ frequency, interval, days, monthDays, months: inMonths, positions, ...end }: Recurrence): string {
  const [one, many] = every[frequency];
  const parts = [interval === 1 ? one : `Ogni ${number(interval)} ${many}`];
  const plain = days.filter(day => day.nth === null).map(({ weekday }) => weekday);
  const isWorkdays = plain.join() === 'MO,TU,WE,TH,FR';
  const names = isWorkdays ? 'giorno dal lunedì al venerdì' : list(plain.map(day => weekdays[day]));
  if (positions.length > 0 && plain.length > 0) {
    const isSunday = plain.join() === 'SU';
    parts.push(list(positions.map(position => nth(position, names, isSunday))));
  } else if (plain.length > 0) parts.push(isWorkdays ? 'dal lunedì al venerdì' : `di ${names}`);
  const numbered = days.flatMap(day =>
    day.nth === null ? [] : [nth(day.nth, weekdays[day.weekday], day.weekday === 'SU')],
  );
  if (numbered.length > 0) parts.push(list(numbered));
  if (monthDays.length > 0) parts.push(list(monthDays.map(monthDay)));
  if (inMonths.length > 0) parts.push(`a ${list(inMonths.map(month => months[month - 1] ?? String(month)))}`);
  if (end.count !== null) parts.push(`${counted(end.count, 'volta', 'volte')} in tutto`);
  if (end.until !== null) parts.push(`fino al ${formatDay(end.until, 'it')}`);
  return `${parts.join(', ')}.`;
}

/** "Rubrica" and "Calendario": what an archive holds beside mail. */
export const items = {
  sections: {
    label: 'Che cosa guardi',
    mail: 'Posta',
    contacts: 'Rubrica',
    calendar: 'Calendario',
  },
  reading: 'Leggo…',
  readingSome: (done: number, total: number) => `Leggo ancora: ${number(done)} di ${number(total)}.`,
  absent: 'non più all’origine',
  unreadable: 'non si può leggere',
  keys: 'Frecce per scorrere, Invio per aprire, F6 per passare da un riquadro all’altro.',
  back: 'Torna all’elenco',
  contacts: {
    label: 'Contatti',
    folder: 'Rubrica',
    all: 'Tutte le rubriche',
    search: 'Cerca un nome, un indirizzo, un numero',
    count: (count: number) => counted(count, 'contatto', 'contatti'),
    found: (count: number) => (count === 1 ? '1 contatto trovato' : `${number(count)} contatti trovati`),
    empty: 'Qui non ci sono contatti.',
    nothing: 'Nessun contatto comincia così.',
    group: (members: number) => `gruppo, ${counted(members, 'persona', 'persone')}`,
    none: 'Scegli un contatto per vederlo qui.',
  },
  calendar: {
    label: 'Appuntamenti',
    views: { label: 'Che cosa mostrare', agenda: 'Appuntamenti', tasks: 'Attività' },
    folder: 'Calendario',
    all: 'Tutti i calendari',
    previous: 'Mese precedente',
    next: 'Mese successivo',
    today: 'Oggi',
    month: 'Vai al mese',
    year: 'Vai all’anno',
    count: (count: number) => counted(count, 'appuntamento', 'appuntamenti'),
    empty: 'In questo mese non c’è nulla.',
    nearestBefore: (day: string) => `Vai al precedente: ${day}`,
    nearestAfter: (day: string) => `Vai al successivo: ${day}`,
    more: (count: number) => `Se ne mostrano i primi ${number(count)}.`,
    untimed: (count: number) =>
      count === 1
        ? '1 appuntamento senza una data o che non si può leggere'
        : `${number(count)} appuntamenti senza una data o che non si possono leggere`,
    none: 'Scegli un appuntamento per vederlo qui.',
    allDay: 'tutto il giorno',
    until: (when: string) => `fino a ${when}`,
    repeats: 'si ripete',
    exception: 'diverso dagli altri della serie',
    cancelled: 'annullato',
    zone: (zone: string) => `Gli orari sono quelli di questo computer (${zone}).`,
  },
  tasks: {
    label: 'Attività',
    folder: 'Elenco',
    all: 'Tutti gli elenchi',
    count: (count: number) => counted(count, 'attività', 'attività'),
    empty: 'Qui non ci sono attività.',
    due: (when: string) => `entro ${when}`,
    noDue: 'senza scadenza',
    completed: 'fatta',
    percent: (value: number) => `al ${value} %`,
    none: 'Scegli un’attività per vederla qui.',
  },
  card: {
    label: {
      contact: 'Scheda del contatto',
      event: 'Scheda dell’appuntamento',
      task: 'Scheda dell’attività',
      other: 'Scheda',
    },
    noName: '(senza nome)',
    noTitle: '(senza titolo)',
    photo: (name: string) => `Fotografia di ${name}`,
    group: 'Gruppo di contatti',
    members: (count: number) => `Ne fanno parte: ${counted(count, 'persona', 'persone')}`,
    fields: {
      'family-name': 'Cognome',
      'given-name': 'Nome',
      'middle-name': 'Secondo nome',
      'name-prefix': 'Titolo',
      'name-suffix': 'Dopo il nome',
      nickname: 'Soprannome',
      organisation: 'Ente',
      department: 'Ufficio',
      'job-title': 'Ruolo',
      email: 'Posta',
      'phone-work': 'Telefono di lavoro',
      'phone-home': 'Telefono di casa',
      'phone-mobile': 'Cellulare',
      'phone-other': 'Telefono',
      fax: 'Fax',
      'address-work': 'Indirizzo di lavoro',
      'address-home': 'Indirizzo di casa',
      'address-other': 'Indirizzo',
      url: 'Sito',
      'instant-message': 'Messaggi istantanei',
      birthday: 'Compleanno',
      anniversary: 'Anniversario',
      note: 'Note',
      category: 'Etichetta',
    },
    places: { work: 'lavoro', home: 'casa' },
    when: 'Quando',
    from: (start: string, end: string) => `da ${start} a ${end}`,
    zone: 'Fuso orario',
    where: 'Dove',
    recurrence: 'Si ripete',
    sayRecurrence: recurrence,
    rule: (text: string) => `La regola completa: ${text}`,
    exceptions: 'Eccezioni',
    leftOut: (at: string) => `${at}: non c’è`,
    moved: (at: string, to: string, what: string) => `${at}: spostato a ${to}${what === '' ? '' : ` (${what})`}`,
    moreExceptions: (count: number) => `e altre ${number(count)}`,
    organiser: 'Organizza',
    participants: 'Partecipanti',
    answers: {
      accepted: 'ha accettato',
      declined: 'ha rifiutato',
      tentative: 'forse',
      delegated: 'ha delegato',
      'needs-action': 'non ha risposto',
    },
    reminders: 'Promemoria',
    reminderBefore: (minutes: number, of: 'start' | 'end') =>
      `${length(minutes)} prima ${of === 'start' ? 'dell’inizio' : 'della fine'}`,
    reminderAfter: (minutes: number, of: 'start' | 'end') =>
      `${length(minutes)} dopo ${of === 'start' ? 'l’inizio' : 'la fine'}`,
    reminderNow: (of: 'start' | 'end') => (of === 'start' ? 'all’inizio' : 'alla fine'),
    attachments: 'Allegati',
    attachment: 'allegato',
    link: 'collegamento: non viene aperto',
    savePart: 'Salva',
    saveAttachment: (name: string) => `Salva ${name}`,
    status: 'Stato',
    statuses: {
      tentative: 'da confermare',
      confirmed: 'confermato',
      cancelled: 'annullato',
      completed: 'fatta',
      'in-process': 'in corso',
      'needs-action': 'da fare',
    },
    showAs: 'Disponibilità',
    showings: { free: 'libero', tentative: 'forse', busy: 'occupato', oof: 'fuori sede', workingelsewhere: 'altrove' },
    privacy: 'Riservatezza',
    privacies: { private: 'privato', confidential: 'riservato' },
    due: 'Scadenza',
    completedAt: 'Fatta il',
    percent: 'Avanzamento',
    priority: 'Priorità',
    categories: 'Etichette',
    description: 'Descrizione',
    url: 'Sito',
    absent: 'La vecchia casella non ce l’ha più: è rimasto nell’archivio.',
    why: {
      broken: 'Questo elemento è arrivato rovinato e non si può mostrare. Lo puoi salvare com’è.',
      'too-slow': 'Questo elemento è troppo complicato da mostrare. Lo puoi salvare com’è.',
      'too-large': 'Questo elemento è troppo grande da mostrare. Lo puoi salvare com’è.',
      'no-text': 'Questo documento non si apre qui. Lo puoi salvare.',
    },
    save: (ending: string) => `Salva come ${ending}`,
  },
  /** Items on the way to a new mailbox. */
  plan: {
    title: 'Contatti, calendari e il resto',
    table: 'Contatti, calendari e il resto: dove vanno',
    columns: { what: 'Che cosa', where: 'Nella nuova casella', items: 'Quanti' },
    fates: {
      upload: 'Si carica da solo',
      'by-hand': 'Va portato a mano',
      'needs-consent': 'Serve il tuo consenso',
    },
    exists: 'c’è già',
    created: 'nuova',
    done: (count: number) => `${number(count)} già caricati`,
    changedTitle: 'Che cosa cambia',
    changed: (count: number, field: string, isText: boolean) =>
      `${field}, in ${counted(count, 'elemento', 'elementi')}: ${isText ? 'si legge nelle note' : 'resta solo nell’archivio'}.`,
    refused: (count: number) =>
      `La nuova casella non accetterà ${counted(count, 'elemento', 'elementi')}. ${count === 1 ? 'Resta' : 'Restano'} al sicuro nell’archivio.`,
    consent: 'Aggiungi regole e firme',
    consentHint:
      'Si aggiungono a quelle che ci sono già nella nuova casella, che restano come sono. Senza la spunta non si aggiunge nulla.',
    rules: 'Regole:',
    signatures: 'Firme:',
    start: 'Carica contatti, calendari e il resto',
  },
  byHand: {
    title: 'Da portare a mano',
    text: 'Questa casella non riceve da sola queste cose. Sono nell’archivio, come file che ogni programma sa importare: .vcf per i contatti, .ics per i calendari.',
    show: 'Mostra i file da portare a mano',
    where: (path: string) => `I file sono in ${path}`,
  },
  outcomes: {
    title: 'Contatti, calendari e il resto',
    caption: 'Che cosa è stato di contatti, calendari e il resto',
    columns: {
      kind: 'Che cosa',
      toCarry: 'Da portare',
      uploaded: 'Caricati',
      alreadyPresent: 'C’erano già',
      verified: 'Controllati',
      setAside: 'Messi da parte',
      missing: 'Mancano',
      byHand: 'A mano',
    },
  },
  dav: {
    title: 'Contatti e calendari: hai un server CardDAV/CalDAV?',
    text: 'È un altro servizio del tuo ente che tiene rubriche e calendari. Se ce l’hai, li carico lì e controllo che siano arrivati. Se non sai che cos’è, portali a mano.',
    open: 'Sì, carica contatti e calendari',
    server: 'Indirizzo del server',
    serverHint: 'Per esempio: calendario.ente.it',
    serverMissing: 'Scrivi l’indirizzo del server.',
    user: 'Nome utente',
    userMissing: 'Scrivi il nome utente.',
    passwordMissing: 'Scrivi la password.',
    start: 'Entra e carica',
    entering: 'Entro nel server…',
    working: 'Carico contatti e calendari',
    proving: 'Controllo che siano arrivati',
    done: 'Finito. Qui sotto vedi che cosa è arrivato.',
  },
  fields: {
    title: 'Titolo',
    place: 'Luogo',
    description: 'Descrizione',
    occurrence: 'Date della serie',
    exception: 'Eccezioni della serie',
    due: 'Scadenza',
    completed: 'Data di completamento',
    'percent-complete': 'Avanzamento',
    status: 'Stato',
    priority: 'Priorità',
    'show-as': 'Disponibilità',
    privacy: 'Riservatezza',
    reminder: 'Promemoria',
    organiser: 'Organizzatore',
    participant: 'Partecipanti',
    attachment: 'Allegati',
    name: 'Nome',
    member: 'Persone del gruppo',
    photo: 'Fotografia',
    text: 'Testo',
    html: 'Testo con stile',
    rule: 'Regola',
    other: 'Altri campi',
  },
  /** Of what a search found. */
  kinds: {
    contact: 'Contatto',
    event: 'Appuntamento',
    task: 'Attività',
    note: 'Nota',
    file: 'Documento',
    rule: 'Regole dei messaggi',
    signature: 'Firma',
    settings: 'Impostazioni',
  },
};

function length(minutes: number): string {
  if (minutes % 1440 === 0) return counted(minutes / 1440, 'giorno', 'giorni');
  if (minutes % 60 === 0) return counted(minutes / 60, 'ora', 'ore');
  return counted(minutes, 'minuto', 'minuti');
}
