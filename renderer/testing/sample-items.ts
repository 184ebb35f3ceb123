import type { ArchivedItemFolder, ContactCard, EventCard, ItemView } from '../../shared/model/item-view.ts';
import type { Answers } from './fake-engine.ts';

const account = 'zimbra://anna.verdi%40ente.it@posta.ente.it';
const contacts = 312;

export const sampleItemFolders: ArchivedItemFolder[] = [
  { folder: 1, kind: 'contact', account, path: ['Rubrica'], items: 298 },
  { folder: 2, kind: 'contact', account, path: ['Destinatari delle mail'], items: 14 },
  { folder: 3, kind: 'event', account, path: ['Calendario'], items: 1722 },
  { folder: 4, kind: 'event', account, path: ['Ferie dell’ufficio'], items: 118 },
  { folder: 5, kind: 'task', account, path: ['Attività'], items: 9 },
  { folder: 6, kind: 'file', account, path: ['Briefcase', 'Verbali'], items: 2 },
  { folder: 7, kind: 'rule', account, path: ['Regole'], items: 1 },
  { folder: 8, kind: 'signature', account, path: ['Firme'], items: 1 },
];

const names = ['Bianchi Maria', 'D’Angelo Luca', 'Esposito Ciro', 'Però Niccolò', 'Rossi Anna', 'Ufficio Protocollo'];

const card: ContactCard = {
  kind: 'contact',
  name: 'Niccolò Però',
  isGroup: false,
  entries: [
    { field: 'family-name', label: '', value: 'Però' },
    { field: 'given-name', label: '', value: 'Niccolò' },
    { field: 'organisation', label: '', value: 'Regione Esempio' },
    { field: 'department', label: '', value: 'Qualità dell’aria' },
    { field: 'email', label: 'work', value: 'n.pero@regione.it' },
    { field: 'phone-mobile', label: 'Reperibilità', value: '+39 333 1234567' },
    { field: 'address-work', label: '', value: 'Via Roma 1, 00100, Roma' },
    { field: 'birthday', label: '', value: '1970-12-25' },
    { field: 'note', label: '', value: 'Riceve il martedì.\n<b>Mai</b> il lunedì.' },
    { field: 'other', label: 'X-ZIMBRA-UFFICIO', value: '12' },
  ],
  members: [],
  // One blue dot.
  photo: {
    type: 'image/png',
    base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNgYPj/HwADAgH/qeuPrwAAAABJRU5ErkJggg==',
  },
};

const event: EventCard = {
  kind: 'event',
  title: 'Giunta',
  place: 'Sala del consiglio, secondo piano',
  description: 'Ordine del giorno in allegato.\nPortare il tesserino.',
  url: '',
  start: '2026-03-23T08:00:00Z',
  end: '2026-03-23T09:30:00Z',
  zone: 'Europe/Rome',
  recurrence: {
    ...{ frequency: 'weekly', interval: 2, days: [{ weekday: 'MO', nth: null }], monthDays: [], months: [] },
    ...{ positions: [], count: null, until: '2026-12-31', rule: null },
  },
  exceptions: [
    { at: '2026-04-06T07:00:00Z', start: null, end: null, title: '', place: '' },
    { at: '2026-04-20T07:00:00Z', start: '2026-04-21T13:00:00Z', end: null, title: 'Giunta', place: 'Sala B' },
  ],
  organiser: { name: 'Segreteria', address: 'segreteria@ente.it' },
  participants: [
    { name: 'Luca D’Angelo', address: 'luca.dangelo@ente.it', answer: 'accepted' },
    { name: '', address: 'n.pero@regione.it', answer: 'needs-action' },
  ],
  reminders: [{ minutes: 15, of: 'start', at: null }],
  attachments: [
    { part: 0, name: 'ordine del giorno.pdf', link: null, size: 48_211 },
    { part: null, name: '', link: 'https://riunioni.example/giunta', size: null },
  ],
  status: 'confirmed',
  privacy: 'private',
  categories: ['Lavoro'],
  showAs: 'busy',
};

const view: Omit<ItemView, 'kind' | 'card' | 'name' | 'fileName'> = {
  ...{ folder: 1, number: 4, size: 1204, absent: false, mediaType: 'text/vcard' },
  sha256: '3f9a0c6d2f0b4c1e8a7d5b6c9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b',
};

