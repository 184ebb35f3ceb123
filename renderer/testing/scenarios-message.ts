import type { MessageView } from '../../shared/model/message-view.ts';
import { fails, never } from './fake-engine.ts';
import type { Answers } from './fake-engine.ts';
import {
  attachments,
  damagedMessage,
  pageMessage,
  part,
  pecDelivered,
  pecFailure,
  pecMessage,
  plainMessage,
  sampleSource,
} from './sample-messages.ts';
import type { Scenario } from './scenario.ts';

/** Keeps a frame's document where the gallery is served from, as a host does. */
async function keepFrame(input: { readonly html: string; readonly use: 'read' | 'print' }): Promise<{ path: string }> {
  const response = await fetch('/message/keep', { method: 'POST', body: JSON.stringify(input) });
  return { path: await response.text() };
}

function reads(view: MessageView): Answers {
  return {
    'message.read': ({ inside }) =>
      inside?.at(-1) === '4'
        ? { ...plainMessage, inside, headers: { ...plainMessage.headers, subject: 'Richiesta di chiarimenti' } }
        : view,
    'message.source': ({ headersOnly, offset }) => ({
      text:
        headersOnly === true
          ? sampleSource
          : `${sampleSource}\r\nBuongiorno a tutti,\r\n`.repeat(offset === 0 ? 40 : 1),
      next: headersOnly === true || offset !== 0 ? null : 65_536,
      octets: 18_432,
    }),
    'message.save': () => ({ written: 18_432 }),
    'message.savePart': () => ({ written: 184_320 }),
    'host.frameDocument': keepFrame,
    'host.openLink': () => ({}),
    'host.printDocument': () => ({}),
  };
}

const message = { archive: '/home/anna/Documenti/Travaso anna.verdi@ente.it', folder: 1, number: 7 };
const shows = (name: string, view: MessageView): Scenario => ({ name, message, answers: reads(view) });

/** Reading one message: every way to look at it, and what may be found in it. */
export const messageScenarios: readonly Scenario[] = [
  shows('message-text', plainMessage),
  { name: 'message-opening', message, answers: { 'message.read': never } },
  {
    name: 'message-lost',
    message,
    answers: { 'message.read': fails('ARCHIVE_FILE_MISSING', { file: 'data/mail/a.mbox' }) },
  },
  { ...shows('message-page', pageMessage), act: hand => hand.press('Mostra come pagina') },
  { ...shows('message-page-english', pageMessage), language: 'en', act: hand => hand.press('Show as a page') },
  {
    ...shows('message-page-larger', pageMessage),
    textSize: 'larger',
    act: hand => hand.press('Mostra come pagina'),
  },
  {
    ...shows('message-link', pageMessage),
    act: async hand => {
      await hand.press('Mostra come pagina');
      await hand.press('1. www.ente.it/orari');
    },
  },
  {
    ...shows('message-link-false', pageMessage),
    act: async hand => {
      await hand.press('Mostra come pagina');
      await hand.press('2. www.ente.it');
    },
  },
  {
    ...shows('message-link-letters', pageMessage),
    act: async hand => {
      await hand.press('Mostra come pagina');
      await hand.press('3. Area riservata');
    },
  },
  {
    ...shows('message-link-refused', pageMessage),
    act: async hand => {
      await hand.press('Mostra come pagina');
      await hand.press('5. Foto');
    },
  },
  {
    ...shows('message-link-mail', pageMessage),
    act: async hand => {
      await hand.press('Mostra come pagina');
      await hand.press('6. Scrivi all’URP');
    },
  },
  { ...shows('message-headers', plainMessage), act: hand => hand.press('Intestazioni') },
  { ...shows('message-source', plainMessage), act: hand => hand.press('Sorgente') },
  shows('message-attachments', { ...plainMessage, parts: [...attachments] }),
  {
    ...shows('message-attachment-saved', { ...plainMessage, parts: [...attachments] }),
    act: hand => hand.press('Salva ordine del giorno.pdf'),
  },
  {
    ...shows('message-inside', { ...plainMessage, parts: [...attachments] }),
    act: hand => hand.press('Leggi il messaggio Richiesta di chiarimenti.eml'),
  },
  shows('message-pec', pecMessage),
  shows('message-pec-delivered', pecDelivered),
  shows('message-pec-failed', pecFailure),
  shows('message-damaged', damagedMessage),
  {
    ...shows('message-given', pageMessage),
    answers: {
      ...reads(pageMessage),
      // What a test wants to see shown.
      'message.read': async () => ({
        ...pageMessage,
        parts: [part({ name: 'altro.eml', kind: 'message' })],
        html: { body: await (await fetch('/message/given')).text(), cut: false },
      }),
    },
  },
];
