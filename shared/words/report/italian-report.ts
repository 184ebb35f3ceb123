import type { ReportWords } from './report-words.ts';

export const italianReport: ReportWords = {
  title: 'Rapporto sul trasferimento della posta',
  outcome: { complete: 'Completo', partial: 'Parziale', incomplete: 'Non finito' },
  outcomeSentence: {
    complete: ({ found, toTarget }) =>
      found === '0'
        ? 'Le cartelle scelte sono vuote: non c’erano messaggi da portare.'
        : found === '1'
          ? `Il solo messaggio trovato è nell’archivio ed è stato controllato ${toTarget ? 'nella nuova casella' : 'rileggendolo'}.`
          : `Tutti i ${found} messaggi trovati sono nell’archivio e sono stati controllati, uno per uno, ${toTarget ? 'nella nuova casella' : 'rileggendoli'}.`,
    partial: ({ found, verified, toTarget }) =>
      `Messaggi trovati: ${found}. Controllati ${toTarget ? 'nella nuova casella' : 'nell’archivio'}: ${verified}. Più sotto trovi, per nome, tutto ciò che è da guardare.`,
    incomplete: ({ found, stored, verified, toTarget }) =>
      `Il lavoro non è arrivato in fondo. Messaggi trovati finora: ${found ?? 'non ancora contati'}. Salvati nell’archivio: ${stored ?? 'nessuno'}. Controllati${toTarget ? ' nella nuova casella' : ''}: ${verified ?? 'non ancora'}.`,
  },
  leftOut: (folders, count) =>
    count === 1
      ? `Una cartella è rimasta fuori per tua scelta: ${folders}.`
      : `Cartelle rimaste fuori per tua scelta: ${folders}.`,
  leftOutItems: kinds => `Per tua scelta non sono stati salvati: ${kinds}.`,
  untouched: 'I messaggi di partenza non sono stati toccati: Travaso li ha soltanto letti.',
  notRun: 'non ancora',

  facts: {
    heading: 'Di che cosa parla questo rapporto',
    source: 'Da dove viene la posta',
    target: 'Nuova casella',
    noTarget: 'nessuna: i messaggi sono solo nell’archivio',
    archive: 'Archivio',
    mailFormat: { mbox: 'un file mbox per cartella', eml: 'un file EML per messaggio' },
    created: 'Data del rapporto',
    product: 'Programma',
    zone: timeZone => `ore del fuso ${timeZone}`,
  },

  summary: {
    heading: 'Riepilogo',
    caption: 'Quanti messaggi, passo per passo',
    columns: { count: 'Passo', figure: 'Messaggi', meaning: 'Che cosa vuol dire' },
    counts: {
      found: { label: 'Trovati', meaning: 'Visti nella casella o nel backup di partenza.' },
      stored: { label: 'Salvati', meaning: 'Copiati nell’archivio, identici all’originale.' },
      alreadyPresent: {
        label: 'Già presenti',
        meaning: 'Erano già nella nuova casella: non sono stati caricati due volte.',
      },
      uploaded: { label: 'Caricati', meaning: 'Inviati alla nuova casella, che ha confermato di averli.' },
      verified: { label: 'Controllati', meaning: 'Ritrovati nella nuova casella e confrontati con l’archivio.' },
      setAside: { label: 'Messi da parte', meaning: 'Non riusciti dopo più tentativi: elencati per nome più sotto.' },
      missing: { label: 'Mancanti', meaning: 'Cercati durante il controllo e non trovati.' },
      bytes: { label: 'Dimensione', meaning: 'Spazio occupato dai messaggi salvati.' },
    },
    verifiedInArchive: 'Riletti dall’archivio e confrontati con la loro impronta.',
    storedWithSynthesised: 'Presenti nell’archivio; quanti sono stati ricomposti è detto sotto la tabella.',
  },

  folders: {
    heading: 'Cartella per cartella',
    caption: 'Conteggi di ogni cartella; sotto il nome, il motivo di ogni differenza',
    folder: 'Cartella',
    total: 'Totale',
    roles: {
      inbox: 'posta in arrivo',
      drafts: 'bozze',
      sent: 'posta inviata',
      junk: 'posta indesiderata',
      trash: 'cestino',
      archive: 'archiviati',
    },
    notChosen: 'Rimasta fuori per tua scelta.',
    unexplained: 'I numeri di questa riga non tornano e il motivo non è noto: avvisa l’assistenza.',
    messages: (count, isOne) => `${count} ${isOne ? 'messaggio' : 'messaggi'}`,
    differences: {
      ALREADY_AT_TARGET: [
        'già presente nella nuova casella, non caricato di nuovo',
        'già presenti nella nuova casella, non caricati di nuovo',
      ],
      GONE_FROM_SOURCE: [
        'tolto all’origine dopo il salvataggio; l’archivio lo conserva',
        'tolti all’origine dopo il salvataggio; l’archivio li conserva',
      ],
      NOT_CHOSEN: ['rimasto fuori per tua scelta', 'rimasti fuori per tua scelta'],
      NOT_YET: ['in attesa: il lavoro non è arrivato fin qui', 'in attesa: il lavoro non è arrivato fin qui'],
      FOLDER_VANISHED: ['in una cartella che all’origine non c’è più', 'in una cartella che all’origine non c’è più'],
      FOLDER_UNREADABLE: [
        'in una cartella che il server non lascia leggere',
        'in una cartella che il server non lascia leggere',
      ],
      MESSAGE_VANISHED: ['tolto all’origine durante il salvataggio', 'tolti all’origine durante il salvataggio'],
      MESSAGE_UNREADABLE: ['non consegnato dal vecchio server', 'non consegnati dal vecchio server'],
      ARCHIVE_MESSAGE_CHANGED: ['non più come era stato salvato', 'non più come erano stati salvati'],
      TARGET_QUOTA: [
        'rimasto nell’archivio: la nuova casella è piena',
        'rimasti nell’archivio: la nuova casella è piena',
      ],
      TARGET_MESSAGE_TOO_LARGE: ['troppo grande per la nuova casella', 'troppo grandi per la nuova casella'],
      TARGET_LINE_TOO_LONG: [
        'con una riga troppo lunga per la nuova casella',
        'con una riga troppo lunga per la nuova casella',
      ],
      TARGET_NUL_OCTET: [
        'con un carattere che la nuova casella non accetta',
        'con un carattere che la nuova casella non accetta',
      ],
      TARGET_MESSAGE_REFUSED: ['rifiutato dalla nuova casella', 'rifiutati dalla nuova casella'],
      TARGET_FOLDER_REFUSED: [
        'in una cartella che la nuova casella non lascia creare',
        'in una cartella che la nuova casella non lascia creare',
      ],
      TARGET_FOLDER_VANISHED: [
        'in una cartella tolta dalla nuova casella',
        'in una cartella tolta dalla nuova casella',
      ],
      MESSAGE_REPRESENTED: ['rappresentato da un’altra copia, caricata', 'rappresentati da un’altra copia, caricata'],
      TARGET_MESSAGE_MISSING: [
        'caricato, ma non più trovato nella nuova casella',
        'caricati, ma non più trovati nella nuova casella',
      ],
      TARGET_MESSAGE_DIFFERS: [
        'diverso dall’originale nella nuova casella',
        'diversi dall’originale nella nuova casella',
      ],
      TARGET_ATTRIBUTES_DIFFER: ['arrivato con data o segni diversi', 'arrivati con data o segni diversi'],
      MESSAGE_SIZE_DIFFERS: [
        'di misura diversa da quella detta dal server, salvato com’è',
        'di misura diversa da quella detta dal server, salvati come sono',
      ],
      TARGET_BYTES_REWRITTEN: [
        'riscritto dalla nuova casella, con lo stesso contenuto',
        'riscritti dalla nuova casella, con lo stesso contenuto',
      ],
    },
  },

  exceptions: {
    heading: 'Da guardare',
    none: 'Niente: ogni messaggio è arrivato dove doveva.',
    notes: 'Da sapere',
    safe: 'I messaggi sono al sicuro?',
    now: 'Che cosa fare ora',
    desk: 'Per l’assistenza',
    caption: 'Messaggi interessati',
    phase: { backup: 'durante il salvataggio', upload: 'durante il caricamento', verify: 'durante il controllo' },
    columns: { message: 'Oggetto', from: 'Mittente', date: 'Data', file: 'Copia e impronta' },
    noSubject: '(senza oggetto)',
    unknown: 'non noto',
    notSaved: 'non salvato',
    fingerprint: 'SHA-256',
    archiveId: 'numero nell’archivio',
  },

  changes: {
    renamedHeading: 'Cartelle con un altro nome',
    renamedCaption: 'Cartelle che nella nuova casella si chiamano in altro modo',
    trueName: 'Nome vero',
    newName: 'Nome nella nuova casella',
    why: 'Motivo',
    reasons: {
      'name-taken': 'un’altra cartella ha già quel nome',
      refused: 'la nuova casella ha rifiutato il nome',
      'illegal-characters': 'contiene caratteri che la nuova casella non ammette',
      reserved: 'la nuova casella usa già questo nome per sé',
      'too-long': 'è troppo lungo per la nuova casella',
    },
    keywordsHeading: 'Etichette non conservate',
    keywordsCaption: 'Etichette che la nuova casella non conserva; nell’archivio restano',
    keyword: 'Etichetta',
    messages: 'Messaggi',
  },

  proof: {
    heading: 'Come sono stati controllati i messaggi',
    notYet: 'Il controllo non è ancora stato fatto fino in fondo.',
    byOctets: (count, isOne, inTarget) =>
      inTarget
        ? `${count} ${isOne ? 'messaggio è stato riletto' : 'messaggi sono stati riletti'} per intero dalla nuova casella: ogni byte è uguale all’originale (SHA-256).`
        : `${count} ${isOne ? 'messaggio è stato riletto' : 'messaggi sono stati riletti'} per intero dall’archivio: ogni byte è uguale all’originale (SHA-256).`,
    byOctetsOfArchive: (count, isOne, inTarget) =>
      inTarget
        ? `${count} ${isOne ? 'messaggio è stato riletto' : 'messaggi sono stati riletti'} per intero dalla nuova casella: ogni byte è uguale a quello salvato nell’archivio (SHA-256).`
        : `${count} ${isOne ? 'messaggio è stato riletto' : 'messaggi sono stati riletti'} per intero: ogni byte è uguale a quello salvato nell’archivio (SHA-256).`,
    putTogether: (count, isOne) =>
      isOne
        ? 'Un messaggio dell’archivio è fatto con i dati di Outlook: il suo originale, byte per byte, non esiste in quel file. Quale sia lo dice l’archivio, accanto al messaggio.'
        : `${count} messaggi dell’archivio sono fatti con i dati di Outlook: i loro originali, byte per byte, non esistono in quel file. Quali siano lo dice l’archivio, accanto a ogni messaggio.`,
    byParts: (count, isOne) =>
      `${count} ${isOne ? 'messaggio è stato confrontato' : 'messaggi sono stati confrontati'} parte per parte (intestazioni, testi, allegati), perché la nuova casella riscrive i messaggi a modo suo.`,
    finished: when => `Controllo finito il ${when}.`,
    archiveSound: (when, messages, isOne) =>
      `L’archivio è stato riletto il ${when}${messages === null ? '' : `: ${isOne ? '1 messaggio' : `${messages} messaggi`}`}, ogni byte come fu salvato (SHA-256).`,
    archiveUnsound: when =>
      `L’archivio è stato riletto il ${when}: qualcosa non è come fu salvato, ed è elencato sotto «Da guardare».`,
    againHeading: 'Come ripetere il controllo, anche senza rete',
    againIntroduction:
      'L’archivio si controlla da solo, anche tra molti anni e senza Travaso. Basta uno di questi modi, dalla cartella dell’archivio:',
    sealMissing: 'L’archivio non è ancora chiuso: il controllo si potrà ripetere quando il salvataggio sarà finito.',
    steps: {
      travaso: 'Con Travaso:',
      bagit: 'Con un qualunque programma per archivi BagIt (RFC 8493), per esempio bagit.py:',
      everyFile: 'Con i comandi di base di Linux e macOS, file per file:',
      manifestItself: 'Per sapere se l’elenco stesso è quello di questo rapporto, confronta la sua impronta:',
      onWindows: 'Lo stesso su Windows:',
    },
    seal: 'Impronta SHA-256 dell’elenco',
  },

  runs: {
    heading: 'Quando è stato fatto il lavoro',
    caption: 'Tutte le volte in cui Travaso ha lavorato su questo archivio',
    kind: 'Lavoro',
    started: 'Inizio',
    finished: 'Fine',
    status: 'Esito',
    messages: 'Messaggi',
    bytes: 'Dimensione',
    seconds: 'Tempo di lavoro',
    kinds: { backup: 'Salvataggio', upload: 'Caricamento', verify: 'Controllo' },
    restores: { upload: 'Ripristino', verify: 'Controllo del ripristino' },
    restored: messages => `messaggi scelti: ${messages}`,
    under: folder => `nella cartella «${folder}»`,
    query: query => `ricerca «${query}»`,
    setAside: messages => `messi da parte: ${messages}`,
    statuses: {
      queued: 'in attesa',
      running: 'in corso',
      pausing: 'si sta fermando',
      paused: 'in pausa',
      cancelling: 'si sta annullando',
      interrupted: 'interrotto',
      cancelled: 'annullato',
      succeeded: 'riuscito',
      partial: 'riuscito in parte',
      failed: 'non riuscito',
    },
    notFinished: 'non finito',
  },

  items: {
    heading: 'Altro: contatti, calendari, attività, note, file, regole, firme',
    caption: 'Quello che c’era oltre alla posta, cartella per cartella',
    columns: { kind: 'Che cosa', found: 'Trovati', stored: 'Nell’archivio', setAside: 'Messi da parte' },
    carried: {
      caption: 'Che cosa ne è arrivato nella nuova casella',
      columns: {
        uploaded: 'Caricati',
        alreadyPresent: 'C’erano già',
        verified: 'Verificati',
        setAside: 'Messi da parte',
        differs: 'Diversi',
        missing: 'Mancanti',
        byHand: 'Da portare a mano',
      },
    },
    outcome: {
      complete: 'Tutto quello che è stato trovato è nell’archivio.',
      partial: 'Il lavoro è finito. Più sotto trovi, per nome, tutto ciò che è da guardare.',
      incomplete: 'Il lavoro non è arrivato in fondo.',
      proved: (kinds, toTarget) =>
        toTarget
          ? `Ritrovati nella nuova casella e uguali all’archivio, campo per campo: ${kinds}.`
          : `Riletti dall’archivio, ogni file com’è stato salvato: ${kinds}.`,
      byHand: kinds => `Da portare a mano: ${kinds}.`,
      archived: kinds => `Solo nell’archivio, non caricati: ${kinds}.`,
    },
    concerned: 'Quali',
    kinds: {
      contact: 'contatti',
      event: 'calendario',
      task: 'attività',
      note: 'note',
      file: 'file',
      rule: 'regole dei messaggi',
      signature: 'firme',
      settings: 'impostazioni',
    },
    synthesised: (count, isOne) =>
      isOne
        ? 'Un messaggio è stato ricomposto: il file di Outlook ne conserva le parti, non il testo originale com’era in viaggio. Il contenuto è lo stesso, ma non c’è un originale identico con cui confrontarlo.'
        : `Messaggi ricomposti: ${count}. Il file di Outlook ne conserva le parti, non il testo originale com’era in viaggio. Il contenuto è lo stesso, ma non c’è un originale identico con cui confrontarli.`,
  },

  footer: 'Conserva questo rapporto insieme all’archivio.',
};
