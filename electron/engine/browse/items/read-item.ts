import type { ItemKind } from '../../../../shared/model/item.ts';
import type { ItemCard } from '../../../../shared/model/item-view.ts';
import { htmlText } from '../../search/html-text.ts';
import { calendarCard } from './calendar-card.ts';
import { contactCard } from './contact-card.ts';
import { itemLimits } from './item-limits.ts';

export interface ItemWish {
  readonly kind: ItemKind;
  readonly mediaType: string;
  /** Its file's, for the ending. */
  readonly file: string;
}

/** An item as a person reads it. Throws when it cannot be parsed. */
export function readItem(octets: Buffer, { kind, mediaType, file }: ItemWish): ItemCard {
  switch (kind) {
    case 'contact':
      return contactCard(octets);
    case 'event':
    case 'task':
      return calendarCard(octets);
    default: {
      const text = plainText(octets, mediaType, file);
      return text === null ? { kind: 'unreadable', why: 'no-text' } : { kind: 'text', text };
    }
  }
}

/** Of text and of pages the words; null for what is neither. */
export function plainText(octets: Buffer, mediaType: string, file: string): string | null {
  const isPage = mediaType === 'text/html' || /\.html?$/i.test(file);
  const isText = /^text\/|^application\/json$/.test(mediaType) || /\.(?:txt|json|csv|md)$/i.test(file);
  if (!isPage && !isText) return null;
  const text = octets.toString('utf8').replace(/^\uFEFF/, '');
  return (isPage ? htmlText(text) : text).slice(0, itemLimits.textCharacters);
}