export const contactView: ItemView = { ...view, kind: 'contact', name: card.name, fileName: 'pero.vcf', card };
export const groupView: ItemView = {
  ...contactView,
  absent: true,
  card: { ...card, name: 'Giunta', isGroup: true, entries: [], photo: null, members: ['n.pero@regione.it', 'Anna'] },
};
export const eventView: ItemView = { ...view, kind: 'event', name: 'Giunta', fileName: 'giunta.ics', card: event };
export const brokenView: ItemView = { ...contactView, card: { kind: 'unreadable', why: 'broken' } };
export const ruleView: ItemView = {
  ...{ ...view, kind: 'rule', name: 'Regole in arrivo', fileName: 'Regole in arrivo.txt' },
  card: { kind: 'text', text: '1. Fatture\n   - oggetto contiene «fattura»\n   - sposta in Uffici/Fatture\n' },
};

const whole = (total: number) => ({ done: total, total });

export const contactsPage: NonNullable<Answers['items.contacts']> = ({ query = '', offset = 0, limit = 100 }) => {
  const total = query === '' ? contacts : query === 'zz' ? 0 : 3;
  return {
    total,
    reading: whole(contacts),
    rows: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => {
      const number = offset + index;
      const name = names[Math.floor((number * names.length) / Math.max(1, total))] ?? '';
      const isGroup = name.startsWith('Ufficio');
      return {
        ...{ folder: 1, number, name, reach: isGroup ? '' : 'qualcuno@ente.it', organisation: 'Comune di Esempio' },
        ...{ members: isGroup ? 12 : null, absent: number % 40 === 3, unreadable: number === 5 },
      };
    }),
  };
};

/** What there is beside mail; nothing moves by itself. */
export const itemAnswers: Answers = {
  'items.contacts': contactsPage,
  'items.agenda': ({ from }) => {
    const month = from.slice(0, 7);
    const row = { folder: 3, place: 'Sala A', repeats: false, exception: false, cancelled: false, absent: false };
    return {
      ...{ reading: whole(1840), total: 5, before: '2024-03-12', after: null },
      untimed: [{ folder: 3, number: 9, title: 'Appuntamento rovinato' }],
      rows: [
        { ...row, number: 1, day: `${month}-02`, start: `${month}-02`, end: `${month}-03`, title: 'Ferie', place: '' },
        {
          ...{ ...row, number: 2, day: `${month}-02`, title: 'Giunta', repeats: true },
          ...{ start: `${month}-02T08:00:00Z`, end: `${month}-02T09:30:00Z` },
        },
        {
          ...{ ...row, number: 3, day: `${month}-12`, title: 'Giunta', repeats: true, exception: true },
          ...{ start: `${month}-12T13:00:00Z`, end: `${month}-12T13:00:00Z` },
        },
        {
          ...{
            ...row,
            number: 4,
            day: `${month}-19`,
            title: 'Incontro con il fornitore',
            cancelled: true,
            absent: true,
          },
          ...{ start: `${month}-19T10:00:00Z`, end: `${month}-19T11:00:00Z` },
        },
        { ...row, number: 5, day: `${month}-20`, start: `${month}-20`, end: `${month}-24`, title: 'Fiera', place: '' },
      ],
    };
  },
  'items.tasks': () => {
    const row = { folder: 5, percent: null, completed: false, absent: false, unreadable: false };
    return {
      ...{ total: 3, reading: whole(3) },
      rows: [
        { ...row, number: 1, title: 'Rispondere al protocollo', due: '2026-12-01T11:00:00Z', percent: 50 },
        { ...row, number: 2, title: 'Ordinare la carta', due: null },
        { ...row, number: 3, title: 'Relazione annuale', due: '2026-01-31', completed: true },
      ],
    };
  },
  'items.others': ({ kind }) => {
    const verbali = { folder: 6, kind: 'file' as const, path: ['Briefcase', 'Verbali'], absent: false, ending: '.txt' };
    const rows = [
      {
        ...verbali,
        number: 1,
        name: 'Verbale della giunta del 12 marzo 2024, con gli allegati.pdf',
        size: 1_204_000,
        ending: '.pdf',
      },
      { ...verbali, number: 2, name: 'Èlite.txt', size: 1, absent: true },
      {
        ...verbali,
        folder: 7,
        kind: 'rule' as const,
        path: ['Regole'],
        number: 1,
        name: 'Regole in arrivo',
        size: 812,
      },
      { ...verbali, folder: 8, kind: 'signature' as const, path: ['Firme'], number: 1, name: 'Ufficio', size: 240 },
    ].filter(row => kind === null || row.kind === kind);
    return { total: rows.length, reading: whole(rows.length), rows };
  },
  'item.read': ({ folder }) => (folder < 3 ? contactView : eventView),
  'item.save': () => ({ written: 1204 }),
  'item.savePart': () => ({ written: 48_211 }),
};
