/** What signing in asks after the password, and which servers may have it. */
export const signInSteps = {
  withBrowser:
    'Premendo Entra si apre la pagina di accesso di Microsoft nel tuo browser. La password la scrivi lì: Travaso non la vede.',
  keep: 'Ricorda l’accesso su questo computer',
  keepHint:
    'Nel portachiavi del sistema, per riprendere senza accedere di nuovo. Solo se il computer lo usi soltanto tu.',
  help: 'Non riesco ad accedere',
  attemptsLeft: (count: number) => (count === 1 ? 'Resta un solo tentativo.' : `Restano ${count} tentativi.`),
  again: {
    title: 'Accedi di nuovo',
    text: (mail: string) => `L’accesso di ${mail} non è più valido. Quello che è già stato fatto resta.`,
    withBrowser:
      'Si apre di nuovo la pagina di accesso di Microsoft nel tuo browser. La password la scrivi lì: Travaso non la vede.',
    withPage: 'La password la scrivi nella pagina del tuo ente, in una finestra a parte: Travaso non te la chiede.',
    submit: 'Accedi di nuovo',
  },

  code: {
    title: 'Scrivi il codice',
    lead: (label: string) => `Apri l’app dei codici sul telefono (${label}) e copia il numero che vedi adesso.`,
    leadPlain: 'Apri l’app dei codici sul telefono e copia il numero che vedi adesso.',
    label: 'Codice',
    hint: (digits: string) => `${digits} cifre. Cambia ogni mezzo minuto: se sta per scadere, aspetta il prossimo.`,
    hintRecovery: 'Se non hai il telefono, scrivi uno dei codici di riserva.',
    missing: 'Scrivi il codice.',
    trust: 'Non chiedermi più il codice su questo computer',
    trustHint: 'Solo se lo usi soltanto tu.',
    submit: 'Conferma',
  },

  newPassword: {
    title: 'Scegli una nuova password',
    lead: 'La nuova casella chiede di cambiare la password prima di entrare.',
    label: 'Nuova password',
    again: 'Ripeti la nuova password',
    rulesTitle: 'Deve avere',
    broken: 'non rispettata',
    different: 'Le due password non sono uguali.',
    missing: 'Scrivi la nuova password.',
    submit: 'Cambia la password',
    rules: {
      zimbraPasswordMinLength: (value: string) => `almeno ${value} caratteri`,
      zimbraPasswordMaxLength: (value: string) => `non più di ${value} caratteri`,
      zimbraPasswordMinUpperCaseChars: (value: string) => `maiuscole: almeno ${value}`,
      zimbraPasswordMinLowerCaseChars: (value: string) => `minuscole: almeno ${value}`,
      zimbraPasswordMinNumericChars: (value: string) => `cifre: almeno ${value}`,
      zimbraPasswordMinPunctuationChars: (value: string) => `segni come ! o ?: almeno ${value}`,
      zimbraPasswordMinAlphaChars: (value: string) => `lettere: almeno ${value}`,
      zimbraPasswordMinDigitsOrPuncs: (value: string) => `cifre o segni: almeno ${value}`,
      zimbraPasswordEnforceHistory: (value: string) => `diversa dalle ultime ${value}`,
      blockCommonWordsInPasswordPolicy: () => 'nessuna parola comune',
    },
    otherRule: (rule: string, value: string) => `${rule}: ${value}`,
  },

  enrolment: {
    title: 'Attiva il codice sul telefono',
    lead: 'La nuova casella chiede un secondo controllo: un codice che cambia ogni mezzo minuto. Si attiva una volta sola.',
    app: 'Installa sul telefono un’app per i codici, per esempio quella indicata dal tuo ente.',
    scan: 'Nell’app scegli «Aggiungi» e inquadra questo disegno.',
    qr: 'Disegno da inquadrare con l’app dei codici',
    byHand: 'Non puoi inquadrarlo? Scrivi questa chiave nell’app:',
    recovery:
      'Conserva questi codici di riserva in un posto sicuro: servono se perdi il telefono. Non saranno mostrati di nuovo.',
    recoverySaved: 'Li ho scritti o stampati',
    recoveryMissing: 'Prima di andare avanti conserva i codici di riserva, poi metti la spunta.',
    official: 'Le istruzioni ufficiali, e il posto dove un giorno togliere questo telefono, sono nel sito della posta:',
    code: 'Codice che vedi adesso nell’app',
    submit: 'Attiva',
  },

  appPassword: {
    title: 'Serve una password per i programmi',
    lead: 'Sei entrato. Però, con il codice attivo, questa casella dà la posta ai programmi solo con una password apposta. La crei tu, in tre passi:',
    open: 'Nel browser apri',
    settings: 'Vai nelle preferenze, alla voce «Account» o «Sicurezza».',
    make: 'Crea una password per le applicazioni, chiamala «Travaso» e copiala qui.',
    label: 'Password per i programmi',
    hint: 'Si vede una volta sola. Quando hai finito la puoi togliere dallo stesso posto.',
    missing: 'Scrivi la password che hai creato.',
    submit: 'Conferma',
  },

  browser: {
    title: 'Continua nel browser',
    lead: (host: string) =>
      `Ho aperto la pagina di ${host} nel tuo browser. Accedi lì, poi torna qui: Travaso va avanti da solo.`,
    check: 'Controlla che l’indirizzo in alto nella pagina sia questo:',
    notOpen: 'La pagina non si è aperta? Copia questo indirizzo nel browser:',
    waiting: 'Aspetto che tu finisca l’accesso…',
    cancel: 'Annulla l’accesso',
    deviceCode: 'Usa un codice su un altro dispositivo',
  },

  webPage: {
    title: 'Accedi dalla pagina del tuo ente',
    lead: (host: string) =>
      `In questa casella si entra da una pagina del tuo ente. Travaso la apre in una finestra a parte, a partire da ${host}.`,
    check:
      'Prima di scrivere la password guarda il titolo della finestra: comincia con l’indirizzo della pagina. Se non è quello del tuo ente, chiudila.',
    password: 'Quello che scrivi in quella pagina va solo al tuo ente: Travaso non lo legge e non lo conserva.',
    submit: 'Apri la pagina',
    submitAgain: 'Apri di nuovo la pagina',
    waiting: 'La finestra è aperta: accedi lì. Aspetto che tu finisca…',
    closes: 'La finestra si chiude da sola e Travaso va avanti.',
    cancel: 'Annulla l’accesso',
    instead: 'Entra dalla pagina del tuo ente, senza questa password',
  },

  deviceCode: {
    title: 'Scrivi questo codice nella pagina di Microsoft',
    lead: 'Apri questo indirizzo su qualsiasi dispositivo e scrivi il codice.',
    code: 'Codice',
    waiting: 'Aspetto che tu finisca l’accesso…',
  },

  host: {
    foreignTitle: 'È questo il tuo server?',
    foreign: (mail: string) => `La posta di ${mail} risulta su un server che ha un altro nome:`,
    foreignMore: 'Può essere giusto: molti enti affidano la posta a un fornitore. Se non lo riconosci, chiedi prima.',
    unnamedTitle: 'Fermati: il tuo ente non conosce questo server',
    unnamed: 'Il profilo del tuo ente elenca i server a cui dare la password. Questo non c’è:',
    lookalikeTitle: 'Fermati: questo nome ne imita un altro',
    lookalike: (known: string) => `Somiglia a ${known}, ma non è lo stesso. Chi ruba le password usa nomi così:`,
    asked: 'Ho chiesto all’assistenza: il server è giusto',
    mine: 'Lo riconosco: è il mio server',
    go: 'Continua con questo server',
    missing: 'Per continuare metti la spunta, oppure torna indietro.',
    password: 'La password non è ancora stata inviata a nessuno.',
  },

  letter: {
    open: 'Scrivi la lettera per l’ufficio informatico',
    title: 'Lettera per l’ufficio informatico',
    lead: 'Inviala a chi gestisce i computer: contiene i passi esatti per autorizzare Travaso.',
    save: 'Salva la lettera',
    saved: 'Lettera salvata.',
  },
};
