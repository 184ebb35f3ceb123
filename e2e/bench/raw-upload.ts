/** Sends a Maildir++ in one MULTIAPPEND a folder. Arguments: port, user, password, directory of the Maildir. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openRawSession } from '../rig/raw-imap-client.ts';

const [port = '', user = '', password = '', maildir = ''] = process.argv.slice(2);

/** One command holds at most this much, so that this client's own buffer stays small. */
const commandOctets = 8 * 1024 * 1024;

const client = await openRawSession(Number(port), user, password);
const directories = readdirSync(maildir).filter(name => name.startsWith('.'));
for (const directory of ['', ...directories]) {
  const folder = directory === '' ? 'INBOX' : directory.slice(1);
  const name = `"${folder.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  if (folder !== 'INBOX') await client.command(`CREATE ${name}`);
  // Dovecot opens a mailbox anew at each APPEND unless it is selected.
  await client.command(`SELECT ${name}`);
  let pieces: Buffer[] = [];
  let octets = 0;
  const send = async (): Promise<void> => {
    if (pieces.length === 0) return;
    client.send(Buffer.concat([Buffer.from(`M APPEND ${name}`), ...pieces, Buffer.from('\r\n')]));
    const { status } = await client.reply('M');
    if (!status.startsWith('OK')) throw new Error(status);
    pieces = [];
    octets = 0;
  };
  for (const file of readdirSync(join(maildir, directory, 'cur'))) {
    const message = readFileSync(join(maildir, directory, 'cur', file));
    pieces.push(Buffer.from(` {${message.length}+}\r\n`), message);
    octets += message.length;
    if (octets > commandOctets) await send();
  }
  await send();
}
await client.command('LOGOUT');
client[Symbol.dispose]();
