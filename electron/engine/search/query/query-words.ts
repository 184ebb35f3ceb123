import type { ItemKind } from '../../../../shared/model/item.ts';
import { fold } from '../fold.ts';

/** The fields a query may name, in both languages: both always work, because offices forward each other's searches. */
const fieldNames = {
  sender: ['da', 'from', 'mittente'],
  recipients: ['a', 'to', 'destinatario', 'cc'],
  subject: ['oggetto', 'subject'],
  body: ['corpo', 'body', 'testo', 'text'],
  attachment: ['allegato', 'allegati', 'attachment'],
  folder: ['cartella', 'folder', 'in'],
  since: ['dal', 'dall', 'dopo', 'since', 'after'],
  until: ['al', 'fino', 'prima', 'until', 'before'],
  date: ['data', 'quando', 'date', 'when'],
  kind: ['tipo', 'type', 'kind'],
} as const;
export type QueryField = keyof typeof fieldNames;

const fieldsByName = new Map<string, QueryField>(
  (Object.keys(fieldNames) as QueryField[]).flatMap(field => fieldNames[field].map(name => [name, field] as const)),
);

export function fieldOf(name: string): QueryField | null {
  return fieldsByName.get(name.toLowerCase()) ?? null;
}

/**
 * Words that say nothing about a message. Outside of quotes they are not asked for as long as another word is: "il
 * verbale della riunione" finds "verbale riunione" as well.
 */
const emptyWords = new Set(
  (
    'il lo la i gli le l un uno una di a da in con su per tra fra e ed o od ma se che chi cui non come ' +
    'del dello della dell dei degli delle al allo alla all ai agli alle dal dallo dalla dall dai dagli dalle ' +
    'nel nello nella nell nei negli nelle sul sullo sulla sull sui sugli sulle col coi ' +
    'mi ti ci vi si ne è sono ho ha hanno questo questa quello quella ' +
    'the an and or of to in on at for by with from is are was be as it this that not'
  ).split(' '),
);

export function isEmptyWord(word: string): boolean {
  return emptyWords.has(word.toLowerCase());
}

/** Italian leaves vowels out before vowels: who looks for "l'ufficio" looks for the office. */
const elided =
  /^(?:l|un|d|all|dall|dell|nell|sull|coll|quell|quest|c|n|s|t|m|v|gl|degl|agl|anch|dov|com|cos|ch|tutt|sant|bell|nessun|ognun|qualcun)['’ʼ`](?=[\p{L}\p{N}])/iu;

export function withoutElision(word: string): string {
  return word.replace(elided, '');
}

/** What a search can be narrowed to. */
export type SearchedKind = ItemKind | 'message';

const kindNames: Readonly<Record<SearchedKind, readonly string[]>> = {
  message: ['messaggio', 'messaggi', 'posta', 'mail', 'message', 'messages', 'email'],
  contact: ['contatto', 'contatti', 'rubrica', 'contact', 'contacts'],
  event: [
    'appuntamento',
    'appuntamenti',
    'evento',
    'eventi',
    'calendario',
    'appointment',
    'appointments',
    'event',
    'events',
  ],
  task: ['attivita', 'compito', 'compiti', 'task', 'tasks'],
  note: ['nota', 'note', 'notes'],
  file: ['documento', 'documenti', 'file', 'document', 'documents', 'files'],
  rule: ['regola', 'regole', 'filtro', 'filtri', 'rule', 'rules'],
  signature: ['firma', 'firme', 'signature', 'signatures'],
  settings: ['impostazioni', 'settings'],
};

const kindsByName = new Map<string, SearchedKind>(
  (Object.keys(kindNames) as SearchedKind[]).flatMap(kind => kindNames[kind].map(name => [name, kind] as const)),
);

export function kindOf(name: string): SearchedKind | null {
  return kindsByName.get(fold(name)) ?? null;
}
