/** "Perché non riesco ad accedere?" */
export const doctor = {
  title: 'Perché non riesco ad accedere?',
  lead: 'Travaso guarda un pezzo alla volta e si ferma dove qualcosa non va. La password non viene usata.',
  looking: 'Sto guardando…',
  done: 'Ho finito di guardare.',
  checks: {
    find: 'Il server della tua casella',
    name: 'Il nome del server',
    port: 'La strada fino al server',
    tls: 'La connessione protetta',
    service: 'Il servizio di posta',
    account: 'Nome e password',
  },
  states: {
    waiting: 'in attesa',
    running: 'sto guardando',
    good: 'va bene',
    bad: 'non va',
    unchecked: 'non controllato',
  },
  send: 'Riga da inviare all’assistenza',
};
