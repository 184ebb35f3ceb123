import { formatNumber } from '../../../shared/words/format.ts';

const number = (value: number) => formatNumber(value, 'it');
const messages = (count: number) => `${number(count)} ${count === 1 ? 'messaggio' : 'messaggi'}`;

/** "Archivio": opening, browsing and searching. */
export const archive = {
  title: 'Archivio',
  open: 'Apri',
  openAria: (name: string) => `Apri ${name}`,
  openOther: 'Apri un altro archivio',
  pickLead: 'Scegli l’archivio da leggere. Basta la sua cartella: su questo computer, su una chiavetta o in rete.',
  known: 'Archivi su questo computer',
  none: 'Questo computer non conosce ancora nessun archivio.',
  which: 'Archivio aperto',
  close: 'Chiudi questo archivio',
  opening: 'Apro l’archivio…',
  openingLong: 'Se l’archivio è grande o senza catalogo, la prima volta serve qualche minuto.',
  contents: (count: number, size: string) => `${messages(count)}, ${size}`,
  facts: {
    readOnly:
      'Qui non si può scrivere: l’archivio si legge e basta. Quello che serve a Travaso resta sul tuo computer.',
    inUse:
      'Un altro lavoro sta scrivendo in questo archivio. Lo vedi com’era all’ultimo salvataggio: i messaggi nuovi compaiono quando lo riapri.',
    rebuilt: 'L’archivio era senza catalogo. Ne ho fatto uno nuovo: i messaggi non sono stati toccati.',
    rebuiltElsewhere:
      'L’archivio era senza un catalogo leggibile. Ne ho fatto uno nuovo sul tuo computer: l’archivio non è stato toccato.',
    understood: 'Ho capito',
  },

  index: {
    label: 'Ricerca',
    offer: 'Posso preparare la ricerca',
    offerText:
      'Leggo una volta tutti i messaggi e gli allegati, poi trovi ogni parola in un attimo. Intanto puoi già leggere.',
    offerElsewhere: 'L’indice resta sul tuo computer, perché nell’archivio non si può scrivere.',
    start: 'Prepara la ricerca',
    decline: 'No, grazie',
    declined: 'La ricerca in questo archivio non è preparata.',
    building: 'Preparo la ricerca',
    done: (done: number, total: number) => `${number(done)} di ${messages(total)}`,
    buildingHint: 'Puoi già leggere e cercare: per ora trovo solo i messaggi già visti.',
    pause: 'Metti in pausa',
    resume: 'Continua',
    paused: 'La preparazione della ricerca è in pausa.',
    stale: 'Sono arrivati messaggi nuovi: per ora la ricerca non li trova.',
    update: 'Aggiorna la ricerca',
    rebuilt: 'L’indice per la ricerca era rovinato: l’ho rifatto da capo. I messaggi non sono stati toccati.',
    rebuilding: 'L’indice per la ricerca era rovinato: lo rifaccio da capo. I messaggi non sono stati toccati.',
    again: 'Prepara di nuovo',
    incomplete: (count: number) =>
      `Di ${messages(count)} non ho potuto leggere ogni parte: il resto di ${count === 1 ? 'quel messaggio' : 'quei messaggi'} si trova.`,
  },

  folders: {
    label: 'Cartelle',
    all: 'Tutti i messaggi',
    inbox: 'Posta in arrivo',
    count: (count: number, unread: number) =>
      unread === 0 ? messages(count) : `${messages(count)}, ${number(unread)} da leggere`,
    show: 'Cartelle',
  },

  search: {
    label: 'Cerca in questo archivio',
    submit: 'Cerca',
    clear: 'Torna all’elenco',
    here: (folder: string) => `Solo in «${folder}»`,
    found: (count: number) => (count === 1 ? '1 messaggio trovato' : `${number(count)} messaggi trovati`),
    /** Where there is more than mail. */
    foundSome: (count: number) => (count === 1 ? '1 risultato' : `${number(count)} risultati`),
    helpTitle: 'Come si cerca',
    help: 'Scrivi una o più parole. Accenti e maiuscole non contano: «perche» trova «perché».',
    examples: {
      phrase: ['"consiglio comunale"', 'le parole una dopo l’altra'],
      prefix: ['deliber*', 'le parole che cominciano così'],
      from: ['da:rossi', 'chi ha scritto'],
      to: ['a:bianchi', 'chi ha ricevuto'],
      subject: ['oggetto:preventivo', 'nell’oggetto'],
      since: ['dal:2019', 'da quella data in poi'],
      until: ['al:"marzo 2019"', 'fino a quella data'],
      on: ['data:ieri', 'in quel giorno, mese o anno'],
      attachment: ['allegato:fattura', 'nel nome o nel testo di un allegato'],
      folder: ['cartella:Progetti', 'in una cartella'],
      kind: ['tipo:contatto', 'solo contatti; anche appuntamento, attività, messaggio'],
      without: ['-bozza', 'senza quella parola'],
    },
    inAttachment: 'Nell’allegato:',
  },

  list: {
    label: (name: string) => `Messaggi: ${name}`,
    results: 'Risultati della ricerca',
    empty: 'Qui non ci sono messaggi.',
    reading: 'Leggo…',
    count: messages,
    columns: { state: 'Stato', date: 'Data', from: 'Mittente', subject: 'Oggetto', size: 'Dimensione' },
    sortNeedsIndex: 'Per ordinare per mittente o per oggetto serve la ricerca preparata.',
    noSubject: '(senza oggetto)',
    noSender: '(senza mittente)',
    noDate: 'senza data',
    unread: 'da leggere',
    read: 'letto',
    flagged: 'importante',
    answered: 'con risposta',
    draft: 'bozza',
    absent: 'non più all’origine',
    attachments: (count: number) => (count === 1 ? '1 allegato' : `${number(count)} allegati`),
    keys: 'Frecce per scorrere, Invio per aprire, Spazio per scegliere, barra per cercare, F6 per passare da un riquadro all’altro.',
    back: 'Torna ai messaggi',
  },

  message: {
    label: 'Messaggio',
    none: 'Scegli un messaggio per leggerlo qui.',
    conversation: 'Mostra la conversazione',
    conversationTitle: (count: number) => `Conversazione: ${messages(count)}`,
    conversationAlone: 'Questo messaggio non fa parte di una conversazione.',
    hideConversation: 'Nascondi la conversazione',
    save: 'Salva come .eml',
    saved: (path: string) => `Salvato in ${path}`,
    fileName: 'messaggio',
  },

  selection: {
    label: 'Messaggi scelti',
    some: (count: number) => (count === 1 ? '1 messaggio scelto' : `${number(count)} messaggi scelti`),
    all: (count: number) => `Tutti: ${messages(count)}`,
    selectAll: 'Scegli tutti',
    clear: 'Deseleziona',
    export: 'Esporta',
    restore: 'Rimetti in una casella',
    tooMany: 'Sono troppi per sceglierli così: usa «Scegli tutti».',
  },

  export: {
    title: 'Esporta i messaggi',
    whole: 'Esporta tutto l’archivio',
    format: 'In quale forma?',
    formats: {
      eml: ['Un file per messaggio (EML)', 'Si aprono con ogni programma di posta. Ogni byte come nell’archivio.'],
      mbox: ['Un file per cartella (mbox)', 'Per Thunderbird, Mail di Apple e altri.'],
      zip: ['Un solo file compresso (ZIP)', 'Comodo da mandare o conservare. Dentro, un file EML per messaggio.'],
      csv: ['Solo l’elenco, per un foglio di calcolo (CSV)', 'Data, mittente, oggetto, cartella. Senza i messaggi.'],
    },
    status: 'Segna anche quali sono letti e con risposta',
    statusHint: 'Aggiunge ai messaggi righe che i programmi di posta capiscono: non sono più identici byte per byte.',
    start: 'Scegli dove, poi esporta',
    folderName: (archiveName: string, day: string) => `Messaggi da ${archiveName} ${day}`,
    listName: 'elenco messaggi',
    zipName: 'messaggi',
    working: 'Esporto i messaggi',
    done: (count: number) => `Fatto: ${messages(count)}.`,
    where: (path: string) => `Si trova in ${path}`,
  },

  restore: {
    action: 'Rimetti tutto in una casella',
    title: 'Rimetti in una casella',
    text: 'I messaggi tornano in una casella di posta. Quelli che ci sono già restano come sono: niente viene sovrascritto o raddoppiato.',
    whole: 'Tutto l’archivio',
    folder: (name: string) => `La cartella «${name}», con le cartelle che contiene`,
    where: 'In quali cartelle?',
    places: {
      old: ['Nelle cartelle di prima', 'Ogni messaggio torna nella cartella dove stava.'],
      under: ['Sotto una cartella nuova', 'Così restano separati da quello che c’è già.'],
    },
    under: 'Nome della cartella',
    underName: (day: string) => `Ripristinati ${day}`,
    underMissing: 'Scrivi il nome della cartella.',
    next: 'Scegli la casella',
    into: (mail: string) => `Casella: ${mail}`,
    start: 'Rimetti i messaggi',
    other: 'Un’altra casella',
    working: 'Rimetto i messaggi nella casella',
    done: (count: number) =>
      count === 1 ? '1 messaggio rimesso nella casella.' : `${number(count)} messaggi rimessi nella casella.`,
    present: (count: number) => (count === 1 ? '1 c’era già.' : `${number(count)} c’erano già.`),
    proving: 'Controllo che siano arrivati',
    proved: (count: number) =>
      count === 1
        ? 'Controllato nella casella: 1 messaggio arrivato.'
        : `Controllati nella casella: ${messages(count)} arrivati.`,
    setAside: (count: number) => `${messages(count)} da guardare:`,
  },

  verify: {
    action: 'Controlla di nuovo',
    title: 'Controlla di nuovo',
    text: 'Rileggo dal disco ogni messaggio e confronto la sua impronta con quella presa durante il salvataggio. Non serve la rete, e l’archivio non cambia.',
    start: 'Comincia il controllo',
    working: 'Controllo l’archivio',
    good: (count: number, when: string) =>
      `Controllato il ${when}: ${count === 1 ? '1 messaggio, identico' : `${messages(count)}, tutti identici`} byte per byte.`,
    attention: (when: string) => `Controllato il ${when}: qualcosa è da guardare.`,
    report: 'Salva il rapporto',
    reportName: 'controllo-archivio',
  },

  seal: {
    action: 'Copia cifrata',
    title: 'Fai una copia cifrata',
    text: 'Tutto l’archivio in un solo file, che si apre soltanto con una frase segreta. Va bene per una chiavetta o un disco di rete.',
    warning: 'Senza la frase la copia non si apre più: nessuno può recuperarla, nemmeno l’assistenza.',
    passphrase: 'Frase segreta',
    passphraseHint: 'Quattro o più parole a caso sono facili da ricordare e difficili da indovinare.',
    again: 'La stessa frase, un’altra volta',
    different: 'Le due frasi non sono uguali.',
    strengths: {
      short: 'Troppo corta: si indovina in fretta.',
      weak: 'Debole: aggiungi altre parole.',
      fair: 'Discreta: con un’altra parola è meglio.',
      good: 'Buona.',
    },
    tooShort: 'Scrivi almeno 12 caratteri.',
    start: 'Scegli dove, poi copia',
    fileName: (archiveName: string) => `${archiveName}.age`,
    working: 'Scrivo la copia cifrata',
    done: (path: string) => `La copia cifrata è in ${path}`,
    doneHint: 'Conserva la frase lontano dalla copia. Si apre con Travaso e con il programma libero «age».',
  },

  unseal: {
    action: 'Riapri una copia cifrata',
    title: 'Riapri una copia cifrata',
    text: 'Scegli il file (.age), scrivi la frase segreta e indica dove rimettere l’archivio.',
    file: 'Il file',
    noFile: 'Nessun file scelto',
    pick: 'Scegli il file',
    missing: 'Scegli prima il file.',
    passphrase: 'Frase segreta',
    identity: 'Ho un file chiave al posto della frase',
    identityPicked: (path: string) => `File chiave: ${path}`,
    start: 'Scegli dove, poi riapri',
    folderName: 'Archivio riaperto',
    working: 'Riapro la copia cifrata',
    done: (path: string) => `L’archivio è in ${path}`,
    open: 'Apri l’archivio',
  },

  job: { stop: 'Ferma', stopped: 'Fermato.', again: 'Riprova', reveal: 'Mostra nella cartella' },
};
