import { connectImapSource } from '../electron/engine/sources/imap/connect-imap-source.ts';
import type { ImapTimeouts } from '../electron/engine/imap/connect.ts';
import type { MailSource, SourceFolder } from '../electron/engine/sources/mail-source.ts';
import {
  startScriptedImap,
  type ScriptedCommand,
  type ScriptedImapOptions,
  type ScriptedSession,
} from './rig/scripted-imap-server.ts';

/** A signal that nobody aborts. */
export const never: AbortSignal = new AbortController().signal;
export const inbox: SourceFolder = {
  path: ['INBOX'],
  role: 'inbox',
  sourceName: 'INBOX',
  separator: '/',
  subscribed: true,
  selectable: true,
  status: null,
};

/** Signs in to a scripted server that answers as badly as `options` say. */
export async function withSource<T>(
  options: ScriptedImapOptions,
  use: (source: MailSource, received: readonly string[]) => Promise<T>,
  timeouts: Partial<ImapTimeouts> = {},
): Promise<T> {
  await using server = await startScriptedImap(options);
  const source = await connectImapSource({
    address: { kind: 'imap', user: 'anna', host: '127.0.0.1', port: server.port, tls: 'none-on-loopback' },
    credentials: { kind: 'password', password: 'segreta' },
    log: { debug: () => undefined, warn: () => undefined },
    timeouts,
  });
  try {
    return await use(source, server.received);
  } finally {
    await source.close();
  }
}

/** Answers commands that start with a text; a function gets the rest of the line. */
export function answering(
  answers: Readonly<Record<string, (command: ScriptedCommand, session: ScriptedSession) => void>>,
) {
  return {
    script: (command: ScriptedCommand, session: ScriptedSession) => {
      const start = Object.keys(answers).find(text => command.line.startsWith(text));
      if (start === undefined) return false;
      answers[start]?.(command, session);
      return true;
    },
  };
}
