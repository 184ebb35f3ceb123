import type { Input, Output } from '../../shared/contract.ts';
import type { ArchiveView, IndexState, MessageRow, SearchHit } from '../../shared/model/message-list.ts';
import type { Answers } from './fake-engine.ts';
import { plainMessage } from './sample-messages.ts';
import { sampleFolders } from './sample-mailbox.ts';

export const readyIndex: IndexState = {
  phase: 'ready',
  messages: { done: 300_000, total: 300_000 },
  incomplete: 0,
  rebuiltAfterDamage: false,
  searchable: true,
  elsewhere: false,
  problem: null,
};
export const noIndex: IndexState = {
  ...readyIndex,
  phase: 'absent',
  messages: { done: 0, total: 300_000 },
  searchable: false,
};

const account = 'imap://anna.verdi%40ente.it@posta.ente.it';
const archived = 300_000;
const others = sampleFolders.slice(1).reduce((sum, { messages }) => sum + (messages ?? 0), 0);

export const sampleView: ArchiveView = {
  id: '5b1cf1a4-8a6a-4d3e-9d68-1a8a3f6d0c01',
  created: '2026-11-22T06:15:00.000Z',
  mailFormat: 'mbox',
  folders: sampleFolders.map(({ path, role, messages, octets }, index) => ({
    folder: index + 1,
    account,
    path: index === 0 ? ['INBOX'] : [...path],
    role,
    selectable: true,
    // The inbox of somebody who never threw anything away.
    messages: index === 0 ? archived - others : (messages ?? 0),
    unread: index === 0 ? 1_204 : 0,
    octets: octets ?? 0,
  })),
  messages: archived,
  octets: 24_300_000_000,
  itemFolders: [],
  readOnly: false,
  inUse: false,
  catalogue: 'own',
  index: readyIndex,
};

const people = [
  ['Maria Bianchi', 'maria.bianchi@comune.it'],
  ['Luca D’Angelo', 'luca.dangelo@ente.it'],
  ['Ufficio Protocollo', 'protocollo@ente.it'],
  ['', 'noreply@fornitore.example'],
  ['Niccolò Però', 'n.pero@regione.it'],
] as const;
const subjects = [
  'Verbale della riunione del 12 marzo',
  'R: Richiesta di preventivo per la manutenzione dell’impianto di riscaldamento',
  'Perché la delibera non è stata pubblicata?',
  'Fattura n. 204/2019',
  'Convocazione del consiglio comunale',
  '',
  'I: Città metropolitana, piano della qualità dell’aria',
] as const;
const minute = 60_000;

/** The n-th message of a folder, always the same. Newer ones have higher numbers. */
function messageAt(folder: number, number: number): MessageRow {
  const [name, address] = people[(number * 7) % people.length] ?? people[0];
  return {
    folder,
    number,
    subject: subjects[(number * 3) % subjects.length] ?? '',
    from: { name, address },
    to: 'Anna Verdi <anna.verdi@ente.it>',
    date: new Date(Date.UTC(2026, 10, 20, 9) - (archived - number) * 47 * minute).toISOString(),
    size: 2_400 + ((number * 7919) % 900_000),
    flags: [
      ...(number % 9 === 0 ? [] : (['\\Seen'] as const)),
      ...(number % 11 === 0 ? (['\\Answered'] as const) : []),
      ...(number % 13 === 0 ? (['\\Flagged'] as const) : []),
    ],
    keywords: [],
    attachments: number % 4 === 0 ? 1 + (number % 3) : 0,
    thread: number % 5 === 0 ? Math.floor(number / 20) : null,
    absent: number % 97 === 0,
  };
}

function totalOf(folder: number | null): number {
  return folder === null ? archived : (sampleView.folders.find(each => each.folder === folder)?.messages ?? 0);
}

export function listPage({
  folder,
  direction,
  offset = 0,
  limit = 100,
}: Input<'messages.list'>): Output<'messages.list'> {
  const total = totalOf(folder);
  const rows = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => {
    const place = offset + index;
    return messageAt(folder ?? 1, direction === 'ascending' ? place + 1 : total - place);
  });
  return { total, rows };
}

export function hitAt(number: number): SearchHit {
  return {
    ...messageAt(1, number),
    item: null,
    subject: 'Perché la delibera non è stata pubblicata?',
    subjectSegments: [
      { text: 'Perché', hit: true },
      { text: ' la delibera non è stata pubblicata?', hit: false },
    ],
    snippet: [
      { text: '… mi domando ', hit: false },
      { text: 'perché', hit: true },
      { text: ' il <b>verbale</b> sia rimasto fermo in segreteria per tre settimane …', hit: false },
    ],
    snippetFrom: number % 3 === 0 ? 'attachment' : 'body',
  };
}

const found = 128;

/** An open archive with all that can be done to it; nothing moves by itself. */
export const archiveAnswers: Answers = {
  'archive.open': () => sampleView,
  'archive.close': () => ({}),
  'index.read': () => readyIndex,
  'index.start': () => ({ ...noIndex, phase: 'building' }),
  'index.pause': () => ({ ...noIndex, phase: 'paused' }),
  'index.decline': () => ({ ...noIndex, phase: 'declined' }),
  'messages.list': listPage,
  'messages.search': ({ offset = 0, limit = 50 }) => ({
    total: found,
    hits: Array.from({ length: Math.min(limit, found - offset) }, (_, index) => hitAt(9_000 - offset - index)),
    hint: null,
  }),
  'messages.thread': ({ folder, number }) => ({
    rows: [number - 40, number - 20, number].map(each => messageAt(folder, each)),
  }),
  'message.read': ({ folder, number }) => ({ ...plainMessage, folder, number }),
  'message.save': () => ({ written: 98 }),
};
