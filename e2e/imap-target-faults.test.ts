import { describe, expect, test } from 'vitest';
import { messageIdentity } from '../electron/engine/message/identity.ts';
import { problemOf } from '../shared/errors.ts';
import {
  collect,
  inBrief,
  inventoryOf,
  neverAborted,
  outgoing,
  plainMessage,
  startImapTargetRig,
} from './imap-target-rig.ts';
import { dovecotAvailable } from './rig/dovecot.ts';

const texts = Array.from({ length: 20 }, (_, n) => plainMessage(`m${n}`, 'riga\r\n'.repeat(n)));
const messages = texts.map(text => outgoing(text));
const withoutMultiappend = { withoutCapabilities: ['MULTIAPPEND'] };

describe.skipIf(!dovecotAvailable())('IMAP target on a bad line', () => {
  test('a lost answer throws, and all that was stored is found from the mark on', async () => {
    const { proxy, target, signInAgain } = await startImapTargetRig();
    const folder = await target.openFolder('INBOX', neverAborted);
    await collect(folder.append(messages.slice(0, 3), neverAborted));
    const mark = folder.mark();
    expect(mark).toBe('4');
    proxy.inject({ at: 'reply', match: /^APPEND/i, action: 'cut' });
    const problem = await collect(folder.append(messages, neverAborted)).catch(problemOf);
    expect(problem).toMatchObject({ code: 'CONNECTION_LOST', retryAfterMs: 0 });

    const again = await (await signInAgain()).openFolder('INBOX', neverAborted);
    expect(again.generation).toBe(folder.generation);
    const found = await inventoryOf(again, mark);
    expect(found.map(({ identity }) => identity)).toEqual(texts.map(text => messageIdentity(Buffer.from(text))));
  });

  test('one message each: what was acknowledged before the line broke has its outcome, the rest is found', async () => {
    const { proxy, target, signInAgain } = await startImapTargetRig(withoutMultiappend);
    const folder = await target.openFolder('INBOX', neverAborted);
    proxy.inject({ at: 'reply', match: /^APPEND/i, nth: 8, action: 'cut' });
    const stored: (string | null)[] = [];
    const problem = await (async () => {
      for await (const outcome of folder.append(messages, neverAborted)) {
        stored.push(outcome.kind === 'stored' ? outcome.key : outcome.problem.code);
      }
      return null;
    })().catch(problemOf);
    expect(problem).toMatchObject({ code: 'CONNECTION_LOST' });
    expect(stored).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    const again = await (await signInAgain()).openFolder('INBOX', neverAborted);
    expect((await inventoryOf(again, '8')).length).toBeGreaterThanOrEqual(1);
  });

  test('a line cut inside a message stores none of its MULTIAPPEND', async () => {
    const { proxy, target, read } = await startImapTargetRig();
    const folder = await target.openFolder('INBOX', neverAborted);
    proxy.inject({ at: 'append-literal', nth: 12, byte: 20, action: 'cut' });
    await expect(collect(folder.append(messages, neverAborted))).rejects.toThrow();
    expect((await read()).messages).toEqual([]);
  });

  test('an interruption inside a message stores none of its batch and does not wait for the rest', async () => {
    const { target, read } = await startImapTargetRig();
    const folder = await target.openFolder('INBOX', neverAborted);
    const abort = new AbortController();
    const endless = outgoing('', {
      size: 1e9,
      async *body() {
        await Promise.resolve();
        yield Buffer.alloc(100_000, 'x');
        abort.abort();
        for (;;) yield Buffer.alloc(100_000, 'x');
      },
    });
    const problem = await collect(folder.append([...messages, endless], abort.signal)).catch(problemOf);
    expect(problem).toMatchObject({ code: 'INTERRUPTED' });
    expect((await read()).messages).toEqual([]);
  });

  test('a body shorter or longer than its size ends the connection and stores nothing', async () => {
    for (const by of [-1, 1]) {
      const { target, read } = await startImapTargetRig();
      const folder = await target.openFolder('INBOX', neverAborted);
      const bad = outgoing(plainMessage('b'), { size: plainMessage('b').length + by });
      await expect(collect(folder.append([...messages, bad], neverAborted))).rejects.toThrow();
      await expect(collect(folder.append(messages, neverAborted))).rejects.toThrow();
      expect((await read()).messages).toEqual([]);
    }
  });

  test('a folder that somebody deletes under way is said to be gone, instead of each message to be bad', async () => {
    const { server, target } = await startImapTargetRig();
    await target.createFolder('Breve', neverAborted);
    const folder = await target.openFolder('Breve', neverAborted);
    await server.doveadm('mailbox', 'delete', '-u', 'mario', 'Breve');
    const problem = await collect(folder.append(messages, neverAborted)).catch(problemOf);
    expect(problem).toMatchObject({ code: 'TARGET_FOLDER_VANISHED', details: { folder: 'Breve' } });
  });

  test.each([
    ['NO [OVERQUOTA] Casella piena', 'TARGET_QUOTA'],
    ['NO [TOOBIG] Troppo grande', 'TARGET_MESSAGE_TOO_LARGE'],
    ['NO [CANNOT] Message has 8bit header', 'TARGET_MESSAGE_REFUSED'],
    ['BAD Command Argument Error. 11', 'TARGET_MESSAGE_REFUSED'],
  ])('%s to one message is its outcome, with the words of the server', async (answer, code) => {
    const { proxy, target } = await startImapTargetRig();
    const folder = await target.openFolder('INBOX', neverAborted);
    proxy.inject({ at: 'command', match: /^APPEND/i, action: { answer } });
    const [outcome] = await collect(folder.append(messages.slice(0, 1), neverAborted));
    expect(outcome).toMatchObject({ kind: 'refused', problem: { code, details: { folder: 'INBOX', reason: answer } } });
    expect(inBrief(await collect(folder.append(messages.slice(0, 2), neverAborted)))).toEqual(['1', '2']);
  });

  test.each([
    ['NO [TRYCREATE] Mailbox does not exist', { code: 'TARGET_FOLDER_VANISHED' }],
    [
      'BAD Request is throttled. Suggested Backoff Time: 299609 milliseconds',
      { code: 'SERVER_THROTTLED', retryAfterMs: 299_609 },
    ],
    ['NO [UNAVAILABLE] Try later', { code: 'SERVER_BUSY' }],
  ])('%s ends the sending, after what was on its way was heard', async (answer, problem) => {
    const { proxy, target, read } = await startImapTargetRig(withoutMultiappend);
    const folder = await target.openFolder('INBOX', neverAborted);
    proxy.inject({ at: 'command', match: /^APPEND/i, nth: 5, action: { answer } });
    const outcomes: number[] = [];
    const thrown = await (async () => {
      for await (const { index } of folder.append(messages, neverAborted)) outcomes.push(index);
      return null;
    })().catch(problemOf);
    expect(thrown).toMatchObject(problem);
    expect(outcomes).not.toContain(4);
    expect((await read()).messages).toHaveLength(outcomes.length);
  });

  test('one message refused in the middle of many leaves the others where they belong, none twice', async () => {
    for (const options of [{}, withoutMultiappend, { withoutCapabilities: ['LITERAL+'] }]) {
      const { proxy, target, read } = await startImapTargetRig(options);
      const folder = await target.openFolder('INBOX', neverAborted);
      const first = proxy.inject({ at: 'command', match: /^APPEND/i, action: { answer: 'NO one of them is bad' } });
      const outcomes = await collect(folder.append(messages, neverAborted));
      expect(first.fired).toBe(1);
      const refused = outcomes.filter(({ kind }) => kind === 'refused').length;
      const subjects = (await read()).messages.map(({ sha256 }) => sha256);
      expect(new Set(subjects).size).toBe(messages.length - refused);
      expect(subjects).toHaveLength(messages.length - refused);
    }
  });
});
