import { argumentsOf, unquoted, type ReadCommand } from './command-reader.ts';
import type { Exchange365Session } from './exchange-session.ts';
import type { ExchangeQuirks } from './exchange-quirks.ts';
import { decodeMailboxName, timeOf } from './wire-forms.ts';

const flagsTaken = ['\\seen', '\\answered', '\\flagged', '\\deleted', '\\draft', '$mdnsent'];

type Answer = (status: 'OK' | 'NO' | 'BAD', text: string) => void;

/** APPEND as Exchange takes it: one message, five flags, and hardly ever a reason. */
export function append(session: Exchange365Session, command: ReadCommand, answer: Answer): void {
  const { state } = session;
  const wait = state.backoff();
  if (wait !== null) {
    state.throttled.push(wait);
    session.hangUp(`${command.tag} BAD Request is throttled. Suggested Backoff Time: ${wait} milliseconds`);
    return;
  }
  const words = [...argumentsOf(command.rest)];
  const named = words.shift() ?? '';
  const literals = [...command.literals];
  const mailbox = decodeMailboxName(
    named === '{}' ? unquoted(named, [literals.shift() ?? Buffer.alloc(0)]) : unquoted(named),
  );
  const folder = state.store.find(mailbox);
  if (folder === undefined) {
    answer('NO', '[TRYCREATE] APPEND failed.');
    return;
  }
  const flags = words[0]?.startsWith('(') === true ? (words.shift() ?? '').slice(1, -1).split(' ').filter(Boolean) : [];
  const date = words[0]?.startsWith('"') === true ? timeOf(words.shift() ?? '') : null;
  const [octets] = literals;
  const isWhole = words.length === 1 && words[0] === '{}' && literals.length === 1 && octets !== undefined;
  if (!isWhole || Number.isNaN(date) || flags.some(flag => !flagsTaken.includes(flag.toLowerCase()))) {
    answer('BAD', 'Command Argument Error. 11');
    return;
  }
  if (flags.some(flag => flag.toLowerCase() === '$mdnsent')) state.mishaps.push('$MDNSent became a category');
  if (date === null) state.mishaps.push('dated with the day of the upload');
  if (octets.length > state.quirks.maxMessageBytes) {
    answer('NO', 'Maximum size of appendable message has been exceeded.');
    return;
  }
  if (!isAcceptable(octets, state.quirks)) {
    answer('BAD', 'Command Argument Error. 11');
    return;
  }
  const { uid } = state.store.append(folder, octets, flags, date ?? 0);
  if (session.selected === folder) session.send(`* ${folder.mail.length} EXISTS`);
  answer('OK', `[APPENDUID ${folder.uidValidity} ${uid}] APPEND completed.`);
}

function isAcceptable(octets: Buffer, quirks: ExchangeQuirks): boolean {
  if (quirks.refusesNul && octets.includes(0)) return false;
  const text = octets.toString('latin1');
  if (text.split('\n').some(line => line.replace(/\r$/, '').length > quirks.maxLineOctets)) return false;
  const [header = ''] = text.split(/\r?\n\r?\n/, 1);
  return !quirks.refusesEightBitHeader || !/[\x80-\xff]/.test(header);
}
