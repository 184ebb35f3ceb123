import type { Socket } from 'node:net';
import { argumentsOf, commandReader, unquoted, type ReadCommand } from './command-reader.ts';
import type { ExchangeState } from './exchange-state.ts';
import type { ExchangeFolder } from './exchange-store.ts';
import { append } from './append-command.ts';
import { fetchLines } from './fetch-command.ts';
import { decodeMailboxName, encodeMailboxName, uidsIn } from './wire-forms.ts';

/** What a handler may do to its connection. */
export interface Exchange365Session {
  readonly state: ExchangeState;
  selected: ExchangeFolder | null;
  send(line: string | Buffer): void;
  /** Sends a line and ends the connection behind it. */
  hangUp(line: string): void;
}

const before =
  'IMAP4 IMAP4rev1 AUTH=XOAUTH2 LOGINDISABLED SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';
const after = 'IMAP4 IMAP4rev1 UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';
const permanent = '(\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)';

/** One connection, from the greeting to its end. */
export function serveExchange(socket: Socket, state: ExchangeState): void {
  const connection = state.opened(socket);
  let user: string | null = null;
  let token: string | null = null;
  let ended = false;

  const session: Exchange365Session = {
    state,
    selected: null,
    send: line => {
      if (!ended) socket.write(typeof line === 'string' ? Buffer.from(`${line}\r\n`, 'latin1') : line);
    },
    hangUp: line => {
      session.send(line);
      ended = true;
      socket.end();
    },
  };
  const answer = (tag: string, status: 'OK' | 'NO' | 'BAD', text: string): void => {
    session.send(`${tag} ${status} ${text}`);
    if (status === 'OK') return;
    connection.errors += 1;
    if (connection.errors >= state.quirks.errorsBeforeBye) session.hangUp('* BYE Connection closed. 14');
  };

  const authenticate = ({ tag, rest }: ReadCommand): void => {
    const [mechanism = '', initial = ''] = argumentsOf(rest);
    // eslint-disable-next-line no-control-regex -- SASL XOAUTH2 parts its fields with octet 1
    const said = /^user=([^\x01]*)\x01auth=Bearer ([^\x01]*)\x01\x01$/.exec(Buffer.from(initial, 'base64').toString());
    const isGood = mechanism.toUpperCase() === 'XOAUTH2' && said !== null && state.isValid(said[2] ?? '');
    if (!isGood || said[1]?.toLowerCase() !== state.user.toLowerCase()) {
      answer(tag, 'NO', 'AUTHENTICATE failed.');
      return;
    }
    [, user = '', token = ''] = said;
    answer(tag, 'OK', 'AUTHENTICATE completed.');
  };

  const handle = (command: ReadCommand): void => {
    const { tag, verb, rest } = command;
    if (ended) return;
    state.commands.push(`${verb} ${rest}`.trim());
    if (user === null) {
      if (verb === 'CAPABILITY') session.send(`* CAPABILITY ${before}`);
      if (verb === 'AUTHENTICATE') authenticate(command);
      else if (verb === 'CAPABILITY' || verb === 'NOOP' || verb === 'ID') answer(tag, 'OK', `${verb} completed.`);
      else answer(tag, 'BAD', 'Command received in Invalid state.');
      return;
    }
    if (state.quirks.notConnected) {
      answer(tag, 'BAD', 'User is authenticated but not connected.');
      return;
    }
    const trouble = state.troubleFor(verb, `${tag} ${verb} ${rest}`);
    if (trouble === 'cut') {
      ended = true;
      socket.destroy();
      return;
    }
    if (trouble === 'token-expired') {
      state.revoke(token ?? '');
      session.hangUp('* BYE Session invalidated - AccessTokenExpired');
      return;
    }
    if (trouble === 'unavailable') {
      answer(tag, 'NO', 'Server Unavailable. 15');
      return;
    }
    if (trouble === 'reply-lost') ended = true;
    execute(command);
    if (trouble === 'reply-lost') socket.destroy();
  };

  const execute = (command: ReadCommand): void => {
    const { tag, verb, rest, literals } = command;
    const words = argumentsOf(rest);
    const mailbox = (): string => decodeMailboxName(unquoted(words[0] ?? '', literals));
    switch (verb) {
      case 'CAPABILITY':
        session.send(`* CAPABILITY ${after}${state.quirks.announcesRev2 ? ' ENABLE IMAP4rev2' : ''}`);
        {
          answer(tag, 'OK', 'CAPABILITY completed.');
          return;
        }
      case 'ID':
        session.send('* ID ("name" "Microsoft.Exchange.Imap4.Imap4Server" "version" "15.20")');
        {
          answer(tag, 'OK', 'ID completed');
          return;
        }
      case 'NAMESPACE':
        session.send('* NAMESPACE (("" "/")) NIL NIL');
        {
          answer(tag, 'OK', 'NAMESPACE completed.');
          return;
        }
      case 'NOOP':
      case 'SUBSCRIBE':
      case 'CLOSE': {
        answer(tag, 'OK', `${verb} completed.`);
        return;
      }
      case 'LOGOUT':
        session.send('* BYE Microsoft Exchange Server IMAP4 server signing off.');
        {
          session.hangUp(`${tag} OK LOGOUT completed.`);
          return;
        }
      case 'LIST': {
        list(tag, decodeMailboxName(unquoted(words[1] ?? '')));
        return;
      }
      case 'STATUS': {
        status(tag, mailbox());
        return;
      }
      case 'SELECT':
      case 'EXAMINE': {
        select(tag, mailbox());
        return;
      }
      case 'CREATE': {
        create(tag, mailbox());
        return;
      }
      case 'APPEND': {
        append(session, command, (kind, text) => {
          answer(tag, kind, text);
        });
        return;
      }
      case 'UID FETCH': {
        fetch(tag, words[0] ?? '', rest);
        return;
      }
      case 'UID STORE': {
        store(tag, words);
        return;
      }
      // Since September 2026: announced, and of no use (MailKit#2016).
      case 'UID SEARCH':
      case 'SEARCH':
        session.send(state.quirks.announcesRev2 ? '* ESEARCH (TAG "?") ALL' : '* SEARCH');
        {
          answer(tag, 'OK', 'SEARCH completed.');
          return;
        }
      default: {
        answer(tag, 'BAD', 'Command Error. 10');
        return;
      }
    }
  };

  const list = (tag: string, pattern: string): void => {
    for (const { name, attributes } of state.store.folders) {
      if (pattern !== '*' && pattern.toLowerCase() !== name.toLowerCase()) continue;
      session.send(`* LIST (${['\\HasNoChildren', ...attributes].join(' ')}) "/" "${encodeMailboxName(name)}"`);
    }
    answer(tag, 'OK', 'LIST completed.');
  };

  const status = (tag: string, name: string): void => {
    const folder = state.store.find(name);
    if (folder === undefined) {
      answer(tag, 'NO', `${name} doesn't exist.`);
      return;
    }
    const { uidNext, uidValidity, mail } = folder;
    const values = `MESSAGES ${mail.length} UIDNEXT ${uidNext} UIDVALIDITY ${uidValidity}`;
    session.send(`* STATUS "${encodeMailboxName(folder.name)}" (${values})`);
    answer(tag, 'OK', 'STATUS completed.');
  };

  const select = (tag: string, name: string): void => {
    const folder = state.store.find(name);
    // CREATE took the blanks; nothing opens the folder any more (imapsync#247).
    const odd = name.split('/').some(level => level !== level.trim());
    if (folder === undefined || odd) {
      answer(tag, 'NO', `${name} doesn't exist.`);
      return;
    }
    session.selected = folder;
    session.send(`* ${folder.mail.length} EXISTS`);
    session.send('* 0 RECENT');
    session.send('* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)');
    session.send(`* OK [PERMANENTFLAGS ${permanent}] Permanent flags`);
    session.send(`* OK [UIDVALIDITY ${folder.uidValidity}] UIDVALIDITY value`);
    session.send(`* OK [UIDNEXT ${folder.uidNext}] The next unique identifier value`);
    answer(tag, 'OK', '[READ-WRITE] SELECT completed.');
  };

  const create = (tag: string, name: string): void => {
    const outcome = state.store.create(name);
    if (outcome === 'made') {
      answer(tag, 'OK', 'CREATE completed.');
      return;
    }
    if (outcome === 'exists') {
      answer(tag, 'NO', 'Mailbox already exists.');
      return;
    }
    answer(tag, outcome === 'bad' ? 'BAD' : 'NO', outcome === 'bad' ? 'Command Argument Error. 12' : 'CREATE failed.');
  };

  const fetch = (tag: string, set: string, rest: string): void => {
    if (session.selected === null) {
      answer(tag, 'BAD', 'Command received in Invalid state.');
      return;
    }
    for (const line of fetchLines(session.selected, set, rest, state.quirks)) session.send(line);
    answer(tag, 'OK', 'FETCH completed.');
  };

  const store = (tag: string, words: readonly string[]): void => {
    const { selected } = session;
    const match = /^\+FLAGS\.SILENT$/i.exec(words[1] ?? '');
    const flags = (words[2] ?? '')
      .slice(1, -1)
      .split(' ')
      .filter(flag => flag !== '');
    const known = flags.every(flag => permanent.toLowerCase().includes(flag.toLowerCase()));
    if (selected === null || match === null || !known) {
      answer(tag, 'BAD', 'Command Argument Error. 11');
      return;
    }
    const wanted = uidsIn(words[0] ?? '', selected);
    for (const mail of selected.mail) if (wanted(mail.uid)) for (const flag of flags) mail.flags.add(flag);
    answer(tag, 'OK', 'STORE completed.');
  };

  socket.on(
    'data',
    commandReader(() => session.send('+ OK'), handle),
  );
  session.send('* OK The Microsoft Exchange IMAP4 service is ready. [TABSADUAUgBQ]');
}
