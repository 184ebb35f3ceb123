import type { Socket } from 'node:net';
import { TravasoError } from '../../../shared/errors.ts';

export interface ImapFindings {
  readonly greeting: string;
  readonly capabilities: readonly string[];
}

/** A greeting and a list of capabilities; whoever sends more is not answering us. */
const mostOctets = 64 * 1024;

/**
 * Reads what a mail server says of itself before anybody signs in: its greeting and CAPABILITY (RFC 3501 section
 * 6.1.1). `startTls` asks for TLS afterwards and stops there.
 *
 * @throws SERVER_NOT_IMAP, SERVER_SILENT, CONNECTION_LOST, TLS_NOT_OFFERED
 */
export async function examineImap(
  socket: Socket,
  options: { readonly host: string; readonly startTls: boolean; readonly greeted?: boolean },
  signal: AbortSignal,
): Promise<ImapFindings> {
  const lines = lineReader(socket, options.host, signal);
  const greeting = options.greeted === true ? '' : await lines.next();
  if (options.greeted !== true && !greeting.startsWith('* '))
    throw new TravasoError('SERVER_NOT_IMAP', { host: options.host });
  socket.write('d1 CAPABILITY\r\n');
  const capabilities = capabilitiesOf(await lines.until('d1 '));
  if (options.startTls) {
    if (!capabilities.includes('STARTTLS')) throw new TravasoError('TLS_NOT_OFFERED', { host: options.host });
    socket.write('d2 STARTTLS\r\n');
    const answer = await lines.until('d2 ');
    if (!/^d2 OK/i.test(answer.at(-1) ?? '')) throw new TravasoError('TLS_NOT_OFFERED', { host: options.host });
  }
  lines.stop();
  return { greeting, capabilities };
}

function capabilitiesOf(lines: readonly string[]): readonly string[] {
  const line = lines.find(candidate => /^\* CAPABILITY /i.test(candidate)) ?? '';
  return line.toUpperCase().split(' ').slice(2);
}

function lineReader(socket: Socket, host: string, signal: AbortSignal) {
  let held = '';
  let octets = 0;
  let failed: TravasoError | null = null;
  let wake: (() => void) | null = null;
  const fail = (error: TravasoError): void => {
    failed ??= error;
    wake?.();
  };
  const onData = (chunk: Buffer): void => {
    octets += chunk.length;
    held += chunk.toString('latin1');
    if (octets > mostOctets) fail(new TravasoError('SERVER_NOT_IMAP', { host }));
    wake?.();
  };
  const onClose = (): void => fail(new TravasoError('CONNECTION_LOST', { host }));
  const onAbort = (): void => fail(new TravasoError('SERVER_SILENT', { host }));
  socket.on('data', onData);
  socket.once('close', onClose);
  socket.once('error', onClose);
  signal.addEventListener('abort', onAbort, { once: true });
  const next = async (): Promise<string> => {
    for (;;) {
      const end = held.indexOf('\n');
      if (end >= 0) {
        const line = held.slice(0, end).replace(/\r$/, '');
        held = held.slice(end + 1);
        return line;
      }
      if (failed !== null) throw failed;
      await new Promise<void>(resolve => (wake = resolve));
    }
  };
  return {
    next,
    async until(tag: string): Promise<readonly string[]> {
      const lines: string[] = [];
      for (;;) {
        const line = await next();
        lines.push(line);
        if (line.startsWith(tag)) return lines;
      }
    },
    stop(): void {
      socket.off('data', onData);
      socket.off('close', onClose);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
