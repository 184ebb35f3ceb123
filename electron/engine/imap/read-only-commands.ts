import { TravasoError } from '../../../shared/errors.ts';
import type { CommandPiece } from './command.ts';

/**
 * The only commands that a source may send. SELECT, STORE, COPY, APPEND, EXPUNGE and the rest are not in it; neither
 * is CLOSE, which expunges when the mailbox was opened by anything but EXAMINE. FETCH items are listed one by one
 * because BODY[] without PEEK and the RFC822 items set \Seen (RFC 3501 section 6.4.5).
 */
const bareCommand = /^(?:CAPABILITY|NOOP|NAMESPACE|UNSELECT|LOGOUT)$/i;
const argumentCommand = /^(?:ID|ENABLE|LIST|XLIST|LSUB|STATUS|EXAMINE) /i;
const fetchItem = String.raw`(?:UID|FLAGS|MODSEQ|INTERNALDATE|RFC822\.SIZE|BODY\.PEEK\[[^\]]*\])`;
const fetchCommand = new RegExp(`^UID FETCH [0-9:,*]+ \\(${fetchItem}(?: ${fetchItem})*\\)$`, 'i');

/** Throws `INTERNAL` for a command that could change the old mailbox: a fault of this program, never of the person. */
export function refuseUnlessReadOnly(pieces: readonly CommandPiece[]): void {
  const text = pieces.map(piece => (typeof piece === 'string' ? piece : '{}')).join('');
  if (bareCommand.test(text) || argumentCommand.test(text) || fetchCommand.test(text)) return;
  throw new TravasoError('INTERNAL', { kind: 'command-would-change-source', command: text.split(' ', 1)[0] ?? '' });
}
