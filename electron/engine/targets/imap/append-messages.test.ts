import { expect, test } from 'vitest';
import type { MessageAttributes } from '../../../../shared/model/message.ts';
import { TravasoError, problemOf } from '../../../../shared/errors.ts';
import type { AppendOutcome, OutgoingMessage } from '../mail-target.ts';
import { appendMessages, type AppendDestination } from './append-messages.ts';
import { scriptedConnection, type ScriptedConnection } from './scripted-connection.ts';

const destination: AppendDestination = {
  mailbox: 'Lavoro',
  folder: 'Lavoro',
  uidValidity: '77',
  acceptsKeyword: () => true,
  maxMessageBytes: null,
  causeOfRefusal: () => Promise.resolve(null),
};
const everything = ['MULTIAPPEND', 'LITERAL+', 'UIDPLUS'];
const ok = { status: 'OK' } as const;

function message(text: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const attributes: MessageAttributes = { internalDate: null, flags: [], keywords: [] };
  const octets = Buffer.from(text);
  return { ...attributes, size: octets.length, traits: {}, body: () => toAsync([octets]), ...more };
}

async function* toAsync(parts: readonly Buffer[]): AsyncGenerator<Buffer> {
  await Promise.resolve();
  yield* parts;
}

async function outcomesOf(
  connection: ScriptedConnection,
  messages: readonly OutgoingMessage[],
  more: Partial<AppendDestination> = {},
  signal = new AbortController().signal,
): Promise<{ outcomes: AppendOutcome[]; thrown: unknown }> {
  const outcomes: AppendOutcome[] = [];
  try {
    for await (const outcome of appendMessages(connection, { ...destination, ...more }, messages, signal)) {
      outcomes.push(outcome);
    }
    return { outcomes, thrown: null };
  } catch (thrown) {
    return { outcomes, thrown };
  }
}

const brief = (outcomes: readonly AppendOutcome[]): string[] =>
  outcomes.map(each => `${each.index} ${each.kind === 'stored' ? (each.key ?? 'stored') : each.problem.code}`);

test('one MULTIAPPEND carries flags, keywords, dates and octets, and gives each message its UID', async () => {
  const bodies: string[] = [];
  const connection = scriptedConnection(everything, (_, literals) => {
    bodies.push(...literals);
    return { status: 'OK', code: ['APPENDUID', '77', '304,319:320'] };
  });
  const { outcomes } = await outcomesOf(connection, [
    message('uno', { flags: ['\\Seen'], keywords: ['$Forwarded'], internalDate: '2019-03-04T09:15:00+01:00' }),
    message('due'),
    message('tre', { flags: ['\\Draft'] }),
  ]);
  expect(connection.sent).toEqual([
    'APPEND "Lavoro" (\\Seen $Forwarded) "04-Mar-2019 09:15:00 +0100" {3} {3} (\\Draft) {3}',
  ]);
  expect(bodies).toEqual(['uno', 'due', 'tre']);
  expect(brief(outcomes)).toEqual(['0 304', '1 319', '2 320']);
});

