/** The organisation's profile: in the settings, and on the welcome screen. */
export const organisation = {
  title: 'Il profilo del tuo ente',
  none: 'Se il tuo ente ti ha dato un file o un indirizzo per Travaso, aprilo qui: i server si trovano da soli e la password va solo a loro.',
  open: 'Apri il file del profilo',
  linkLabel: 'Oppure scrivi l’indirizzo che ti ha dettato l’assistenza',
  linkHint: 'Per esempio: ente.it/travaso.json',
  linkMissing: 'Scrivi l’indirizzo del profilo.',
  linkSubmit: 'Cerca il profilo',
  inspectTitle: (name: string) => `Usare il profilo di ${name}?`,
  fingerprint: 'Impronta',
  compare: 'Telefona all’assistenza e confronta questa impronta, gruppo per gruppo. Se è diversa, non usarlo.',
  sameKey: 'È firmato dalla stessa chiave del profilo che usi già.',
  otherKey:
    'È firmato da una chiave diversa da quella del profilo che usi già. Se l’assistenza lo conferma, prima togli il profilo attuale.',
  compared: 'L’impronta è la stessa che mi ha detto l’assistenza',
  comparedMissing: 'Prima confronta l’impronta, poi metti la spunta.',
  install: 'Usa questo profilo',
  installed: 'Profilo in uso.',
  remove: 'Togli il profilo',
  domains: 'Per gli indirizzi',
  source: 'Vecchia casella',
  target: 'Nuova casella',
  officialSender: 'Istruzioni ufficiali solo da',
  expires: 'Valido fino al',
  dates: {
    freeze: (from: string, until: string) =>
      `Dal ${from} al ${until} le impostazioni della posta non si possono cambiare. La posta arriva lo stesso.`,
    cutOver: (day: string) => `La nuova casella parte il ${day}.`,
    accessEnds: (day: string) => `La vecchia casella si potrà leggere fino al ${day}.`,
  },
  manuals: 'Istruzioni del tuo ente',
};
