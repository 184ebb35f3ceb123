import type { ImapConnection } from '../../imap/imap-connection.ts';
import { isList, octetsOf, type ImapValue } from '../../imap/imap-value.ts';
import { astring } from '../../imap/command.ts';
import { encodeModifiedUtf7, readableMailboxName } from '../../imap/modified-utf7.ts';
import { nameProbes, type ServerNaming } from './name-rules.ts';

/** Asks a server how it names folders. Creates nothing. */
export async function readServerNaming(connection: ImapConnection, signal: AbortSignal): Promise<ServerNaming> {
  const product = await readProduct(connection, signal);
  const namespace = await readPersonalNamespace(connection, signal);
  const { prefix, separator } = namespace ?? { prefix: '', separator: await readSeparator(connection, signal) };
  const impossible = await Promise.all(
    nameProbes(separator).map(async name => {
      const status = ['STATUS ', astring(encodeModifiedUtf7(prefix + name)), ' (MESSAGES)'];
      const answer = await connection.run(status, { signal });
      return answer.status === 'NO' && answer.code?.name === 'CANNOT' ? [name] : [];
    }),
  );
  return { prefix, separator, product, impossible: new Set(impossible.flat()) };
}

/** RFC 2971. `NIL`: the server needs to know nothing of us for this. */
async function readProduct(connection: ImapConnection, signal: AbortSignal): Promise<string | null> {
  if (!connection.capabilities.has('ID')) return null;
  const [fields] = await untagged(connection, 'ID NIL', 'ID', signal);
  if (!isList(fields)) return null;
  const name = fields.findIndex((field, at) => at % 2 === 0 && octetsOf(field)?.toLowerCase() === 'name');
  return name === -1 ? null : octetsOf(fields[name + 1]);
}

/** RFC 2342: personal, others', shared; each NIL or a list of (prefix separator). The first personal one is the default. */
async function readPersonalNamespace(
  connection: ImapConnection,
  signal: AbortSignal,
): Promise<Pick<ServerNaming, 'prefix' | 'separator'> | null> {
  if (!connection.capabilities.has('NAMESPACE')) return null;
  const [personal] = await untagged(connection, 'NAMESPACE', 'NAMESPACE', signal);
  const [first] = isList(personal) ? personal : [];
  if (!isList(first)) return null;
  const prefix = octetsOf(first[0]);
  return prefix === null ? null : { prefix: readableMailboxName(prefix), separator: octetsOf(first[1]) };
}

/** RFC 3501 section 6.3.8: an empty mailbox name asks for the separator. */
async function readSeparator(connection: ImapConnection, signal: AbortSignal): Promise<string | null> {
  const [, separator] = await untagged(connection, 'LIST "" ""', 'LIST', signal);
  return octetsOf(separator);
}

/** The values of the last untagged response of this name; empty when the server sent none. */
async function untagged(
  connection: ImapConnection,
  command: string,
  name: string,
  signal: AbortSignal,
): Promise<readonly ImapValue[]> {
  let values: readonly ImapValue[] = [];
  const handler = {
    untagged: (response: { readonly name: string; readonly values: readonly ImapValue[] }): void => {
      if (response.name === name) values = response.values;
    },
  };
  await connection.run(command, { signal, handler });
  return values;
}
