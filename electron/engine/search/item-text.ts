import type { ItemKind } from '../../../shared/model/item.ts';
import { calendarCard } from '../browse/items/calendar-card.ts';
import { contactCard } from '../browse/items/contact-card.ts';
import { plainText } from '../browse/items/read-item.ts';
import { documentKind } from './attachments/document-kind.ts';
import { limits } from './limits.ts';
import { messageHead } from './message-text.ts';
import type { MessageText } from './message-text.ts';

export interface TextedItem {
  readonly kind: ItemKind;
  readonly name: string;
  readonly mediaType: string;
  /** Relative to the archive. */
  readonly file: string;
}

/** Of an item all that is known without its file. */
export function itemHead({ name }: Pick<TextedItem, 'name'>): MessageText {
  const head = { ...messageHead(new Map()), subject: name };
  return { ...head, body: '', files: [], attachments: 0, inside: [], documents: [], cut: false };
}

/**
 * Everything of an item that can be looked for, in the places where a message has the like: its title as the subject, who
 * organises as the sender, who takes part as the recipients. Throws when it cannot be parsed.
 */
export function itemText(octets: Buffer, item: TextedItem): MessageText {
  const head = itemHead(item);
  switch (item.kind) {
    case 'contact': {
      const { name, entries, members } = contactCard(octets);
      const body = [...entries.map(({ value }) => value), ...members].join('\n');
      return { ...head, subject: name === '' ? item.name : name, body: cut(body) };
    }
    case 'event':
    case 'task': {
      const card = calendarCard(octets);
      const when = Date.parse((card.kind === 'task' ? card.due : null) ?? card.start ?? '');
      return {
        ...head,
        subject: card.title === '' ? item.name : card.title,
        from: card.organiser ?? head.from,
        recipients: card.participants.map(({ name, address }) => `${name} <${address}>`.trim()).join(', '),
        date: Number.isNaN(when) ? null : when,
        body: cut([card.place, card.description, ...card.categories, card.url].filter(text => text !== '').join('\n')),
        files: card.attachments.map(({ name, link }) => name || (link ?? '')),
        attachments: card.attachments.length,
      };
    }
    default: {
      const document = documentKind(item.mediaType, item.name);
      if (document !== null) return { ...head, documents: [{ kind: document, octets }] };
      return { ...head, body: cut(plainText(octets, item.mediaType, item.file) ?? '') };
    }
  }
}

function cut(text: string): string {
  return text.slice(0, limits.partCharacters);
}
