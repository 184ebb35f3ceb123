import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexTables } from './index-schema.ts';
import { rootOf, threadOf } from './threads.ts';

interface Sent {
  readonly messageId: string | null;
  readonly references?: readonly string[];
  readonly subject?: string;
}

/** The messages that are one conversation, by their place in the list, when they are met in this order. */
function conversations(messages: readonly Sent[], order = messages.map((_, index) => index)): number[][] {
  const db = new Database(':memory:');
  db.exec(indexTables);
  const threads = new Map(
    order.map((index, met) => {
      const { messageId, references = [], subject = '' } = messages[index] ?? { messageId: null };
      const nobody = { name: '', address: '' };
      const head = { messageId, references, subject, from: nobody, recipients: '', date: null };
      return [index, threadOf(db, met + 1, head)] as const;
    }),
  );
  const groups = Map.groupBy([...threads.keys()].toSorted(), index => rootOf(db, threads.get(index) ?? 0));
  db.close();
  return [...groups.values()].toSorted(([a = 0], [b = 0]) => a - b);
}

// RFC 5322 section 3.6.4: an answer refers to what it answers and to what that referred to. Outlook at times sends
// In-Reply-To alone, which is the nearest of them.
const discussion: readonly Sent[] = [
  { messageId: 'a@e.it', subject: 'Bilancio 2019' },
  { messageId: 'b@e.it', references: ['a@e.it'], subject: 'R: Bilancio 2019' },
  { messageId: 'c@e.it', references: ['a@e.it', 'b@e.it'], subject: 'I: tutt’altro titolo' },
  { messageId: 'd@e.it', references: ['c@e.it'], subject: '' },
  { messageId: 'x@e.it', subject: 'Ferie' },
  { messageId: 'y@e.it', references: ['x@e.it'], subject: 'Re: Ferie' },
];

test('a chain of References is one conversation, in whichever order it is met', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), order => {
      expect(conversations(discussion, order)).toEqual([
        [0, 1, 2, 3],
        [4, 5],
      ]);
    }),
  );
});

test('two answers to a message that is not there belong together', () => {
  const answers = ['b', 'c'].map(id => ({ messageId: `${id}@e.it`, references: ['gone@e.it'] }));
  expect(conversations(answers)).toEqual([[0, 1]]);
});

test('an answer that names nobody goes by its subject, if that says something', () => {
  expect(
    conversations([
      { messageId: 'a@e.it', subject: 'Convocazione del consiglio' },
      { messageId: 'b@e.it', subject: 'RIF: R: Convocazione del consiglio' },
      { messageId: 'c@e.it', subject: 'Convocazione del consiglio' },
      { messageId: 'd@e.it', references: ['elsewhere@e.it'], subject: 'R: Convocazione del consiglio' },
      { messageId: 'e@e.it', subject: 'ok' },
      { messageId: null, subject: 'Re: ok' },
    ]),
  ).toEqual([[0, 1], [2], [3], [4], [5]]);
});
