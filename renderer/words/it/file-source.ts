import { formatNumber } from '../../../shared/words/format.ts';

const number = (value: number) => formatNumber(value, 'it');
const counted = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;

/** The second way in: a backup that the person already has. */
export const fileSource = {
  file: {
    start: 'Ho già un backup',
    startHint:
      'Un file di Outlook, una cartella di Thunderbird, messaggi EML, un’esportazione di Zimbra, una rubrica, un calendario…',
    title: 'Dov’è il tuo backup?',
    lead: 'Scegli il file o la cartella, oppure trascinali su questa finestra. Travaso guarda dentro e ti dice che cosa c’è.',
    pickFile: 'Scegli un file',
    pickFolder: 'Scegli una cartella',
    drop: 'Oppure trascinali qui',
    dropNow: 'Lascia qui il tuo backup',
    dropInBrowser: 'Il browser non dice a Travaso dove si trova quello che trascini. Indicalo qui.',
    dropNothing: 'Quello che hai trascinato non è un file o una cartella di questo computer. Usa uno dei due pulsanti.',
    dropMany: 'Hai trascinato più cose insieme. Trascina la cartella che le contiene, oppure una cosa alla volta.',
    looking: 'Guardo che cos’è…',
    chosenTitle: 'Il tuo backup',
    other: 'Scegli un altro backup',
    several: 'Qui c’è posta di più tipi. Quale vuoi portare?',
    missing: 'Scegli prima il tuo backup.',
    kinds: {
      'travaso-archive': 'Un archivio di Travaso',
      pst: 'Un file di posta di Outlook (PST)',
      mbox: 'Posta in formato mbox',
      'thunderbird-profile': 'Un profilo di Thunderbird, con tutte le sue cartelle',
      'apple-mbox': 'Cartelle esportate da Mail di Apple (.mbox)',
      eml: 'Messaggi salvati uno per file (EML)',
      maildir: 'Una cartella di posta di un server (Maildir)',
      'zimbra-tgz': 'Un’esportazione di Zimbra',
      items: 'Contatti e calendari salvati in file',
      zip: 'Un file compresso (ZIP)',
    },
    variants: {
      ost: 'La copia locale di una casella di Outlook (OST)',
      ansi: 'Un file di posta di Outlook di una versione vecchia (PST 97–2002)',
      emlx: 'Messaggi di Mail di Apple, uno per file (EMLX)',
      vcf: 'Una rubrica di contatti (vCard)',
      ics: 'Un calendario (iCalendar)',
      csv: 'Un elenco di contatti o appuntamenti (CSV)',
    },
    programs: {
      outlook: 'Outlook',
      thunderbird: 'Thunderbird',
      'apple-mail': 'Mail di Apple',
      gmail: 'Gmail',
      google: 'Google',
      zimbra: 'Zimbra',
      dovecot: 'Dovecot',
      courier: 'Courier',
      travaso: 'Travaso',
    },
    madeBy: (what: string, program: string) => `${what}, di ${program}`,
    zipped: 'È in un file compresso (ZIP): Travaso lo legge senza estrarlo.',
    size: (files: number, size: string) => `${counted(files, 'file', 'file')}, ${size}`,
    isArchive: 'È già un archivio di Travaso: puoi usarlo così com’è, senza copiarlo di nuovo.',
    useArchive: 'Usa questo archivio',
    insideTitle: 'Che cosa c’è dentro',
    startItems: 'Salva quello che hai scelto',
    items: {
      contact: (count: number) => counted(count, 'contatto', 'contatti'),
      event: (count: number) => counted(count, 'appuntamento', 'appuntamenti'),
      task: (count: number) => counted(count, 'attività', 'attività'),
      note: (count: number) => counted(count, 'nota', 'note'),
      file: (count: number) => counted(count, 'documento', 'documenti'),
      rule: (count: number) => counted(count, 'elenco di regole', 'elenchi di regole'),
      signature: (count: number) => counted(count, 'firma', 'firme'),
      settings: (count: number) => counted(count, 'impostazione', 'impostazioni'),
    },
    unreadableTitle: 'Che cosa non si può leggere',
    unreadable: 'Tutto il resto si salva. Queste cose restano nel backup, che non viene toccato.',
    notesTitle: 'Da sapere',
    moreRemarks: (count: number) => `Altri ${number(count)} sono elencati nel rapporto.`,
    selectedWithoutSize: (folders: string, messages: string) => `Hai scelto ${folders}: ${messages}`,
  },
};

/** What is said in another way when the mail comes from a backup: "la vecchia casella" would be wrong then. */
export const italianForFile = {
  untouched: 'Il tuo backup non viene toccato.',
  untouchedMore: 'Travaso lo legge soltanto: non lo sposta, non lo cambia e non lo cancella.',
  steps: { names: { source: 'Il tuo backup', choose: 'Il tuo backup' } },
  help: {
    running: {
      backup: 'Travaso sta leggendo i messaggi dal tuo backup e li scrive nell’archivio su questo computer.',
      verify: 'Travaso sta rileggendo i messaggi per controllare che siano uguali a quelli salvati.',
    },
    questions: {
      touched: {
        ask: 'Il mio backup cambia?',
        answer: 'No. Il tuo backup non viene toccato: Travaso lo legge soltanto.',
      },
      archive: {
        ask: 'A cosa serve l’archivio?',
        answer:
          'È la tua copia controllata, in una forma che tutti i programmi di posta leggono. Si apre anche senza Travaso.',
      },
    },
  },
  choose: {
    listing: 'Guardo dentro il tuo backup…',
    tree: 'Cartelle del tuo backup',
    need: 'Spazio per l’archivio',
    whereTitle: 'Dove mettere l’archivio',
  },
  job: {
    phases: { connecting: 'Apro il tuo backup', listing: 'Guardo quali cartelle ci sono' },
  },
  verify: {
    found: (what: string) => `Il tuo backup aveva ${what} nelle cartelle scelte.`,
    // Messages made from Outlook's own items never were a sequence of octets before they were saved.
    verified: (messages: string) => `${messages} riletti per intero: ogni byte è come è stato salvato.`,
  },
  report: { columns: { found: 'Nel backup' } },
};
