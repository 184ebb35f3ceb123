import { expect, test } from 'vitest';
import { fetchMessages } from './fetch-messages.ts';
import type { CommandResult, ImapConnection, LiteralSink, ResponseHandler } from './imap-connection.ts';

/** A server that begins to send message 7 and falls silent in the middle of it. */
function halfAMessage(): ImapConnection {
  const begin = (handler: ResponseHandler): LiteralSink | null | undefined =>
    handler.literal?.({ number: 1, name: 'FETCH', values: [['UID', '7', 'BODY[]']], status: null }, 1000);
  return {
    capabilities: new Set(),
    closed: false,
    run: (_command, options) => {
      if (options?.handler !== undefined) begin(options.handler)?.piece(Buffer.from('Subject: the first half'));
      return new Promise<CommandResult>(() => undefined);
    },
    pauseReading: () => undefined,
    resumeReading: () => undefined,
    close: () => Promise.resolve(),
    destroy: () => undefined,
  };
}

test('being interrupted in the middle of a message ends the wait for its other half', async () => {
  const interruption = new AbortController();
  const read = async (): Promise<void> => {
    for await (const { body } of fetchMessages(halfAMessage(), ['7'], interruption.signal)) {
      for await (const piece of body) {
        expect(piece.toString()).toBe('Subject: the first half');
        queueMicrotask(() => interruption.abort());
      }
    }
  };
  await expect(read()).rejects.toMatchObject({ problem: { code: 'INTERRUPTED' } });
});
