/** Fetches every message of a mailbox in one breath and throws it away. Arguments: port, user, password. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { openRawSession } from '../rig/raw-imap-client.ts';

const [port = '', user = '', password = ''] = process.argv.slice(2);

const client = await openRawSession(Number(port), user, password);
const { untagged } = await client.command('LIST "" "*"');
client[Symbol.dispose]();
const folders = untagged
  .split('\r\n')
  .filter(line => line.startsWith('* LIST') && !/\\Noselect/i.test(line))
  .map(line => /^\* LIST \(.*?\) (?:"."|NIL) (.*)$/.exec(line)?.[1] ?? 'INBOX');

const socket = connect(Number(port), '127.0.0.1');
await once(socket, 'connect');
const commands = folders.flatMap(folder => [`EXAMINE ${folder}`, 'UID FETCH 1:* (UID BODY.PEEK[])']);
socket.write([`LOGIN "${user}" "${password}"`, ...commands, 'LOGOUT'].map((text, n) => `A${n} ${text}\r\n`).join(''));
socket.resume();
await once(socket, 'close');
