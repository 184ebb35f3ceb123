import { parentPort } from 'node:worker_threads';
import { problemOf, TravasoError } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { ItemCard } from '../../../shared/model/item-view.ts';
import { attachmentOctets } from '../browse/items/calendar-card.ts';
import { digestItem } from '../browse/items/item-digest.ts';
import type { ItemDigest } from '../browse/items/item-digest.ts';
import { readItem } from '../browse/items/read-item.ts';
import type { ItemWish } from '../browse/items/read-item.ts';
import { partContent } from './part-content.ts';
import { readHead } from './read-head.ts';
import { readMessage } from './read-message.ts';
import type { ReadingWish, ReadMessage } from './read-message.ts';

/** Reads messages and other items on a thread of its own, which is ended when one takes too long or too much. */
export type ReadingTask =
  | { readonly kind: 'read'; readonly wish: ReadingWish }
  /** Of the header alone, after the whole was too much. */
  | { readonly kind: 'head' }
  | { readonly kind: 'part'; readonly inside: readonly string[]; readonly part: string }
  | { readonly kind: 'item'; readonly wish: ItemWish }
  /** `now`: milliseconds. */
  | { readonly kind: 'digest'; readonly of: ItemKind; readonly now: number }
  | { readonly kind: 'attachment'; readonly part: number };

export interface ReadingRequest {
  readonly id: number;
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly task: ReadingTask;
}

export type ReadingAnswer =
  | { readonly kind: 'message'; readonly message: ReadMessage }
  | { readonly kind: 'part'; readonly octets: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'card'; readonly card: ItemCard }
  | { readonly kind: 'digest'; readonly digest: ItemDigest }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface ReadingReply {
  readonly id: number;
  readonly answer: ReadingAnswer;
}

function perform(octets: Buffer, task: ReadingTask): ReadingAnswer {
  switch (task.kind) {
    case 'read':
      return { kind: 'message', message: readMessage(octets, task.wish) };
    case 'head':
      return { kind: 'message', message: readHead(octets) };
    case 'part':
      // A copy: what is sent takes its whole memory along, and a part may be a view of the message.
      return { kind: 'part', octets: new Uint8Array(partContent(octets, task.inside, task.part)) };
    case 'item':
      return { kind: 'card', card: readItem(octets, task.wish) };
    case 'digest':
      return { kind: 'digest', digest: digestItem(octets, task.of, new Date(task.now)) };
    case 'attachment': {
      const attached = attachmentOctets(octets, task.part);
      if (attached === null) throw new TravasoError('MESSAGE_PART_UNKNOWN');
      return { kind: 'part', octets: new Uint8Array(attached) };
    }
  }
}

parentPort?.on('message', ({ id, octets, task }: ReadingRequest) => {
  let answer: ReadingAnswer;
  try {
    answer = perform(Buffer.from(octets.buffer), task);
  } catch (error) {
    answer = { kind: 'failed', problem: problemOf(error) };
  }
  const sent = answer.kind === 'part' ? [answer.octets.buffer] : [];
  parentPort?.postMessage({ id, answer } satisfies ReadingReply, sent);
});
