import type { SeededRandom } from './seeded-random.ts';

/** Words, people and sentences of an Italian public office, for generated mail. All invented. */

export interface Person {
  readonly name: string;
  readonly address: string;
}

const firstNames = [
  'Anna', 'Niccolò', 'Lucia', 'Giosuè', 'Marta', 'Pier Luigi', 'Désirée', 'Salvatore', 'Chiara', 'Tancredi',
  'Ornella', 'Michele', 'Zoë', 'Raffaele', 'Noemi', 'Calogero',
] as const; // prettier-ignore
const lastNames = [
  "D'Amico", 'Esposito', 'Lo Cascio', 'Forlì', 'De Sanctis', 'Brambilla', 'Nardò', 'Pischedda', 'Dell’Orto',
  'Cantù', 'Zanier', 'Mastroianni', 'Sgarbossa', 'Güell', 'Cipollone', 'Pautasso',
] as const; // prettier-ignore
const domains = ['comune.esempio.it', 'ministero.esempio.it', 'regione.esempio.it', 'pec.esempio.it'] as const;

export function person(random: SeededRandom): Person {
  const [first, last] = [random.pick(firstNames), random.pick(lastNames)];
  const local = `${first}.${last}`
    .normalize('NFD')
    .replaceAll(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return { name: `${first} ${last}`, address: `${local}@${random.pick(domains)}` };
}

const topics = [
  'Convocazione della giunta', 'Bozza di delibera n. 45/2023', 'Fattura elettronica già registrata',
  'Ferie: perché è urgente rispondere', 'Città metropolitana – verbale', 'Richiesta di accesso agli atti',
  'Mobilità del personale', 'Scadenza 30 giugno', 'Aggiornamento protocollo', 'Nota spese (missione a L’Aquila)',
  'Bilancio di previsione: osservazioni', 'Invito: «La qualità dell’aria»', 'Guasto all’impianto termico',
  'Pagamento € 1.250,00', 'Auguri di buon Natale 🎄', 'Comunicazione di servizio', 'Presa visione obbligatoria',
  'Sollecito', 'Elenco partecipanti', 'Contratto di manutenzione', 'Così è (se vi pare)', 'Modulo più recente',
] as const; // prettier-ignore

export function topic(random: SeededRandom): string {
  return random.pick(topics);
}

const openings = ['Gentile collega,', 'Buongiorno a tutti,', 'Egregio dottore,', 'Ciao,', 'Spett.le Ufficio,'] as const;
const sentences = [
  'in allegato trasmetto la documentazione richiesta, che è già stata protocollata.',
  'la riunione è spostata a giovedì alle ore 15:30; perciò vi prego di confermare la presenza.',
  'poiché la scadenza è vicina, occorre decidere entro lunedì se procedere o no.',
  'la città di Forlì ha chiesto un’ulteriore proroga, che però non può essere concessa.',
  'l’attività è terminata: il costo complessivo è di € 12.480,50 più IVA.',
  'si prega di non rispondere a questo messaggio, perché la casella non è presidiata.',
  'ho verificato i dati e ci sono tre righe che non tornano; le trovi evidenziate in giallo.',
  'From qui in avanti useremo il nuovo modulo.',
  'resto a disposizione per qualsiasi chiarimento.',
  'il collega che segue la pratica è in ferie fino al 24 agosto.',
] as const;
const closings = ['Cordiali saluti', 'Distinti saluti', 'Grazie e buona giornata', 'A presto'] as const;

/** Plain text of at least `length` characters, lines ended by CRLF. Some lines begin with `From `, as mail does. */
export function letter(random: SeededRandom, length: number, signedBy: string): string {
  const lines: string[] = [random.pick(openings), ''];
  let total = 0;
  while (total < length) {
    const sentence = random.pick(sentences);
    lines.push(sentence);
    total += sentence.length + 2;
    if (random.chance(0.15)) lines.push('');
  }
  lines.push('', random.pick(closings), signedBy, '-- ', 'Piano 2, stanza 14 · tel. 06 0000 000', '');
  return lines.join('\r\n');
}

const fileNames = [
  'verbale.pdf', 'Delibera n° 45.pdf', 'città & attività.docx', 'preventivo 2023.xlsx', 'scansione0001.pdf',
  'perché.txt', 'Modulo (definitivo) v2.doc', 'foto 📷.jpg', 'fattura.xml.p7m',
] as const; // prettier-ignore

export function fileName(random: SeededRandom): string {
  return random.pick(fileNames);
}