test('without MULTIAPPEND each message has a command, and many are under way at once', async () => {
  let unanswered = 0;
  let most = 0;
  const slow = scriptedConnection(['LITERAL+'], () => ok);
  const connection: ScriptedConnection = {
    ...slow,
    run(command, options) {
      unanswered += 1;
      most = Math.max(most, unanswered);
      return slow.run(command, options).finally(() => (unanswered -= 1));
    },
  };
  const { outcomes } = await outcomesOf(
    connection,
    Array.from({ length: 40 }, (_, n) => message(`m${n}`)),
  );
  expect(outcomes.map(({ index }) => index)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  expect(outcomes.every(each => each.kind === 'stored' && each.key === null)).toBe(true);
  expect(most).toBe(16);
});

test('a MULTIAPPEND refused as a whole is sent again one by one, so that only the bad message is refused', async () => {
  const stored: string[] = [];
  const connection = scriptedConnection(everything, (_, literals) => {
    if (literals.includes('guasto')) return { status: 'NO', text: 'Message contains invalid header' };
    stored.push(...literals);
    return { status: 'OK', code: ['APPENDUID', '77', String(stored.length)] };
  });
  const { outcomes } = await outcomesOf(connection, [message('uno'), message('guasto'), message('tre')]);
  expect(brief(outcomes)).toEqual(['0 1', '1 TARGET_MESSAGE_REFUSED', '2 2']);
  expect(stored).toEqual(['uno', 'tre']);
  expect(outcomes[1]).toMatchObject({
    problem: { details: { folder: 'Lavoro', sizeBytes: 6, reason: 'NO Message contains invalid header' } },
  });
});

test('what the server would alter or never take is refused before it is sent', async () => {
  const connection = scriptedConnection(everything, () => ok);
  const { outcomes } = await outcomesOf(
    connection,
    [message('a\0b', { traits: { nul: true } }), message('x'.repeat(11)), message('x'.repeat(10))],
    { maxMessageBytes: 10 },
  );
  expect(brief(outcomes)).toEqual(['0 TARGET_NUL_OCTET', '1 TARGET_MESSAGE_TOO_LARGE', '2 stored']);
  expect(connection.sent).toEqual(['APPEND "Lavoro" {10}']);
});

test.each([
  [['TOOBIG'], 'TARGET_MESSAGE_TOO_LARGE'],
  [['LIMIT'], 'TARGET_MESSAGE_TOO_LARGE'],
  [['CANNOT'], 'TARGET_MESSAGE_REFUSED'],
] as const)('NO [%s] to one message is %s', async (code, expected) => {
  const connection = scriptedConnection(everything, () => ({ status: 'NO', code }));
  const { outcomes, thrown } = await outcomesOf(connection, [message('x')]);
  expect(thrown).toBeNull();
  expect(brief(outcomes)).toEqual([`0 ${expected}`]);
});

test('over quota stores what still fits, then stops sending', async () => {
  const connection = scriptedConnection(everything, (_, literals) =>
    literals.join('').includes('grande') ? { status: 'NO', code: ['OVERQUOTA'], text: 'Quota exceeded' } : ok,
  );
  const messages = ['uno', 'grande', 'tre', 'quattro'].map(text => message(text));
  const { outcomes } = await outcomesOf({ ...connection, capabilities: new Set(['MULTIAPPEND']) }, messages);
  // Two are under way at once where literals wait for their `+`: the third was on the line already.
  expect(brief(outcomes)).toEqual(['0 stored', '1 TARGET_QUOTA', '2 stored', '3 TARGET_QUOTA']);
  expect(connection.sent.some(command => command.endsWith('{7}') && !command.includes('{3}'))).toBe(false);
});

test('a refusal without a reason is looked into, since Zimbra never says "over quota" itself', async () => {
  const connection = scriptedConnection(everything, () => ({ status: 'NO', text: 'APPEND failed' }));
  const causeOfRefusal: AppendDestination['causeOfRefusal'] = sizeBytes =>
    Promise.resolve(sizeBytes > 3 ? 'folder-vanished' : sizeBytes > 2 ? 'quota' : null);
  const quota = await outcomesOf(connection, [message('xyz'), message('x')], { causeOfRefusal });
  expect(brief(quota.outcomes)).toEqual(['0 TARGET_QUOTA', '1 TARGET_MESSAGE_REFUSED']);
  const vanished = await outcomesOf(connection, [message('xxxx')], { causeOfRefusal });
  expect(problemOf(vanished.thrown).code).toBe('TARGET_FOLDER_VANISHED');
  const refused = await outcomesOf(connection, [message('x')], { causeOfRefusal });
  expect(brief(refused.outcomes)).toEqual(['0 TARGET_MESSAGE_REFUSED']);
});

test('a vanished folder is thrown, after every answer under way was heard', async () => {
  let answered = 0;
  const connection = scriptedConnection(['LITERAL+'], () => {
    answered += 1;
    return answered <= 2 ? ok : { status: 'NO', code: ['TRYCREATE'] };
  });
  const { outcomes, thrown } = await outcomesOf(
    connection,
    Array.from({ length: 30 }, () => message('x')),
  );
  expect(brief(outcomes)).toEqual(['0 stored', '1 stored']);
  expect(problemOf(thrown).code).toBe('TARGET_FOLDER_VANISHED');
  expect(connection.sent.length).toBeLessThan(30);
});

test('throttling is thrown with the time the server asks for', async () => {
  const text = 'Request is throttled. Suggested Backoff Time: 299609 milliseconds';
  const connection = scriptedConnection(['LITERAL+'], () => ({ status: 'BAD', text }));
  const { thrown } = await outcomesOf(connection, [message('x')]);
  expect(problemOf(thrown)).toMatchObject({ code: 'SERVER_THROTTLED', retryAfterMs: 299_609 });
});

test('after BAD the line is used again only when the server still answers in step', async () => {
  const refusing = (inStep: boolean): ScriptedConnection =>
    scriptedConnection(['LITERAL+', 'MULTIAPPEND'], command => {
      if (command === 'NOOP')
        return inStep
          ? ok
          : { status: 'OK', untagged: [{ name: 'BAD', status: { code: null, text: 'Unknown command' } }] };
      return command.includes('{4}') ? { status: 'BAD', text: 'Command Argument Error. 11' } : ok;
    });
  const good = await outcomesOf(refusing(true), [message('uno'), message('male'), message('tre')]);
  expect(brief(good.outcomes)).toEqual(['0 stored', '1 TARGET_MESSAGE_REFUSED', '2 stored']);
  const lost = refusing(false);
  const bad = await outcomesOf(lost, [message('male'), message('uno')]);
  expect(problemOf(bad.thrown).code).toBe('CONNECTION_LOST');
  expect(lost.closed).toBe(true);
  // One alone has its outcome first, so that it is not tried again on the next connection.
  const alone = await outcomesOf(refusing(false), [message('male')]);
  expect(brief(alone.outcomes)).toEqual(['0 TARGET_MESSAGE_REFUSED']);
  expect(problemOf(alone.thrown).code).toBe('CONNECTION_LOST');
});

test('a command line stays within what Zimbra reads, however many keywords there are', async () => {
  const connection = scriptedConnection(everything, () => ok);
  const keywords = Array.from({ length: 20 }, (_, n) => `parola-chiave-${n}`);
  const { outcomes } = await outcomesOf(
    connection,
    Array.from({ length: 100 }, () => message('x', { keywords })),
  );
  expect(outcomes).toHaveLength(100);
  expect(Math.max(...connection.sent.map(command => command.length))).toBeLessThan(9000);
});

test('a message of no octets goes alone, since inside MULTIAPPEND it would cancel the others', async () => {
  const connection = scriptedConnection(everything, (_, literals) =>
    literals.includes('') ? { status: 'NO', text: "Can't save a zero byte message" } : ok,
  );
  const { outcomes } = await outcomesOf(connection, [message('uno'), message(''), message('tre')]);
  expect(brief(outcomes)).toEqual(['0 stored', '1 TARGET_MESSAGE_REFUSED', '2 stored']);
  expect(connection.sent).toEqual(['APPEND "Lavoro" {3}', 'APPEND "Lavoro" {0}', 'APPEND "Lavoro" {3}']);
});

test('UIDs of another generation, or too few of them, are given to no message', async () => {
  for (const code of [
    ['APPENDUID', '78', '1:2'],
    ['APPENDUID', '77', '1'],
  ] as const) {
    const connection = scriptedConnection(everything, () => ({ status: 'OK', code }));
    expect(brief((await outcomesOf(connection, [message('a'), message('b')])).outcomes)).toEqual([
      '0 stored',
      '1 stored',
    ]);
  }
});

test('a lost line is thrown and leaves the rest without an outcome', async () => {
  const lost = new TravasoError('CONNECTION_LOST');
  const connection = scriptedConnection(['LITERAL+'], (_, [text]) => (text === 'due' ? lost : ok));
  const { outcomes, thrown } = await outcomesOf(connection, [message('uno'), message('due'), message('tre')]);
  expect(brief(outcomes)).toEqual(['0 stored']);
  expect(thrown).toBe(lost);
});

test('an interruption inside a literal ends the line; one after the last octet waits for the answer', async () => {
  const interruptedAt = async (moment: 'inside' | 'after'): Promise<unknown> => {
    const abort = new AbortController();
    const connection = scriptedConnection(everything, () => {
      if (moment === 'after') abort.abort();
      return ok;
    });
    const body = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from('uno');
      await Promise.resolve();
      if (moment === 'inside') abort.abort();
      yield Buffer.from('due');
    };
    const { outcomes, thrown } = await outcomesOf(connection, [message('unodue', { body })], {}, abort.signal);
    return {
      outcomes: brief(outcomes),
      code: thrown === null ? null : problemOf(thrown).code,
      closed: connection.closed,
    };
  };
  expect(await interruptedAt('inside')).toEqual({ outcomes: [], code: 'INTERRUPTED', closed: true });
  expect(await interruptedAt('after')).toEqual({ outcomes: ['0 stored'], code: null, closed: false });
});
