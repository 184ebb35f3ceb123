import { parentPort } from 'node:worker_threads';
import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { partContent } from './part-content.ts';
import { readHead } from './read-head.ts';
import { readMessage } from './read-message.ts';
import type { ReadingWish, ReadMessage } from './read-message.ts';

/** Reads messages on a thread of its own, which is ended when one takes too long or too much. */
export type ReadingTask =
  | { readonly kind: 'read'; readonly wish: ReadingWish }
  /** Of the header alone, after the whole was too much. */
  | { readonly kind: 'head' }
  | { readonly kind: 'part'; readonly inside: readonly string[]; readonly part: string };

export interface ReadingRequest {
  readonly id: number;
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly task: ReadingTask;
}

export type ReadingAnswer =
  | { readonly kind: 'message'; readonly message: ReadMessage }
  | { readonly kind: 'part'; readonly octets: Uint8Array<ArrayBuffer> }
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
