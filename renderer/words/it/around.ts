import { formatNumber } from '../../../shared/words/format.ts';

const number = (value: number) => formatNumber(value, 'it');
const counted = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;

/** Everything around the assistant's steps. */
export const around = {
  product: 'Travaso',
  skipToContent: 'Vai al contenuto',
  nav: { label: 'Travaso', home: 'Inizio', archive: 'Archivio', help: 'Aiuto', settings: 'Impostazioni' },
  messages: (count: number) => counted(count, 'messaggio', 'messaggi'),
  folders: (count: number) => counted(count, 'cartella', 'cartelle'),

  actions: {
    next: 'Avanti',
    back: 'Indietro',
    close: 'Chiudi',
    retry: 'Riprova',
    resume: 'Riprendi',
    pause: 'Metti in pausa',
    chooseFolder: 'Scegli la cartella',
    change: 'Cambia',
    save: 'Salva',
    cancel: 'Annulla',
    showPassword: 'Mostra la password',
    hidePassword: 'Nascondi la password',
    reveal: 'Apri la cartella',
  },
  working: 'Un momento…',
  required: 'Scrivi qui qualcosa per andare avanti.',

  steps: {
    label: 'Passi',
    of: (step: number, total: number, name: string) => `Passo ${step} di ${total} — ${name}`,
    done: 'fatto',
    names: {
      welcome: 'Benvenuto',
      source: 'Vecchia casella',
      choose: 'Cosa salvare e dove',
      backup: 'Salvataggio',
      verify: 'Verifica',
      target: 'Nuova casella',
      map: 'Dove mettere le cose',
      upload: 'Caricamento',
      report: 'Rapporto',
    },
  },

  problem: {
    safe: 'I miei messaggi sono al sicuro?',
    now: 'Cosa faccio adesso?',
    desk: 'Per l’assistenza',
    title: 'Qualcosa non è andato',
  },

  replaced: {
    title: 'Travaso è aperto in un’altra scheda',
    text: 'Continua nell’altra scheda. Il lavoro non si è fermato. Questa scheda si può chiudere.',
    takeBack: 'Continua qui',
  },
  starting: {
    title: 'Travaso non si è avviato',
    text: 'Chiudi Travaso e aprilo di nuovo. Il lavoro già fatto resta valido.',
  },

  home: {
    title: 'La tua posta, al sicuro',
    lead: 'Travaso porta i messaggi dalla vecchia casella, o da un backup che hai già, alla nuova, passando per un archivio controllato su questo computer.',
    start: 'Inizia un nuovo travaso',
    continue: 'Continua',
    inProgress: 'Hai un travaso in corso',
    atStep: (step: string) => `Sei arrivato al passo: ${step}.`,
    archives: 'Archivi su questo computer',
    none: 'Ancora nessuno. Quando salvi la tua posta, l’archivio compare qui.',
    open: 'Apri un archivio',
    use: 'Usa questo archivio',
    forget: 'Togli dall’elenco',
    unreachable: 'Non raggiungibile: collega la chiavetta o il disco, poi riprova.',
    contents: (messages: string, size: string) => `${messages}, ${size}`,
    lastUsed: (when: string) => `Usato il ${when}`,
    from: (account: string) => `Da ${account}`,
    states: {
      interrupted: 'Interrotto',
      paused: 'In pausa',
      running: 'In corso',
      failed: 'Fermato da un problema',
      partial: 'Finito, qualcosa da guardare',
      succeeded: 'Finito',
    },
    interruptedHint: 'Il lavoro si è fermato prima della fine. Quello già fatto resta valido.',
    replaceTitle: 'Iniziare da capo?',
    replaceText: 'Il travaso in corso viene messo da parte. L’archivio resta sul computer e nell’elenco.',
    replaceYes: 'Inizia da capo',
  },

  settings: {
    title: 'Impostazioni',
    language: 'Lingua',
    languages: { it: 'Italiano', en: 'English' },
    textSize: 'Dimensione del testo',
    textSizes: { normal: 'Normale', large: 'Grande', larger: 'Molto grande' },
    theme: 'I colori chiari o scuri seguono quelli scelti nel sistema.',
    saved: 'Le scelte valgono subito e restano su questo computer.',
  },

  help: {
    title: 'Aiuto',
    nowTitle: 'Cosa sta succedendo',
    idle: 'In questo momento Travaso non sta lavorando. I tuoi messaggi sono dove li hai lasciati.',
    running: {
      backup: 'Travaso sta leggendo i messaggi dalla vecchia casella e li scrive nell’archivio su questo computer.',
      plan: 'Travaso sta guardando la nuova casella per capire dove mettere le cartelle. Non manda ancora nulla.',
      upload: 'Travaso sta mandando i messaggi dell’archivio alla nuova casella.',
      verify: 'Travaso sta rileggendo i messaggi per controllare che siano identici agli originali.',
      export: 'Travaso sta scrivendo una copia dei messaggi dove hai chiesto.',
      rebuild: 'Travaso sta ricostruendo l’indice dell’archivio.',
      seal: 'Travaso sta scrivendo una copia cifrata dell’archivio.',
      unseal: 'Travaso sta riaprendo una copia cifrata.',
    },
    paused: 'Il lavoro è in pausa. Riprende quando vuoi, da dove era.',
    deskTitle: 'Il codice da leggere all’assistenza',
    deskNone: 'Nessun problema da segnalare in questo momento.',
    deskContact: (contact: string) => `Assistenza del tuo ente: ${contact}`,
    deskUnknown: 'Il numero dell’assistenza è nelle istruzioni del tuo ente.',
    questionsTitle: 'Domande frequenti',
    questions: {
      touched: {
        ask: 'La vecchia casella cambia?',
        answer: 'No. I messaggi nella vecchia casella non vengono toccati: Travaso li legge soltanto.',
      },
      lid: {
        ask: 'Posso chiudere il portatile?',
        answer:
          'Sì. Il lavoro si ferma e, quando lo riapri, riprende da dove era. Nessun messaggio va perso o raddoppiato.',
      },
      twice: {
        ask: 'Se ripeto il lavoro, i messaggi si raddoppiano?',
        answer: 'No. Travaso riconosce quelli già salvati o già caricati e prende solo quelli nuovi.',
      },
      archive: {
        ask: 'A cosa serve l’archivio?',
        answer: 'È la tua copia. Si apre anche senza Travaso, e resta tua quando la vecchia casella non c’è più.',
      },
    },
    diagnosticsTitle: 'Informazioni per l’assistenza',
    diagnosticsText:
      'Se l’assistenza le chiede, salva queste informazioni e mandale tu. Non contengono indirizzi, oggetti, nomi di cartelle o password. Travaso non manda nulla da solo.',
    diagnosticsShow: 'Mostra le informazioni',
    diagnosticsSave: 'Salva in un file',
    diagnosticsLabel: 'Informazioni da salvare',
    diagnosticsSaved: 'Salvato.',
    version: (version: string) => `Travaso ${version}`,
  },

  picker: {
    titleFolder: 'Scegli una cartella',
    titleFile: 'Scegli dove salvare',
    titleOpen: 'Scegli un file',
    emptyOpen: 'Qui non c’è nulla da scegliere.',
    places: 'Posti da cui partire',
    up: 'Cartella superiore',
    current: (path: string) => `Sei in: ${path}`,
    empty: 'Qui non ci sono altre cartelle.',
    truncated: 'Ci sono troppe cartelle: ne vedi le prime 2.000.',
    use: 'Usa questa cartella',
    newFolder: 'Nome della nuova cartella',
    create: 'Crea cartella',
    fileName: 'Nome del file',
    saveHere: 'Salva qui',
  },
};
