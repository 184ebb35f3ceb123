import { displayPath } from '../shared/model/folder.ts';
import type { Account } from './reliability/journey.ts';
import { backupArgs, newFolder, runTo, uploadArgs } from './reliability/journey.ts';
import { emptyFolder, plain, smallMailbox } from './reliability/small-mailbox.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import { loadMaildir } from './rig/load-maildir.ts';
import type { LoadedMessage } from './rig/load-maildir.ts';
import type { MailFact } from './rig/mail-fact.ts';
import type { CliResult } from './rig/run-cli.ts';

/** An archive of a mailbox, and what an oracle knows of its messages; a message's uid is its number in the archive. */
export interface RestoreScene {
  readonly archive: string;
  readonly facts: readonly LoadedMessage[];
}

/** The old mailbox is `mario`'s: the small one, and two messages that only the word `zafferano` finds. */
export async function backedUp(server: DovecotServer): Promise<RestoreScene> {
  const mailbox = [
    ...smallMailbox(),
    plain(['INBOX'], 'Zafferano', '<zafferano.1@ente.it>'),
    plain(['Progetti', '2023', 'Città di Napoli'], 'Ordine', null, 'Lo zafferano è finito.'),
  ];
  const facts = loadMaildir(server, mailbox, { user: 'mario', folders: [emptyFolder] });
  const archive = await newFolder();
  await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));
  return { archive, facts };
}

export function verifyArgs(archive: string, to: Account, ...more: readonly string[]): string[] {
  return ['verify', ...uploadArgs(archive, to, ...more).slice(1)];
}

export function inFolder(facts: readonly LoadedMessage[], name: string): readonly LoadedMessage[] {
  return facts.filter(({ folder }) => displayPath(folder) === name);
}

/** The two messages that `zafferano` means. */
export function zafferano(facts: readonly LoadedMessage[]): readonly LoadedMessage[] {
  return ['INBOX', 'Progetti/2023/Città di Napoli'].map(name => {
    const last = inFolder(facts, name).at(-1);
    if (last === undefined) throw new Error(`The mailbox has nothing in ${name}.`);
    return last;
  });
}

/** The same messages with their tree below a folder. */
export function below(name: string, facts: readonly MailFact[]): readonly MailFact[] {
  return facts.map(fact => ({ ...fact, folder: [name, ...fact.folder] }));
}

export function figuresOf({ result }: CliResult): unknown {
  return result?.['messages'];
}
